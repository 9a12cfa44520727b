import type { Outcome, Plan, TemplatePlan } from '../planner';
import { endsOtherwise, fails } from '../planner/final/final-replicas';
import { counted, joinWords, printable, wrapped } from '../problem/words';
import { cellsOf, isNowhere, outcomeCell, policyCell } from './cell';
import { explanation, wishText } from './explanation';
import { needsOverview, planOverview } from './plan-overview';
import { type PlanPart, partOf } from './plan-part';
import { defaultWidth, type Style, styleFor, type TextOptions } from './style';
import { type Column, colored, drawTable, tableWidth } from './table';
import { labelled, timeText } from './words';

/** What to show of a plan, and how. */
export interface PlanTextOptions extends TextOptions {
  /** @default - the whole plan */
  readonly part?: PlanPart;
  /** Whether a large plan lists every template, after its overview. @default false */
  readonly details?: boolean;
}

/**
 * The plan as a table with a column for each cluster, followed by explanations of uncertain results. If the table is wider than
 * the terminal, a list of the clusters of each template. Of a plan with many templates an overview, which fits on a screen.
 */
export function planText(plan: Plan, options: PlanTextOptions = {}): string {
  const { width = defaultWidth, color = false, part = partOf(plan) } = options;
  const style = styleFor(color);
  const { templates, clusters, narrowed } = part;
  const large = needsOverview(part);
  const details = !large || options.details === true;
  const head = `${counted(templates.length, 'template')} over ${counted(clusters.length, 'cluster')}${narrowed ? ` of ${counted(plan.templates.length, 'template')} over ${plan.clusters.length}` : ''}, Karmada v${plan.karmada}${capacityText(plan)}`;
  return [
    style.bold(head),
    ...(large ? ['', ...planOverview(part, width, style)] : []),
    ...(details && templates.length > 0 ? ['', placements(part, width, style)] : []),
    ...(details ? reasons(part, width, style) : []),
    ...(narrowed ? [] : [...leftovers(plan, width, style), ...notes(plan, width)]),
    '',
    summaryLine(templates, style),
    ...(details ? [] : [style.dim('more: --template NAME, --cluster NAME, --only problems, --details, --json')]),
    '',
  ].join('\n');
}

function placements(part: PlanPart, width: number, style: Style): string {
  const clusters = part.clusters.map(({ name }) => name);
  const columns: Column[] = [
    { title: 'template', alignment: 'left' },
    { title: 'policy', alignment: 'left' },
    ...clusters.map((title): Column => ({ title, alignment: 'center' })),
    { title: 'outcome', alignment: 'left' },
  ];
  // Many clusters never fit, so the rows are not created.
  const rows = tableWidth(columns, []) > width ? [] : part.templates.map((template) => row(template, clusters, style));
  if (tableWidth(columns, rows) > width)
    return part.templates.map((template) => block(template, clusters, style)).join('\n');
  const legend = `numbers are replicas; "yes": an object without replicas; "-": nothing${part.templates.some(endsOtherwise) ? '; after "→": what runs in the end' : ''}`;
  return `${drawTable(columns, rows)}\n${style.dim(legend)}`;
}

function row(template: TemplatePlan, clusters: readonly string[], style: Style): string[] {
  const cellIn = cellsOf(template);
  const cells = clusters.map((cluster) => colored(cellIn(cluster), style));
  return [printable(template.key), printable(policyCell(template)), ...cells, coloredOutcome(template, style)];
}

function coloredOutcome(template: TemplatePlan, style: Style): string {
  const text = outcomeCell(template);
  if (isNowhere(template)) return style.red(text);
  return template.outcome.kind === 'certain' ? style.green(text) : style.yellow(text);
}

