import { ModelError } from '../../src/problem/model-error';

/** Code and whole message of the ModelError that a call throws. Another error, or none, fails the test. */
export function refusal(call: () => unknown): { readonly code: string; readonly message: string } {
  let returned: unknown;
  try {
    returned = call();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { code: error.code, message: error.message };
  }
  throw new Error(`nothing was refused; the call returned ${JSON.stringify(returned)}`);
}

/** Passes a value without type checks, like a JavaScript author. */
export function untyped(value: unknown): never {
  return value as never;
}
