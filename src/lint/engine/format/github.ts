import type { ReadProblem } from '../../../manifests/read-problem';
import type { Finding, Severity } from '../../../problem/finding';
import type { LintReport } from '../lint';
import { filePlaceOf } from './file-place';
import { printableFinding } from './printable-finding';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands of GitHub Actions, a line for each finding: they become annotations in a pull request.
 *
 * @param problems - what could not be read
 */
export function formatGithub({ findings }: LintReport, problems: readonly ReadProblem[] = []): string {
  return [...problems.map(problemCommand), ...findings.flatMap(annotated)].join('\n');
}

function problemCommand(problem: ReadProblem): string {
  const { severity, code, file, line, column, message, why, fix } = printableFinding(problem);
  return command(
    severity,
    { ...(file !== '-' && { file }), ...(line !== undefined && { line, col: column ?? 1 }), title: code },
    `${message}\nwhy: ${why}\nfix: ${fix}`,
  );
}

/** A finding, and its related findings about other objects, because an annotation belongs to one object. */
function annotated(finding: Finding): readonly string[] {
  const told = new Set([keyOf(finding)]);
  const others = (finding.related ?? []).filter((other) => {
    const isNew = !told.has(keyOf(other));
    told.add(keyOf(other));
    return isNew;
  });
  return [finding, ...others].map(annotation);
}

function keyOf({ object, location }: Finding): string {
  return JSON.stringify([object, location && 'file' in location ? location.file : undefined]);
}

function annotation(finding: Finding): string {
  const { rule, severity, message, why, fix, object, location } = printableFinding(finding);
  const place = location && filePlaceOf(location);
  const properties = { ...(place && { file: place.file, line: place.line, col: place.column }), title: rule };
  const key = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  return command(severity, properties, `${key}: ${message}\nwhy: ${why}\nfix: ${fix}`);
}

function command(severity: Severity, properties: Readonly<Record<string, string | number>>, text: string): string {
  const parameters = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${commands[severity]} ${parameters.join(',')}::${escapedData(text)}`;
}

/** @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function escapedData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
