import type { ReadProblem } from '../../../manifests/read-problem';
import type { LintReport } from '../lint';

/**
 * The documented object of `lint --json`: docs/formats.md.
 *
 * @param problems - what could not be read
 */
export function formatJson(
  { findings, summary, objects, leftOut }: LintReport,
  problems: readonly ReadProblem[] = [],
): string {
  return JSON.stringify(
    { version: 1, command: 'lint', findings, problems, summary: { ...summary, objects, ...(leftOut && { leftOut }) } },
    null,
    2,
  );
}
