import { appendTo } from '../../../kubernetes/map-entries';
import { namedKey } from '../../../kubernetes/object';
import type { Finding, Severity } from '../../../problem/finding';
import { counted, wrapped } from '../../../problem/words';
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
  /** How to show the infos that are only counted. @default '--verbose shows them' */
  readonly infosShownBy?: string;
  /** Whether to omit the reason and the related findings. @default false */
  readonly brief?: boolean;
  /** Columns of a terminal, at which words are wrapped. @default - lines are not broken, so that they can be searched */
  readonly width?: number;
  /** Number of problems because of which something was not read. @default 0 */
  readonly unread?: number;
}

/**
 * A report as text: the findings of an object together, each with its reason and fix.
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
    width = Number.POSITIVE_INFINITY,
  }: TextOptions = {},
): string {
  const shown = report.findings.filter(({ severity }) => verbose || severity !== 'info').map(printableFinding);
  const blocks = [...groupedByObject(shown)].map(([heading, findings]) =>
    [style.bold(heading), ...findings.map((finding) => findingText(finding, { style, brief, width }))].join('\n'),
  );
  const summary = summaryText(report, verbose ? '' : infosShownBy, unread);
  return [...blocks, [...explainLines(shown), summary].join('\n')].join('\n\n');
}

/** Where the page of a rule is: that of the first finding of the highest severity. */
function explainLines(shown: readonly Finding[]): readonly string[] {
  const severe = (['error', 'warning', 'info'] as const).flatMap((one) =>
    shown.filter(({ severity }) => severity === one),
  );
  return severe.slice(0, 1).map(({ rule }) => `more about a rule: cdk8s-karmada explain ${rule}`);
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

interface FindingLayout {
  readonly style: TextStyle;
  readonly brief: boolean;
  readonly width: number;
}

function findingText(finding: Finding, { style, brief, width }: FindingLayout): string {
  const { rule, severity, path, message, why, fix, location, related = [] } = finding;
  const place = location && 'file' in location ? `${location.file}:${location.line}:${location.column}` : undefined;
  const source = location && 'construct' in location ? location.source : undefined;
  const where = [place ?? source, path].filter((part) => part !== undefined && part !== '');
  const entry = (label: string, text: string, mark = (line: string) => line) =>
    indented(text, width).map((line, index) => mark(`           ${index === 0 ? label : '    '} ${line}`));
  // The id of the rule follows the message, on a line of its own where there is no room for it.
  const [first = '', ...more] = indented(message, width, 11);
  const last = more.at(-1) ?? first;
  const fits = 11 + last.length + 2 + rule.length <= width;
  const told = [
    `  ${style.severity(severity, severity.padEnd(7))}  ${first}`,
    ...more.map((line) => `           ${line}`),
  ];
  if (fits) told[told.length - 1] += `  ${style.dim(rule)}`;
  else told.push(`           ${style.dim(rule)}`);
  const lines = [
    ...told,
    ...(where.length === 0 ? [] : atLines(where.join('  ').length + 16 <= width ? [where.join('  ')] : where)),
    ...(brief ? [] : entry('why ', why)),
    ...entry('fix ', fix),
  ];
  if (brief) return lines.join('\n');
  return [...lines, ...related.flatMap((other) => entry('also', otherText(other, finding), style.dim))].join('\n');
}

function atLines(parts: readonly (string | undefined)[]): readonly string[] {
  return parts.map((part, index) => `           ${index === 0 ? 'at ' : '   '}  ${part}`);
}

/** The lines of a text behind a label; a line break in it stays. */
function indented(text: string, width: number, lead = 16): readonly string[] {
  if (!Number.isFinite(width)) return [text];
  const most = Math.max(width - lead, 30);
  return text.split('\n').flatMap((line) => wrapped(line, most).map((part) => part.trimEnd()));
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
    appendTo(groups, heading, finding);
  }
  return groups;
}
