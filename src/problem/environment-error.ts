import type { Problem } from './problem';

/** A program, file or cluster outside the library is missing, rejects a request or does not answer. Never a bug of ours. */
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
