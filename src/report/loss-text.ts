import type { AffectedTemplate, LossPlan, LossStep, Outcome, ReplicaRange, TemplatePlan } from '../planner';
import { counted, joinWords, printable, rangeText } from '../problem/words';
import { resultText } from './explanation';
import { narrowedTo, type PlanPart } from './plan-part';
import { type ScaledAfterLoss, scaledTexts } from './scaled-after-loss';
import { defaultWidth, type Style, styleFor, type TextOptions } from './style';
import { type Column, drawTable, tableWidth } from './table';
import { labelled } from './words';

/** Most rows of a table; the rest is counted. */
const mostRows = 30;

/** Layout of a loss. */
interface LossTextOptions extends TextOptions {
  /** The templates to show. @default - all */
  readonly part?: PlanPart;
  /** Templates scaled meanwhile. @default - none */
  readonly scaled?: readonly ScaledAfterLoss[];
}

/**
 * What a loss means: what is gone in numbers, a table of what runs before, during and after it, and what happens when.
 *
 * @param name - what is lost, as the user wrote it
 */
export function lossText(
  name: string,
  after: LossPlan,
  { width = defaultWidth, color = false, part, scaled = [] }: LossTextOptions = {},
): string {
  const style = styleFor(color);
  const shown = part && narrowedTo(part);
  const affected = after.affected.filter(({ template }) => isShown(template, after, shown));
  const { templates } = after.before;
  const [clusters, verb] = [after.loss.clusters.join(', '), after.loss.kind];
  const title = `${style.bold(`${verb} ${printable(name)}`)}${name === clusters ? '' : ` (${joinWords(after.loss.clusters, 'and')})`}`;
  const ordered = [...affected].sort((a, b) => Number(isGone(b)) - Number(isGone(a)));
  const rest = ordered.length - mostRows;
  const untouched = templates.length - after.affected.length;
  return [
    title,
    ...summaryLines(affected, after, width, style),
    ...(ordered.length > 0 ? ['', ...table(ordered.slice(0, mostRows), after, width, style)] : []),
    ...(rest > 0 ? [`and ${counted(rest, 'more template')}; --json lists them all`] : []),
    ...(after.timeline.length > 0 && affected.length > 0 ? ['', ...timelineLines(after.timeline, width, style)] : []),
    ...scaledLines(scaled, after, width, style),
    ...(untouched > 0 && !shown ? ['', `${counted(untouched, 'template')} not affected`] : []),
    '',
    '',
  ].join('\n');
}

/** Namespaces are in every cluster, and neither move nor run. */
function isShown(template: string, { before }: LossPlan, selected: ReadonlySet<string> | undefined): boolean {
  if (before.template(template)?.takenBy === 'namespace-sync') return false;
  return selected === undefined || selected.has(template);
}

function isGone({ replicas }: AffectedTemplate): boolean {
  return replicas.before.max > 0 && replicas.after.max === 0;
}

function summaryLines(affected: readonly AffectedTemplate[], after: LossPlan, width: number, style: Style): string[] {
  if (affected.length === 0) return ['  nothing that is planned there is lost'];
  const { kind } = after.loss;
  const sum = (when: keyof AffectedTemplate['replicas']): ReplicaRange => ({
    min: affected.reduce((total, { replicas }) => total + replicas[when].min, 0),
    max: affected.reduce((total, { replicas }) => total + replicas[when].max, 0),
  });
  const [before, during, finally_] = [sum('before'), sum('during'), sum('after')];
  const left = goneIn(affected, 'after');
  const gap = goneIn(affected, 'during').filter((template) => !left.includes(template));
  const steps =
    kind === 'lost' ? `${rangeText(during)} left` : `${rangeText(during)} at first, ${rangeText(finally_)} in the end`;
  return [
    ...(before.max > 0 ? labelled('replicas', `${rangeText(before)} before, ${steps}`, width) : []),
    ...(gap.length > 0 && kind === 'evicted'
      ? labelled('gap', `none left until moved: ${joinWords(gap, 'and', 6)}`, width)
      : []),
    ...(left.length > 0 ? labelled('gone', `none left: ${joinWords(left, 'and', 6)}`, width).map(style.red) : []),
  ];
}

/** Templates with replicas that have none left. */
function goneIn(affected: readonly AffectedTemplate[], when: 'during' | 'after'): string[] {
  return affected
    .filter(({ replicas }) => replicas.before.max > 0 && replicas[when].max === 0)
    .map(({ template }) => template);
}

