import type { Problem } from './problem';

export interface ModelErrorOptions extends Pick<Problem, 'code' | 'why' | 'fix'> {
  /** The error this one wraps. @default - none */
  readonly cause?: unknown;
}

/**
 * A mistake in the author's input, thrown when the value or construct is created.
 * Any other error from the library is a bug.
 */
export class ModelError extends Error implements Problem {
  /** Stable identifier of the broken rule; wording may change, codes do not. */
  readonly code: string;
  /** What Kubernetes or Karmada does about it. @default - the message says it */
  declare readonly why?: string;
  /** One concrete next step. */
  readonly fix: string;
  /** The message without the fix. Not enumerable, so that Node does not print it again below the stack. */
  declare readonly problem: string;

  constructor(problem: string, options: ModelErrorOptions) {
    const { code, why, fix, cause } = options;
    const text = why === undefined ? problem : `${problem}\n  why: ${why}`;
    super(`${text}\n  fix: ${fix}`, cause === undefined ? undefined : { cause });
    this.name = 'ModelError';
    Object.defineProperty(this, 'problem', { value: text });
    this.code = code;
    if (why !== undefined) this.why = why;
    this.fix = fix;
  }
}
