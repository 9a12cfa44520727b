import type { Cluster } from '../../model/cluster';
import type { KarmadaVersion } from '../../model/karmada-version';
import type { StaticWeightSpec, WeightPreferenceSpec } from '../../model/placement-spec';
import { listOf } from '../plain-data';
import { clusterMatcher, namedClusters } from './cluster-affinity';

/**
 * The static weight of each selected cluster: the highest of all rules that match it. Clusters that no rule matches
 * are left out; where no rule matches any of them, all weigh 1.
 *
 * Rules that name clusters are looked up by name and only the others are compared with every cluster, so a list with
 * one rule a cluster takes linear time.
 *
 * @param selected - clusters the replicas may go to
 * @param preference - absent: all clusters weigh the same
 * @returns cluster name to weight, unit-free, in the order of `selected`
 * @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go, getStaticWeightInfoList
 */
export function staticWeights(
  selected: readonly Cluster[],
  preference: WeightPreferenceSpec | null | undefined,
  karmada: KarmadaVersion,
): Map<string, number> {
  const byName = new Map(selected.map((cluster) => [cluster.name, cluster]));
  const highest = new Map<string, number>();
  for (const rule of listOf<StaticWeightSpec>(preference?.staticWeightList)) {
    const weight = Number(rule?.weight);
    if (!(weight > 0)) continue;
    const matches = clusterMatcher(rule.targetCluster, karmada);
    for (const cluster of reach(rule, selected, byName)) {
      if (weight > (highest.get(cluster.name) ?? 0) && matches(cluster)) highest.set(cluster.name, weight);
    }
  }
  if (highest.size === 0) return new Map(selected.map(({ name }) => [name, 1]));
  const weights = new Map<string, number>();
  for (const { name } of selected) {
    const weight = highest.get(name);
    if (weight !== undefined) weights.set(name, weight);
  }
  return weights;
}

/** The clusters that a rule has to be compared with. */
function reach(
  rule: StaticWeightSpec,
  selected: readonly Cluster[],
  byName: ReadonlyMap<string, Cluster>,
): readonly Cluster[] {
  const names = namedClusters(rule.targetCluster);
  if (!names) return selected;
  const reached: Cluster[] = [];
  for (const name of names) {
    const cluster = byName.get(name);
    if (cluster) reached.push(cluster);
  }
  return reached;
}
