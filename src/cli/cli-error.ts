/** The command line cannot be understood: told in one line, with the usage. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something around us is missing, such as kubectl or a cluster. Exit code 3. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(
    message: string,
    /** One concrete next step. */
    readonly fix: string,
  ) {
    super(message);
  }
}