/** A table of the numbers, with the clusters in a last column if they fit, otherwise below. */
function table(affected: readonly AffectedTemplate[], after: LossPlan, width: number, style: Style): string[] {
  const moves = after.loss.kind !== 'lost';
  const columns: Column[] = [
    { title: 'template', alignment: 'left' },
    { title: 'before', alignment: 'center' },
    ...(after.loss.kind === 'unjoined' ? [] : [{ title: moves ? 'at first' : 'left', alignment: 'center' } as const]),
    ...(moves ? [{ title: 'in the end', alignment: 'center' } as const] : []),
    { title: moves ? 'where in the end' : 'where', alignment: 'left' },
  ];
  const rows = affected.map(({ template: key, replicas }) => {
    const template = after.before.template(key) as TemplatePlan;
    const cell = (when: 'before' | 'during' | 'after') => amount(template, replicas[when], when, after);
    const runs = after.running(key) as Outcome;
    const where = whereText(runs, after.plan.template(key) ?? template);
    return [
      printable(key),
      cell('before'),
      ...(after.loss.kind === 'unjoined' ? [] : [cell('during')]),
      ...(moves ? [cell('after')] : []),
      runs.kind === 'unschedulable' ? style.red(where) : where,
    ];
  });
  if (tableWidth(columns, rows) <= width) return [drawTable(columns, rows)];
  const numbers = rows.map((row) => row.slice(0, -1));
  const places = rows.flatMap((row) => labelled('in', `${row[0]}: ${row.at(-1)}`, width));
  return [drawTable(columns.slice(0, -1), numbers), ...places];
}

/** Replicas, or the number of clusters of a template without. */
function amount(
  template: TemplatePlan,
  replicas: ReplicaRange,
  when: 'before' | 'during' | 'after',
  after: LossPlan,
): string {
  if (template.countsReplicas && template.replicas !== undefined) return rangeText(replicas);
  const outcome = when === 'before' ? template.outcome : (after.running(template.key, when) as Outcome);
  const sizes = sizesOf(outcome);
  const [min, max] = [Math.min(...sizes), Math.max(...sizes)];
  return `${rangeText({ min, max })} ${max === 1 ? 'cluster' : 'clusters'}`;
}

function sizesOf(outcome: Outcome): readonly number[] {
  switch (outcome.kind) {
    case 'certain':
      return [outcome.replicas.size];
    case 'either':
      return [outcome.ascending.size, outcome.descending.size];
    case 'atRunTime':
      return [outcome.guaranteed.length, outcome.clusters.length];
    case 'unschedulable':
    case 'unmatched':
      return [outcome.kept.size];
    default:
      return outcome satisfies never;
  }
}

function whereText(outcome: Outcome, template: TemplatePlan): string {
  switch (outcome.kind) {
    case 'certain':
      return resultText(outcome.replicas, template);
    case 'either':
      return `${resultText(outcome.ascending, template)}; or ${resultText(outcome.descending, template)}`;
    case 'atRunTime':
      return `at run time: ${outcome.clusters.length > 0 ? joinWords(outcome.clusters, 'and', 4) : 'no cluster'}`;
    case 'unschedulable':
      return `${outcome.reason}${outcome.kept.size > 0 ? `, stays: ${resultText(outcome.kept, template)}` : ': no other place'}`;
    case 'unmatched':
      return outcome.kept.size > 0 ? `stays: ${resultText(outcome.kept, template)}` : 'no cluster';
    default:
      return outcome satisfies never;
  }
}

function scaledLines(scaled: readonly ScaledAfterLoss[], { loss }: LossPlan, width: number, style: Style): string[] {
  if (scaled.length === 0) return [];
  const lines = scaled.flatMap((one) =>
    scaledTexts(one, loss.clusters).flatMap(({ template, text }) =>
      labelled(one.name, one.templates.length > 1 ? `${template}: ${text}` : text, width),
    ),
  );
  return ['', style.bold('When scaled meanwhile'), ...lines];
}

const titles = { outage: 'When it happens', recovery: 'When the clusters answer again' } as const;

function timelineLines(steps: readonly LossStep[], width: number, style: Style): string[] {
  return (['outage', 'recovery'] as const).flatMap((since, index) => {
    const own = steps.filter((step) => step.since === since);
    if (own.length === 0) return [];
    return [
      ...(index > 0 ? [''] : []),
      style.bold(titles[since]),
      ...own.flatMap(({ seconds, text, templates }) =>
        labelled(
          seconds === undefined ? '' : `${seconds} s`,
          templates ? `${joinWords(templates, 'and', 4)}: ${text}` : text,
          width,
        ),
      ),
    ];
  });
}
