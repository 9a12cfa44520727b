import type { Plan, TemplatePlan } from '../planner';
import { counted, printable } from '../problem/words';
import { cellsOf, isNowhere, outcomeCell, outcomeWord, whyOf } from './cell';
import { wishText } from './explanation';
import type { PlacementChange } from './placement-change';
import { narrowedTo, type PlanPart } from './plan-part';
import { defaultWidth, type Style, styleFor, type TextOptions } from './style';
import { type Column, colored, drawTable, tableWidth } from './table';
import { type Variant, type VariantChanges, variantChanges } from './what-if';
import { labelled } from './words';

/**
 * Variants of a plan side by side: for each template that changes in a variant, a table with a row for each cluster and a
 * column for each variant; then the changes, and templates that are not placed.
 */
export function whatIfText(
  now: Plan,
  variants: readonly Variant[],
  options: TextOptions & { readonly part?: PlanPart } = {},
): string {
  const { width = defaultWidth, color = false, part } = options;
  const style = styleFor(color);
  const shown = part && narrowedTo(part);
  const changes = variantChanges(now, variants).map((variant) =>
    shown ? { ...variant, changes: variant.changes.filter(({ template }) => shown.has(template)) } : variant,
  );
  const touched = new Set(changes.flatMap((variant) => variant.changes.map(({ template }) => template)));
  const untouched = (part ?? now).templates.length - [...touched].filter((key) => now.template(key)).length;
  const tables = [...touched].map((key) => {
    const series = new Set(
      variants.filter((_, index) => changes[index]?.changes.some(({ template }) => template === key)).map(seriesOf),
    );
    return templateTables(
      key,
      now,
      variants.filter((variant) => series.has(seriesOf(variant))),
      width,
      style,
    );
  });
  return [
    ...tables,
    ...changes.map((variant) => variantText(variant, width, style)),
    ...(untouched > 0 ? [`${counted(untouched, 'template')} ${untouched === 1 ? 'does' : 'do'} not change`, ''] : []),
  ].join('\n');
}

function seriesOf({ series, name }: Variant): string {
  return series ?? name;
}

function templateTables(key: string, now: Plan, variants: readonly Variant[], width: number, style: Style): string {
  const present = now.template(key);
  const wish = present ? wishText(present) : '';
  const title = `${style.bold(printable(key))}${wish && `: ${wish} now`}`;
  const all = [{ name: 'now', plan: now }, ...variants];
  const clusters = now.clusters
    .map(({ name }) => name)
    .filter((cluster) => all.some(({ plan }) => cellText(plan, plan.template(key), cluster, style) !== '-'));
  const columns = all.map(({ name, plan }) => ({
    column: { title: name, alignment: 'center' } as const,
    cells: [
      ...clusters.map((cluster) => cellText(plan, plan.template(key), cluster, style)),
      outcomeText(plan.template(key), style),
    ],
  }));
  const first = { column: { title: '', alignment: 'left' } as const, cells: [...clusters, 'outcome'] };
  return [title, ...inTables(first, columns, width), ''].join('\n');
}

interface FilledColumn {
  readonly column: Column;
  readonly cells: readonly string[];
}

/** One table, or several if the columns do not fit. */
function inTables(first: FilledColumn, columns: readonly FilledColumn[], width: number): string[] {
  const tables: string[] = [];
  let group: FilledColumn[] = [];
  const draw = (filled: readonly FilledColumn[]) => {
    const rows = first.cells.map((_, row) => filled.map(({ cells }) => cells[row] ?? ''));
    return { columns: filled.map(({ column }) => column), rows };
  };
  for (const column of columns) {
    const wider = draw([first, ...group, column]);
    if (group.length > 0 && tableWidth(wider.columns, wider.rows) > width) {
      const full = draw([first, ...group]);
      tables.push(drawTable(full.columns, full.rows));
      group = [];
    }
    group.push(column);
  }
  const last = draw([first, ...group]);
  return [...tables, drawTable(last.columns, last.rows)];
}

function cellText(plan: Plan, template: TemplatePlan | undefined, cluster: string, style: Style): string {
  if (!template) return '-';
  if (!plan.clusters.some(({ name }) => name === cluster)) return 'lost';
  return colored(cellsOf(template)(cluster), style);
}

function outcomeText(template: TemplatePlan | undefined, style: Style): string {
  if (!template) return '-';
  const short = { either: 'either', atRunTime: 'at run time' } as const;
  const { kind } = template.outcome;
  const text = kind === 'either' || kind === 'atRunTime' ? short[kind] : outcomeCell(template);
  return isNowhere(template) ? style.red(text) : text;
}

function variantText({ name, changes }: VariantChanges, width: number, style: Style): string {
  const lines = changes.flatMap((change) => [
    ...(change.nowhere
      ? labelled('nowhere', `${change.template} has nowhere to go: ${whyOf(change.outcomeAfter)}`, width)
      : []),
    ...(change.clusters.length > 0 && !change.nowhere ? labelled('moves', moveText(change), width) : []),
    ...(change.clusters.length === 0 && !change.nowhere ? labelled('changes', otherText(change), width) : []),
  ]);
  return [style.bold(name), ...(lines.length > 0 ? lines : ['  nothing changes']), ''].join('\n');
}

/** `Deployment/default/pipy: member1 0 or 1 → 1`. */
export function moveText({ template, clusters }: PlacementChange): string {
  const shown = clusters
    .slice(0, 8)
    .map(({ cluster, before, after }) => `${cluster} ${amount(before)} → ${amount(after)}`);
  const rest = clusters.length - shown.length;
  return `${template}: ${shown.join(', ')}${rest > 0 ? ` and ${counted(rest, 'more cluster')}` : ''}`;
}

/** A cell as text in a sentence. */
function amount(cell: string): string {
  return cell === '-' ? 'none' : cell;
}

function otherText({ template, outcomeBefore, outcomeAfter }: PlacementChange): string {
  if (outcomeBefore?.kind === outcomeAfter?.kind) return `${template}: the same numbers for another reason`;
  return `${template}: was ${outcomeWord(outcomeBefore)}, is ${outcomeAfter ? outcomeWord(outcomeAfter) : 'gone'}`;
}
