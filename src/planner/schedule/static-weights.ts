import type { Cluster } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec, StaticWeightSpec, WeightPreferenceSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import { listOf, numberOf, recordsOf } from '../../kubernetes/plain-data';

/**
 * The static weight of each selected cluster: the highest of all rules that match it. Clusters that no rule matches
 * are omitted; if no rule matches any cluster, all weigh 1.
 *
 * @param selected - clusters the replicas may go to
 * @param preference - if absent, all clusters weigh the same
 * @returns cluster name to weight, unit-free, in the order of `selected`
 * @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go, getStaticWeightInfoList
 */
export function staticWeights(
  selected: readonly Cluster[],
  preference: WeightPreferenceSpec | null | undefined,
  karmada: KarmadaVersion,
): Map<string, number> {
  const listed = staticWeightList(selected, positionsOf(selected), preference, karmada);
  const weights = new Map<string, number>();
  for (const [position, { name }] of selected.entries()) {
    const weight = listed[position] ?? 0;
    if (weight > 0) weights.set(name, weight);
  }
  return weights;
}

/** Position of each cluster in a list, by name. */
export function positionsOf(clusters: readonly Cluster[]): ReadonlyMap<string, number> {
  return new Map(clusters.map(({ name }, position) => [name, position]));
}

/**
 * As {@link staticWeights}, by position: 0 for an omitted cluster. Rules by cluster name are looked up, and only other
 * rules are compared with every cluster, so one rule per cluster takes linear time.
 */
export function staticWeightList(
  selected: readonly Cluster[],
  positions: ReadonlyMap<string, number>,
  preference: WeightPreferenceSpec | null | undefined,
  karmada: KarmadaVersion,
): readonly number[] {
  const weights: number[] = selected.map(() => 0);
  let matched = false;
  const raise = (position: number | undefined, weight: number) => {
    if (position === undefined || weight <= (weights[position] as number)) return;
    weights[position] = weight;
    matched = true;
  };
  for (const rule of recordsOf<StaticWeightSpec>(preference?.staticWeightList)) {
    const weight = numberOf(rule.weight);
    if (weight <= 0) continue;
    const names = onlyNames(rule.targetCluster);
    if (names) {
      for (const name of names) raise(positions.get(name), weight);
      continue;
    }
    const matches = compileClusterAffinity(rule.targetCluster, karmada);
    for (const [position, cluster] of selected.entries()) if (matches(cluster)) raise(position, weight);
  }
  return matched ? weights : weights.fill(1);
}

/** The names of an affinity that has only names; undefined if clusters have to be compared with it. */
function onlyNames(affinity: ClusterAffinitySpec | null | undefined): readonly string[] | undefined {
  if (!affinity || affinity.labelSelector || affinity.fieldSelector || listOf(affinity.exclude).length > 0)
    return undefined;
  const names = listOf<string>(affinity.clusterNames);
  return names.length > 0 ? names : undefined;
}
