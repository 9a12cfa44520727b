import type { Finding } from '../../../problem/finding';
import type { Problem } from '../../../problem/problem';
import { printableData, printableLines } from '../../../problem/words';

/** A finding, or a problem of reading, as text output may show it. A message keeps its lines. */
export function printableFinding<Told extends Problem | Finding>(told: Told): Told {
  const { message, why, fix } = told;
  return {
    ...printableData(told),
    message: printableLines(message),
    ...(why !== undefined && { why: printableLines(why) }),
    fix: printableLines(fix),
  };
}
