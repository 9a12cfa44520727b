import type { LintReport } from '../lint';

/** The documented object of `lint --json`: docs/formats.md. */
export function formatJson({ findings, summary, objects }: LintReport): string {
  return JSON.stringify({ version: 1, command: 'lint', findings, summary: { ...summary, objects } }, null, 2);
}
