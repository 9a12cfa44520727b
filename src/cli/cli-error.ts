import { ModelError } from '../problem/model-error';

/** The fix where the usage says all there is to do. */
export const seeHelp = 'see --help';

/** The command line cannot be understood; the message is followed by the usage. Exit code 2. */
export class UsageError extends ModelError {
  override readonly name = 'UsageError';

  /** @param fix - what to do, where the usage does not say it @default - the help says it */
  constructor(message: string, fix = seeHelp) {
    super(message, { code: 'cli.usage', fix });
  }
}
