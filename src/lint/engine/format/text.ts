import { namedKey } from '../../../kubernetes/object';
import type { Finding, Severity } from '../../../problem/finding';
import { counted } from '../../../problem/words';
import type { LintReport } from '../lint';
import { printableFinding } from './printable-finding';

/** How text is marked; the default marks nothing. */
export interface TextStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const plain: TextStyle = { bold: (text) => text, dim: (text) => text, severity: (_, text) => text };

/** What is shown of a report. */
export interface TextOptions {
  readonly style?: TextStyle;
  /** Whether findings of severity info are shown one by one; otherwise they are only counted. @default false */
  readonly verbose?: boolean;
  /** What shows the infos that are only counted. @default '--verbose shows them' */
  readonly infosShownBy?: string;
  /** Whether what, where and how to mend it are enough. @default false, why and what stands behind it are told too */
  readonly brief?: boolean;
  /** Number of problems because of which something was not read. @default 0 */
  readonly unread?: number;
}

/**
 * A report for people: the findings of one object together, each with why and how to mend it.
 *
 * @returns lines without a line break at the end; for a report without findings the count of objects alone
 */
export function formatText(
  report: LintReport,
  {
    style = plain,
    verbose = false,
    infosShownBy = '--verbose shows them',
    brief = false,
    unread = 0,
  }: TextOptions = {},
): string {
  const shown = report.findings.filter(({ severity }) => verbose || severity !== 'info').map(printableFinding);
  const blocks = [...groupedByObject(shown)].map(([heading, findings]) =>
    [style.bold(heading), ...findings.map((finding) => findingText(finding, style, brief))].join('\n'),
  );
  return [...blocks, summaryText(report, verbose ? '' : infosShownBy, unread)].join('\n\n');
}

/** `2 errors, 1 warning in 14 objects`. */
function summaryText({ summary, objects, leftOut = 0 }: LintReport, infosShownBy: string, unread: number): string {
  const told = (['error', 'warning'] as const).filter((severity) => summary[severity] > 0);
  const counts = told.map((severity) => counted(summary[severity], severity));
  if (summary.info > 0) counts.push(`${summary.info} info${infosShownBy && ` (${infosShownBy})`}`);
  const found = counts.length === 0 ? (unread > 0 ? 'nothing found' : 'no findings') : counts.join(', ');
  const text = `${found} in ${counted(objects, 'object')}`;
  if (unread === 0) return text;
  const left = `${counted(leftOut, 'finding')} left out, because the missing object may be in what could not be read`;
  return `${text}, but ${counted(unread, 'problem')} in reading: the result is incomplete${leftOut > 0 ? `\n${left}` : ''}`;
}

function findingText(finding: Finding, style: TextStyle, brief: boolean): string {
  const { rule, severity, path, message, why, fix, location, related = [] } = finding;
  const place = location && 'file' in location ? `${location.file}:${location.line}:${location.column}` : undefined;
  const source = location && 'construct' in location ? location.source : undefined;
  const where = [place ?? source, path].filter(Boolean).join('  ');
  const lines = [
    `  ${style.severity(severity, severity.padEnd(7))}  ${message}  ${style.dim(rule)}`,
    ...(where === '' ? [] : [`           at   ${where}`]),
    ...(brief ? [] : [`           why  ${why}`]),
    `           fix  ${fix}`,
  ];
  if (brief) return lines.join('\n');
  const behind = related.map((other) => style.dim(`           also ${otherText(other, finding)}`));
  return [...lines, ...behind].join('\n');
}

function otherText({ object, message, rule }: Finding, main: Finding): string {
  const key = namedKey(object);
  return `${key === namedKey(main.object) ? '' : `${key}: `}${message}  ${rule}`;
}

/** Heading to findings, in the order of the findings: the object, with its construct where there is one. */
function groupedByObject(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const object = namedKey(finding.object);
    const heading =
      finding.location && 'construct' in finding.location ? `${object}  (${finding.location.construct})` : object;
    const group = groups.get(heading);
    if (group) group.push(finding);
    else groups.set(heading, [finding]);
  }
  return groups;
}
