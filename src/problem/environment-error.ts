import type { Problem } from './problem';

/** Something outside the library is missing, refuses or does not answer: a program, a file, a cluster. Never a bug of ours. */
export class EnvironmentError extends Error implements Problem {
  override readonly name = 'EnvironmentError';
  readonly code = 'cli.environment';

  constructor(
    message: string,
    /** One concrete next step. */
    readonly fix: string,
  ) {
    super(message);
  }
}
