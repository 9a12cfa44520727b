import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import { anyText, listOf } from '../../kubernetes/plain-data';
import type { ExclusionReason } from '../../planner';
import { affinityTerms } from '../../planner/schedule/affinity-terms';
import { filtersFor } from '../../planner/schedule/filters';
import { placementPath } from './policy-placement';

/** What the filters of the scheduler say of a fleet, for one affinity group of a placement. */
export interface Attempt {
  /** Field that holds the group: the placement itself where every cluster is meant. */
  readonly path: string;
  /** `affinityName` of the group. @default - the placement has a single affinity, or none */
  readonly name?: string;
  /** Clusters that the affinity chooses, overflow groups included, each with what else speaks against it. */
  readonly chosen: readonly { readonly cluster: Cluster; readonly reasons: readonly ExclusionReason[] }[];
  /** Those of them that nothing speaks against. */
  readonly feasible: readonly Cluster[];
}

/**
 * One attempt for each affinity group of a placement, as a workload of a kind that every cluster serves would be
 * scheduled.
 *
 * @param positions - of the clusters in the fleet, by name
 */
export function attemptsOf(
  placement: PlacementSpec,
  fleet: readonly Cluster[],
  positions: ReadonlyMap<string, number>,
  karmada: KarmadaVersion,
): readonly Attempt[] {
  const binding = { placement, replicas: 1, hasReplicaRequirements: false, apiVersion: 'apps/v1', kind: 'Deployment' };
  const options = { karmada, tieBreak: 'ascending', serves: () => true } as const;
  const attempt = (path: string, affinityName?: string): Attempt => {
    const filters = filtersFor(binding, { ...options, ...(affinityName !== undefined && { affinityName }) });
    const chosen = inQuestion(placement, affinityName, fleet, positions).flatMap((cluster) => {
      if (filters.tiers.tierOf(cluster) === undefined) return [];
      return [{ cluster, reasons: filters.accepts(cluster) ? [] : filters.reasons(cluster) }];
    });
    return {
      path,
      ...(affinityName !== undefined && { name: affinityName }),
      chosen,
      feasible: chosen.filter(({ reasons }) => reasons.length === 0).map(({ cluster }) => cluster),
    };
  };
  const terms = affinityTerms(placement);
  if (terms.length === 0) {
    return [attempt(placement.clusterAffinity ? `${placementPath}.clusterAffinity` : placementPath)];
  }
  return terms.map(({ affinityName }, index) =>
    attempt(`${placementPath}.clusterAffinities[${index}]`, anyText(affinityName)),
  );
}

/** Clusters that an attempt may choose: those that its affinity names, where it names some, in the order of the fleet. */
function inQuestion(
  placement: PlacementSpec,
  affinityName: string | undefined,
  fleet: readonly Cluster[],
  positions: ReadonlyMap<string, number>,
): readonly Cluster[] {
  const term = affinityTerms(placement).find((each) => anyText(each.affinityName) === affinityName);
  const affinity = term ?? placement.clusterAffinity;
  const names = listOf<string>(affinity?.clusterNames);
  if (names.length === 0 || listOf(term?.overflowAffinities).length > 0) return fleet;
  const named = new Set(names.flatMap((name) => positions.get(name) ?? []));
  return [...named].sort((a, b) => a - b).flatMap((position) => fleet[position] ?? []);
}
