import { counted, printable } from '../problem/words';
import { outcomeWord, whyOf } from './cell';
import type { FieldChange } from './field-change';
import type { PlacementChange } from './placement-change';
import { isEmptyDiff, type MemberChange, type PlanDiff } from './plan-diff';
import { defaultWidth, type Style, styleFor, type TextOptions } from './style';
import { moveText } from './what-if-text';
import { hanging, labelled } from './words';

const signs = { added: '+', removed: '-', changed: '~', failing: '!' } as const;

/** Maximum length of a printed value. */
const longestValue = 60;

/** A diff for the terminal: placements first, then the objects of each member cluster. */
export function diffText(diff: PlanDiff, options: TextOptions = {}): string {
  const { width = defaultWidth, color = false } = options;
  const style = styleFor(color);
  if (isEmptyDiff(diff)) return 'nothing changes\n';
  return [
    ...(diff.placements.length > 0
      ? [style.bold('Placement'), ...diff.placements.flatMap((change) => placementLines(change, width, style)), '']
      : []),
    ...diff.members.flatMap(({ cluster, objects }) => [
      style.bold(`Objects in ${cluster}`),
      ...objects.flatMap((change) => objectLines(change, style, width)),
      '',
    ]),
    diffSummaryText(diff),
    '',
  ].join('\n');
}

function placementLines(change: PlacementChange, width: number, style: Style): string[] {
  const { template, outcomeAfter, policyBefore, policyAfter } = change;
  const sign = change.nowhere ? signs.failing : signs[change.change];
  const moves = change.clusters.length > 0 ? moveText(change) : template;
  const lines = hanging(moves, width, `${sign} `);
  if (change.nowhere) lines.push(...labelled('nowhere', whyOf(outcomeAfter), width, '    '));
  else if (
    outcomeWord(change.outcomeBefore) !== outcomeWord(outcomeAfter) &&
    outcomeAfter &&
    outcomeAfter.kind !== 'certain'
  ) {
    lines.push(...labelled('now', outcomeWord(outcomeAfter), width, '    '));
  }
  if (change.change === 'changed' && policyBefore !== policyAfter) {
    lines.push(...labelled('policy', `${policyBefore ?? 'none'} → ${policyAfter ?? 'none'}`, width, '    '));
  }
  return lines.map((line) => signed(line, style));
}

function objectLines({ template, change, tie, fields, why }: MemberChange, style: Style, width: number): string[] {
  const when = tie === undefined ? '' : ` (if ties go to the ${tie === 'ascending' ? 'first' : 'last'} name)`;
  return [
    signed(`${signs[change]} ${printable(template)}${when}`, style),
    ...(why === undefined ? [] : labelled('fails', why, width, '    ')),
    ...fields.flatMap((field) => fieldLines(field, width)),
  ];
}

function signed(line: string, style: Style): string {
  if (line.startsWith('+')) return style.green(line);
  if (line.startsWith('-') || line.startsWith('!')) return style.red(line);
  return line.startsWith('~') ? style.yellow(line) : line;
}

/** A field on one line, or with its two values on the next lines if they do not fit. */
function fieldLines(field: FieldChange, width: number): string[] {
  const path = printable(field.path);
  if (!('before' in field)) return [`    ${path}: ${valueText(field.after)} (new)`];
  if (!('after' in field)) return [`    ${path}: ${valueText(field.before)} (gone)`];
  const values = [valueText(field.before), valueText(field.after)] as const;
  const line = `    ${path}: ${values[0]} → ${values[1]}`;
  return line.length <= width ? [line] : [`    ${path}:`, `      ${values[0]}`, `    → ${values[1]}`];
}

/** A value of a field, shortened. */
export function valueText(value: unknown): string {
  const text = printable(JSON.stringify(value) ?? 'nothing');
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

/** `3 placements change, 4 objects in 2 clusters`. */
export function diffSummaryText(diff: PlanDiff): string {
  const { placements, objects, clusters, nowhere } = diffSummary(diff);
  return [
    `${counted(placements, 'placement changes', 'placements change')}`,
    `${counted(objects, 'object')} in ${counted(clusters, 'cluster')}`,
    ...(nowhere > 0 ? [`${nowhere} with nowhere to go`] : []),
  ].join(', ');
}

/** How much changes: the `summary` of `diff --json`. */
export interface DiffSummary {
  readonly placements: number;
  /** Clusters in which an object changes. */
  readonly clusters: number;
  /** Objects that change, counted in each cluster. */
  readonly objects: number;
  /** Templates that were placed before, or are new, and are not placed now. */
  readonly nowhere: number;
}

/** Counts what changes. */
export function diffSummary({ placements, members }: PlanDiff): DiffSummary {
  const templates = members.map(({ objects }) => new Set(objects.map(({ template }) => template)).size);
  return {
    placements: placements.length,
    clusters: members.length,
    objects: templates.reduce((sum, count) => sum + count, 0),
    nowhere: placements.filter((change) => change.nowhere).length,
  };
}
