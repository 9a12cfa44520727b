import type { Manifest } from '../model/manifest';
import type { Statement } from './finding-of';

/** A statement of a rule, and what makes it the same mistake as others. */
export interface Stated extends Statement {
  readonly layer: 'schema' | 'admission' | 'federation' | 'advice';
  readonly cause?: string;
}

/** A statement that speaks, and those of the same mistake that stand behind it. */
export interface Folded {
  readonly main: Stated;
  readonly related: readonly Stated[];
}

/**
 * One mistake, one finding. Statements are of one mistake when they name the same cause, or when one of them is the
 * refusal of a field and the other is about the same field, one above it or one below it.
 *
 * @param stated - in any order
 * @param ranking - rule ids, the most telling first; rules that are not in it come last
 */
export function foldCauses(stated: readonly Stated[], ranking: readonly string[]): Folded[] {
  const rank = new Map(ranking.map((id, index) => [id, index]));
  const byTelling = [...stated].sort((a, b) => tellingOf(a, rank) - tellingOf(b, rank));
  const groups: { main: Stated; related: Stated[] }[] = [];
  const byCause = new Map<string, { main: Stated; related: Stated[] }>();
  const refusals = new Map<Manifest, { main: Stated; related: Stated[] }[]>();

  for (const statement of byTelling) {
    const group =
      (statement.cause === undefined ? undefined : byCause.get(statement.cause)) ??
      refusals.get(statement.at)?.find(({ main }) => isSameField(main.path ?? '', statement.path ?? ''));
    if (group) {
      group.related.push(statement);
      continue;
    }
    const opened = { main: statement, related: [] };
    groups.push(opened);
    if (statement.cause !== undefined) byCause.set(statement.cause, opened);
    if (isRefusal(statement)) append(refusals, statement.at, opened);
  }
  return groups;
}

function isRefusal({ layer }: Stated): boolean {
  return layer === 'schema' || layer === 'admission';
}

/** Refusals first, since nothing else matters while Karmada does not take the object; then by the ranking of the rules. */
function tellingOf(statement: Stated, rank: ReadonlyMap<string, number>): number {
  if (statement.layer === 'schema') return -2;
  if (statement.layer === 'admission') return -1;
  return rank.get(statement.rule) ?? rank.size;
}

/** Whether one path is the other, or leads to it: `spec.placement` and `spec.placement.spreadConstraints[0]`. */
function isSameField(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (!long.startsWith(short)) return false;
  const next = long.charAt(short.length);
  return short === '' ? long === '' : next === '' || next === '.' || next === '[';
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
