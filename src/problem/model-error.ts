import type { Problem } from './problem';

/** What a {@link ModelError} carries next to its message. */
export interface ModelErrorOptions extends Pick<Problem, 'code' | 'fix'> {
  /** The error this one wraps. @default - none */
  readonly cause?: unknown;
}

/**
 * A mistake in what the author wrote, found the moment the value or construct is made.
 * Anything else that escapes the library is a bug of ours and keeps its stack.
 */
export class ModelError extends Error {
  /** Stable identifier of the broken rule; wording may change, codes do not. */
  readonly code: string;
  /** One concrete next step. */
  readonly fix: string;
  /** The message without the fix. */
  readonly problem: string;

  constructor(problem: string, options: ModelErrorOptions) {
    super(`${problem}\n  fix: ${options.fix}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ModelError';
    this.problem = problem;
    this.code = options.code;
    this.fix = options.fix;
  }
}
