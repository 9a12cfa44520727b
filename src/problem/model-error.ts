import type { Problem } from './problem';

/** What a {@link ModelError} carries next to its message. */
export interface ModelErrorOptions extends Pick<Problem, 'code' | 'why' | 'fix'> {
  /** The error this one wraps. @default - none */
  readonly cause?: unknown;
}

/**
 * A mistake in what the author wrote, found the moment the value or construct is made.
 * Anything else that escapes the library is a bug of ours and keeps its stack.
 */
export class ModelError extends Error implements Problem {
  /** Stable identifier of the broken rule; wording may change, codes do not. */
  readonly code: string;
  /** What Kubernetes or Karmada does about it. @default - the message says it */
  declare readonly why?: string;
  /** One concrete next step. */
  readonly fix: string;
  /** The message without the fix. */
  readonly problem: string;

  constructor(problem: string, options: ModelErrorOptions) {
    const { code, why, fix, cause } = options;
    const text = why === undefined ? problem : `${problem}\n  why: ${why}`;
    super(`${text}\n  fix: ${fix}`, cause === undefined ? undefined : { cause });
    this.name = 'ModelError';
    this.problem = text;
    this.code = code;
    if (why !== undefined) this.why = why;
    this.fix = fix;
  }
}
