import { counted } from '../problem/words';
import { outcomeWord, whyOf } from './cell';
import { diffSummaryText, valueText } from './diff-text';
import { code, escaped } from './markdown';
import { changesMermaid } from './mermaid';
import type { PlacementChange } from './placement-change';
import { type ClusterDiff, isEmptyDiff, type PlanDiff } from './plan-diff';

/** Maximum rows of a table, to keep comments readable. */
const mostRows = 100;

/** GitHub's maximum length of a comment. */
const longestComment = 65_000;

/** A diff as Markdown for a pull request comment: a table of placements, then the members, folded. */
export function diffMarkdown(diff: PlanDiff): string {
  const title = '### What changes where';
  if (isEmptyDiff(diff)) return `${title}\n\nNothing: every cluster keeps what it has.\n`;
  const sections = [
    `${title}\n\n${sentence(diffSummaryText(diff))}`,
    ...placementPicture(diff.placements),
    ...placementTable(diff.placements),
    ...diff.members.map(memberSection),
  ];
  return `${fitting(sections).join('\n\n')}\n`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function placementPicture(placements: readonly PlacementChange[]): string[] {
  const picture = changesMermaid(placements).trimEnd();
  return picture === '' ? [] : [picture];
}

function placementTable(placements: readonly PlacementChange[]): string[] {
  if (placements.length === 0) return [];
  const rows = placements.flatMap((change) => {
    const outcome = outcomeCell(change);
    const cells = change.clusters.map(({ cluster, before, after }) => [cluster, before, after]);
    return (cells.length > 0 ? cells : [['', '', '']]).map(([cluster = '', before = '', after = ''], index) =>
      row([
        index === 0 ? code(change.template) : '',
        cluster && code(cluster),
        before,
        after,
        index === 0 ? outcome : '',
      ]),
    );
  });
  return [
    [
      row(['template', 'cluster', 'before', 'after', 'outcome']),
      row(['---', '---', ':---:', ':---:', '---']),
      ...firstOf(rows, 5),
    ].join('\n'),
  ];
}

function outcomeCell(change: PlacementChange): string {
  const { outcomeBefore, outcomeAfter, nowhere } = change;
  const words = [outcomeWord(outcomeBefore), outcomeWord(outcomeAfter)];
  if (nowhere) return `**nowhere to go**: ${escaped(whyOf(outcomeAfter))}`;
  if (change.change === 'added') return `new, ${words[1]}`;
  if (change.change === 'removed') return 'removed';
  const { policyBefore, policyAfter } = change;
  const policy =
    policyBefore === policyAfter ? '' : `, policy ${code(policyBefore ?? 'none')} → ${code(policyAfter ?? 'none')}`;
  return `${words[0] === words[1] ? words[1] : words.join(' → ')}${policy}`;
}

function memberSection({ cluster, objects }: ClusterDiff): string {
  const rows = objects.flatMap(({ template, change, tie, fields, why }) => {
    const when = tie === undefined ? '' : `, if ties go to the ${tie === 'ascending' ? 'first' : 'last'} name`;
    if (fields.length === 0) return [row([code(template), `${change}${when}`, escaped(why ?? ''), ''])];
    return fields.map((field, index) =>
      row([
        index === 0 ? `${code(template)}${when}` : '',
        code(field.path),
        'before' in field ? code(valueText(field.before)) : '',
        'after' in field ? code(valueText(field.after)) : '',
      ]),
    );
  });
  return [
    `<details><summary>${escaped(cluster)}: ${counted(objects.length, 'object')}</summary>`,
    '',
    row(['object', 'field', 'before', 'after']),
    row(['---', '---', '---', '---']),
    ...firstOf(rows, 4),
    '',
    '</details>',
  ].join('\n');
}

/** Limits the rows; the last row counts the rest. */
function firstOf(rows: readonly string[], columns: number): readonly string[] {
  if (rows.length <= mostRows) return rows;
  const rest = `and ${counted(rows.length - mostRows, 'more row')}: see \`diff --json\``;
  return [...rows.slice(0, mostRows), row([rest, ...Array.from({ length: columns - 1 }, () => '')])];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The first complete sections that fit into a comment, and a line that counts the omitted ones. */
function fitting(sections: readonly string[]): readonly string[] {
  let length = 0;
  const count = sections.findIndex((section) => {
    length += section.length + 2;
    return length > longestComment;
  });
  if (count < 0) return sections;
  const rest = sections.length - count;
  return [
    ...sections.slice(0, count),
    `${counted(rest, 'more section')} left out: the comment would be too long. See \`diff --json\`.`,
  ];
}
