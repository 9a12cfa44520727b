import type { Finding, Severity } from '../../model/finding';
import type { LintReport } from '../lint';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub Actions, a line for each finding: they become annotations in a pull request. */
export function formatGithub({ findings }: LintReport): string {
  return findings.map(annotation).join('\n');
}

function annotation({ rule, severity, message, why, fix, object, location }: Finding): string {
  const properties: Record<string, string | number> =
    location && 'file' in location
      ? { file: location.file, line: location.line, col: location.column, title: rule }
      : { title: rule };
  const parameters = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  const key = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  const text = `${key}: ${message}\nwhy: ${why}\nfix: ${fix}`;
  return `::${commands[severity]} ${parameters.join(',')}::${escapedData(text)}`;
}

/** @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function escapedData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
