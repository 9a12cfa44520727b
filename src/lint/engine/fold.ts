import type { Severity } from '../../problem/finding';
import type { Origin } from '../../problem/place';
import type { RawFinding } from './raw-finding';

/** The finding that is reported for a mistake, and the other findings of the same mistake. */
export interface FindingGroup {
  readonly main: RawFinding;
  readonly related: readonly RawFinding[];
}

/**
 * One mistake, one group. Findings are of one mistake when they name the same cause, or when one of them is the refusal
 * of a field and the other is about the same field, one above it or one below it.
 *
 * If the main finding is suppressed, the author has accepted the mistake: then only findings of the same rule are reported,
 * for other places.
 *
 * @param findings - among findings of equal rank, the first one is the main one
 * @param ranking - rule ids in the order of their rank; rules that are not in it come last
 */
export function foldCauses(findings: readonly RawFinding[], ranking: readonly string[]): FindingGroup[] {
  return mistakes(findings, ranking).flatMap((mistake): readonly FindingGroup[] => {
    const [first] = mistake;
    const heard = mistake.filter(({ silenced }) => !silenced);
    const main = first?.silenced ? heard.find(({ code }) => code === first.code) : first;
    return main ? [{ main, related: heard.filter((finding) => finding !== main) }] : [];
  });
}

/** Findings by mistake, the main one of each first. */
function mistakes(findings: readonly RawFinding[], ranking: readonly string[]): readonly (readonly RawFinding[])[] {
  const rank = new Map(ranking.map((id, index) => [id, index]));
  const byTelling = [...findings].sort((a, b) => rankOf(a, rank) - rankOf(b, rank));
  const groups: RawFinding[][] = [];
  const byCause = new Map<string, RawFinding[]>();
  const refusals = new Map<Origin, RefusedFields>();
  const rootOf = rootCauses(findings);

  for (const finding of byTelling) {
    const { at, path = '' } = finding;
    const [named] = causesOf(finding);
    const cause = named === undefined ? undefined : rootOf(named);
    const group =
      (cause === undefined ? undefined : byCause.get(cause)) ??
      // The control plane holds copies of manifests, completed as they are stored: the origin stays the same.
      refusals.get(at.origin)?.groupOf(path);
    const joined = group ?? [];
    joined.push(finding);
    // A cause of a related finding leads to the same group.
    if (cause !== undefined && !byCause.has(cause)) byCause.set(cause, joined);
    if (group) continue;
    groups.push(joined);
    if (!isRefusal(finding)) continue;
    const refused = refusals.get(at.origin) ?? new RefusedFields();
    refused.add(path, joined);
    refusals.set(at.origin, refused);
  }
  return groups;
}

/** One name for causes that some finding says are the same; whichever finding comes first. */
function rootCauses(findings: readonly RawFinding[]): (cause: string) => string {
  const towards = new Map<string, string>();
  const rootOf = (cause: string): string => {
    let root = cause;
    for (let next = towards.get(root); next !== undefined; next = towards.get(root)) root = next;
    return root;
  };
  for (const finding of findings) {
    const [first, ...others] = causesOf(finding);
    for (const other of others) {
      const [from, to] = [rootOf(other), rootOf(first as string)];
      if (from !== to) towards.set(from, to);
    }
  }
  return rootOf;
}

function causesOf({ cause }: RawFinding): readonly string[] {
  if (cause === undefined) return [];
  return typeof cause === 'string' ? [cause] : cause;
}

function isRefusal({ layer }: RawFinding): boolean {
  return layer === 'schema' || layer === 'admission';
}

const severities: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Refusals first, since nothing else matters while Karmada does not take the object. Then by severity, so that a warning
 * never hides behind an info, then by the ranking of the rules.
 */
function rankOf({ layer, severity, code }: RawFinding, rank: ReadonlyMap<string, number>): number {
  if (layer === 'schema') return -2;
  if (layer === 'admission') return -1;
  return severities[severity] * (rank.size + 1) + (rank.get(code) ?? rank.size);
}

/** The refused fields of one object. Finding the group of a field takes as many steps as its path has, not as there are refusals. */
class RefusedFields {
  /** Groups in the order in which they were added. */
  readonly #groups: RawFinding[][] = [];
  readonly #at = new Map<string, number>();
  /** By the path of each field above: the first group at or below it. */
  readonly #below = new Map<string, number>();

  add(path: string, group: RawFinding[]): void {
    const position = this.#groups.push(group) - 1;
    if (!this.#at.has(path)) this.#at.set(path, position);
    for (const above of fieldsAbove(path)) if (!this.#below.has(above)) this.#below.set(above, position);
  }

  /** The first group whose field is this one, above it or below it: `spec.placement` is above `spec.placement.spreadConstraints[0]`. */
  groupOf(path: string): RawFinding[] | undefined {
    const positions = [
      this.#at.get(path),
      this.#below.get(path),
      ...fieldsAbove(path).map((above) => this.#at.get(above)),
    ];
    const found = positions.filter((position) => position !== undefined);
    return found.length === 0 ? undefined : this.#groups[Math.min(...found)];
  }
}

function fieldsAbove(path: string): string[] {
  return Array.from(path.matchAll(/(?!^)[.[]/g), ({ index }) => path.slice(0, index));
}
