import { ModelError } from '../problem/model-error';

/** The command line cannot be understood; the message is followed by the usage. Exit code 2. */
export class UsageError extends ModelError {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message, { code: 'cli.usage', fix: 'see --help' });
  }
}
