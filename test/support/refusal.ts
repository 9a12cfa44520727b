import { ModelError } from '../../src/problem/model-error';

/** What a call refuses with: code and whole message. Anything thrown but a ModelError, or nothing at all, fails the test. */
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

/** What a plain JavaScript author passes, past the types. */
export function untyped(value: unknown): never {
  return value as never;
}
