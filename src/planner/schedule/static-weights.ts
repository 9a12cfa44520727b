import type { Cluster } from '../../model/cluster';
import type { KarmadaVersion } from '../../model/karmada-version';
import type { ClusterAffinitySpec, StaticWeightSpec, WeightPreferenceSpec } from '../../model/placement-spec';
import { listOf, numberOf, recordsOf } from '../plain-data';
import { clusterMatcher } from './cluster-affinity';

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
  const weights = new Map<string, number>();
  for (const { name } of selected) weights.set(name, 0);
  let matched = false;
  const raise = (name: string, weight: number) => {
    const current = weights.get(name);
    if (current === undefined || weight <= current) return;
    weights.set(name, weight);
    matched = true;
  };
  for (const rule of recordsOf<StaticWeightSpec>(preference?.staticWeightList)) {
    const weight = numberOf(rule.weight);
    if (!(weight > 0)) continue;
    const names = onlyNames(rule.targetCluster);
    if (names) {
      for (const name of names) raise(name, weight);
      continue;
    }
    const matches = clusterMatcher(rule.targetCluster, karmada);
    for (const cluster of selected) if (matches(cluster)) raise(cluster.name, weight);
  }
  for (const [name, weight] of weights) {
    if (!matched) weights.set(name, 1);
    else if (weight === 0) weights.delete(name);
  }
  return weights;
}

/** The names in an affinity that asks for nothing else; undefined where clusters have to be compared with it. */
function onlyNames(affinity: ClusterAffinitySpec | null | undefined): readonly string[] | undefined {
  if (!affinity || affinity.labelSelector || affinity.fieldSelector || listOf(affinity.exclude).length > 0)
    return undefined;
  const names = listOf<string>(affinity.clusterNames);
  return names.length > 0 ? names : undefined;
}