/** A template with its clusters; clusters with the same result are on one line. */
function block(template: TemplatePlan, clusters: readonly string[], style: Style): string {
  const clustersByCell = new Map<string, string[]>();
  const cellIn = cellsOf(template);
  for (const cluster of clusters) {
    const cell = cellIn(cluster);
    const text = colored(cell, style);
    if (cell.certainty === 'never') continue;
    const sharing = clustersByCell.get(text);
    if (sharing) sharing.push(cluster);
    else clustersByCell.set(text, [cluster]);
  }
  const title = [
    printable(template.key),
    `policy: ${printable(policyCell(template))}`,
    coloredOutcome(template, style),
  ].join(' · ');
  const lines = [...clustersByCell].map(([cell, names]) => {
    const each = names.length > 1 ? ' each' : '';
    const amount = /\d|held/.test(cell) ? `${cell}${each} ` : cell.includes('maybe') ? `${cell} ` : '';
    return `  ${amount}in ${joinWords(names, 'and', 6)}`;
  });
  return [title, ...(lines.length > 0 ? lines : ['  no cluster'])].join('\n');
}

/** Templates without a cluster come first. */
function reasons({ templates }: PlanPart, width: number, style: Style): string[] {
  const failed = templates.filter(isNowhere);
  const ordered = failed.length === 0 ? templates : [...failed, ...templates.filter((each) => !isNowhere(each))];
  return ordered.flatMap((template) => {
    const lines = explanation(template, width);
    if (lines.length === 0) return [];
    const wish = wishText(template);
    const title = `${style.bold(printable(template.key))}${wish && `: ${wish}`}, ${coloredOutcome(template, style)}`;
    return ['', title, ...lines];
  });
}

function capacityText({ capacityTime }: Plan): string {
  return capacityTime === undefined ? '' : `, with the capacity of ${timeText(capacityTime)}`;
}

function notes(plan: Plan, width: number): string[] {
  return plan.notes.flatMap((note) => ['', ...labelled('note', note, width)]);
}

function leftovers(plan: Plan, width: number, style: Style): string[] {
  if (plan.leftovers.length === 0) return [];
  const lines = plan.leftovers.flatMap(({ binding, clusters, preserved }) => {
    const fate = preserved ? 'stays there, for its policy preserves it' : 'would be removed there';
    return wrapped(`${binding} runs in ${joinWords(clusters, 'and')} and ${fate}`, width - 4).map(
      (line) => `  ${line}`,
    );
  });
  return ['', style.bold('Bound at present, but not among the manifests'), ...lines];
}

function summaryLine(templates: readonly TemplatePlan[], style: Style): string {
  const { certain, either, atRunTime, unschedulable, unmatched } = outcomeCounts(templates);
  const failing = templates.filter(fails).length;
  const parts = [
    certain > 0 && style.green(`${certain} certain`),
    either > 0 && style.yellow(`${either} one of two results`),
    atRunTime > 0 && style.yellow(`${atRunTime} decided at run time`),
    unschedulable > 0 && style.red(`${unschedulable} unschedulable`),
    unmatched > 0 && style.red(`${unmatched} unmatched: nothing sends ${unmatched === 1 ? 'it' : 'them'} anywhere`),
    failing > 0 && style.red(`${failing} that Karmada fails to make in a cluster`),
  ];
  return parts.filter((part) => part !== false).join(', ') || 'no templates';
}

/** Number of templates by outcome. */
export interface PlanSummary {
  readonly templates: number;
  readonly clusters: number;
  readonly certain: number;
  readonly either: number;
  readonly atRunTime: number;
  readonly unschedulable: number;
  readonly unmatched: number;
  /** Templates that Karmada fails to make for a cluster; they count above as well. */
  readonly failing: number;
}

/** Counts the outcomes of a plan: the `summary` of `plan --json`. */
export function planSummary(plan: Plan): PlanSummary {
  return {
    templates: plan.templates.length,
    clusters: plan.clusters.length,
    ...outcomeCounts(plan.templates),
    failing: plan.templates.filter(fails).length,
  };
}

function outcomeCounts(templates: readonly TemplatePlan[]): Record<Outcome['kind'], number> {
  const counts = { certain: 0, either: 0, atRunTime: 0, unschedulable: 0, unmatched: 0 };
  for (const { outcome } of templates) counts[outcome.kind]++;
  return counts;
}
