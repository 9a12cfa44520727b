import type { UserConsoleLog } from 'vitest';
import { DefaultReporter, type TestResult } from 'vitest/node';

/** Counts of the recorded cases, such as `admission: 142 of 142 agree`. */
const counts = /^[\w ]+: \d+ of \d+ \w+/;

/** One screen when all is well: the counts of recorded cases, what failed, and the sum. `--reporter=default` tells more. */
export default class QuietReporter extends DefaultReporter {
  constructor() {
    super({ silent: 'passed-only' });
  }

  /** A line for each file; what failed stands at the end in any case. */
  override printTestModule(): void {}

  override onUserConsoleLog(log: UserConsoleLog, taskState?: TestResult['state']): void {
    if (taskState === undefined && counts.test(log.content)) this.log(log.content.trimEnd());
    else super.onUserConsoleLog(log, taskState);
  }
}
