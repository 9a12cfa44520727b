/** Something around us is missing, refuses or does not answer. Told in one line and what to do; never a bug of ours. */
export class LabError extends Error {
  override readonly name = 'LabError';

  constructor(
    message: string,
    /** One concrete next step. */
    readonly fix: string,
  ) {
    super(message);
  }
}

/** Ctrl-C, while something was under way. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}
