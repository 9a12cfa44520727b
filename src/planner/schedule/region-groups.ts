import { compareText } from '../../kubernetes/plain-data';

/** A region as a candidate: its number of clusters and its score. */
export interface RegionGroup {
  readonly name: string;
  readonly clusters: number;
  readonly score: number;
}

/** The limits for a combination of regions. */
export interface RegionLimits {
  readonly minGroups: number;
  readonly maxGroups: number;
  /** Minimum number of clusters in all its regions together. */
  readonly minClusters: number;
}

/** A combination that satisfies the limits. */
interface Combination {
  /** Best first. */
  readonly groups: readonly RegionGroup[];
  readonly score: number;
  readonly clusters: number;
}

/**
 * The best combination of regions: highest total score, then most clusters, then found first. The search goes from small
 * regions to large ones, and does not extend a combination that satisfies the limits. If the best one begins with
 * another one, the shorter one is chosen.
 *
 * @returns the regions, best first; undefined if no combination satisfies the limits
 * @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_groups.go, selectGroups
 */
export function chooseRegions(
  groups: readonly RegionGroup[],
  limits: RegionLimits,
): readonly RegionGroup[] | undefined {
  const combinations = findCombinations(groups, limits).sort((a, b) => b.score - a.score || b.clusters - a.clusters);
  let best = combinations[0];
  if (!best) return undefined;
  for (const other of combinations) if (beginsWith(best, other)) best = other;
  return best.groups;
}

function findCombinations(groups: readonly RegionGroup[], limits: RegionLimits): Combination[] {
  const smallestFirst = [...groups].sort(
    (a, b) => a.clusters - b.clusters || b.score - a.score || compareText(a.name, b.name),
  );
  const found: Combination[] = [];
  const path: RegionGroup[] = [];
  const extend = (clusters: number, from: number): void => {
    if (clusters >= limits.minClusters && path.length >= limits.minGroups && path.length <= limits.maxGroups) {
      found.push(combinationOf(path));
      return;
    }
    if (path.length >= limits.maxGroups) return;
    for (let at = from; at < smallestFirst.length; at++) {
      const group = smallestFirst[at] as RegionGroup;
      path.push(group);
      extend(clusters + group.clusters, at + 1);
      path.pop();
    }
  };
  extend(0, 0);
  return found.filter(({ groups: chosen }) => chosen.length > 0);
}

function combinationOf(path: readonly RegionGroup[]): Combination {
  return {
    groups: [...path].sort((a, b) => b.score - a.score || compareText(a.name, b.name)),
    score: path.reduce((sum, { score }) => sum + score, 0),
    clusters: path.reduce((sum, { clusters }) => sum + clusters, 0),
  };
}

function beginsWith(longer: Combination, shorter: Combination): boolean {
  return (
    shorter.groups.length < longer.groups.length &&
    shorter.groups.every(({ name }, index) => longer.groups[index]?.name === name)
  );
}
