import { type ReplicaSchedulingSpec, specProperties } from '../karmada/policy-spec';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isPropertyBag, isRecord } from '../problem/record';
import { checkValue, text } from '../problem/value-kinds';
import { firstTwice, quoted } from '../problem/words';
import { BoundedCache } from './bounded-cache';
import { checkClusterName } from './cluster-name';
import { Clusters } from './clusters';

/** Name of the cluster to its weight: unit-free whole numbers of at least 1. */
export type WeightsByName<Name extends string = string> = { readonly [Cluster in Name]?: number };

/** The weight of each of these clusters; unit-free, a whole number of at least 1. */
export interface ClusterWeight {
  /** The clusters that each have this weight. */
  readonly clusters: Clusters;
  /** The weight of each of them, at least 1. */
  readonly weight: number;
}

/** Name of the cluster to the number of replicas there: whole numbers of at least 1. */
export type ReplicasByName<Name extends string = string> = { readonly [Cluster in Name]?: number };

/** How the replicas of a workload are assigned to the selected clusters. */
export type ReplicaDivision =
  /** Every cluster runs all replicas. */
  | { readonly type: 'duplicated' }
  /** In proportion to fixed weights. */
  | { readonly type: 'weighted'; readonly weights: readonly ClusterWeight[] }
  /** In equal parts. */
  | { readonly type: 'evenly' }
  /** Weights that are the replicas themselves. */
  | { readonly type: 'exactly'; readonly weights: readonly ClusterWeight[] }
  /** To as few clusters as their capacity allows. */
  | { readonly type: 'aggregated' }
  /** In proportion to the free capacity of the clusters. */
  | { readonly type: 'dynamicallyWeighted' };

/**
 * Weights as a list, from a list or from weights by name.
 *
 * @throws ModelError `placement.weights` without weights or for two weights of one cluster, `placement.weight` for an invalid number
 */
export function checkedWeights(
  weights: WeightsByName | readonly ClusterWeight[],
  owner: string,
): readonly ClusterWeight[] {
  const list = Array.isArray(weights)
    ? (weights as readonly ClusterWeight[]).map(checkedEntry)
    : byName(weights, owner);
  if (list.length === 0) {
    throw new ModelError(`${owner} has no weights`, {
      code: 'placement.weights',
      fix: 'give each cluster a weight, such as { member1: 1 }, or use evenly or duplicated',
    });
  }
  for (const { clusters, weight } of list) {
    if (Number.isSafeInteger(weight) && weight >= 1) continue;
    refuseWeight(weight, clusters.names.length > 0 ? `cluster "${clusters.names.join('", "')}"` : 'the clusters');
  }
  const names = list.filter(({ clusters }) => clusters.isByName).flatMap(({ clusters }) => clusters.names);
  const twice = firstTwice(names);
  if (twice !== undefined) {
    throw new ModelError(`${owner} has two weights for cluster "${twice}", and Karmada uses the greater one`, {
      code: 'placement.weights',
      fix: `keep one weight for "${twice}"`,
    });
  }
  return Object.freeze(list);
}

/** A cache key: equal for equal weights by name in the same order; undefined for other weights. */
export function weightsKey(weights: WeightsByName | readonly ClusterWeight[]): string | undefined {
  if (!isRecord(weights) || !Object.values(weights).every((weight) => typeof weight === 'number')) return undefined;
  return JSON.stringify(weights);
}

/**
 * Replicas by cluster as weights. If the workload's replicas equal the sum of the weights, each cluster gets exactly its number.
 *
 * @throws ModelError `placement.replicas`
 */
export function checkedReplicas(replicas: ReplicasByName, owner: string): readonly ClusterWeight[] {
  const list = byName(replicas, owner);
  if (list.length === 0) {
    throw new ModelError(`${owner} has no clusters`, {
      code: 'placement.replicas',
      fix: 'give the number of replicas of each cluster, such as { member1: 2 }',
    });
  }
  for (const { clusters, weight } of list) {
    if (Number.isSafeInteger(weight) && weight >= 1) continue;
    const [name] = clusters.names;
    throw new ModelError(`replicas of cluster "${name}" must be a whole number of at least 1, got ${quoted(weight)}`, {
      code: 'placement.replicas',
      fix: weight === 0 ? `omit "${name}" to send it no replicas` : 'give the number of replicas',
    });
  }
  const total = list.reduce((sum, { weight }) => sum + weight, 0);
  if (total > mostReplicas) {
    throw new ModelError(`${owner} adds up to ${total} replicas, and Kubernetes allows ${mostReplicas}`, {
      code: 'placement.replicas',
      fix: 'give smaller numbers',
    });
  }
  return Object.freeze(list);
}

/** The `replicaScheduling` for a manifest. */
export function divisionToSpec(division: ReplicaDivision): ReplicaSchedulingSpec {
  switch (division.type) {
    case 'duplicated':
      return { replicaSchedulingType: 'Duplicated' };
    case 'aggregated':
      return { replicaDivisionPreference: 'Aggregated', replicaSchedulingType: 'Divided' };
    case 'dynamicallyWeighted':
      return { ...divided, weightPreference: { dynamicWeight: 'AvailableReplicas' } };
    case 'evenly':
      return divided;
    case 'weighted':
    case 'exactly':
      return {
        ...divided,
        weightPreference: {
          staticWeightList: division.weights.map(({ clusters, weight }) => ({
            targetCluster: clusters.toSpec(),
            weight,
          })),
        },
      };
    default:
      return division satisfies never;
  }
}

/**
 * Reads a division from a manifest, with Karmada's defaults filled in.
 *
 * @throws ModelError for what Karmada rejects, and `placement.ignored` for what it ignores
 * @see Karmada v1.18.2 pkg/scheduler/core/assignment.go, newAssignState
 */
export function divisionFromSpec(spec: ReplicaSchedulingSpec): ReplicaDivision {
  checkProperties(spec, specProperties.ReplicaSchedulingSpec, 'replicaScheduling');
  checkValue(spec.replicaSchedulingType ?? '', text, 'replicaSchedulingType');
  checkValue(spec.replicaDivisionPreference ?? '', text, 'replicaDivisionPreference');
  const type = spec.replicaSchedulingType || 'Divided';
  checkOneOf(type, ['Duplicated', 'Divided'], 'replicaSchedulingType');
  const preference = spec.replicaDivisionPreference || (type === 'Divided' ? 'Weighted' : undefined);
  if (preference !== undefined) checkOneOf(preference, ['Aggregated', 'Weighted'], 'replicaDivisionPreference');
  const weightPreference = spec.weightPreference ?? undefined;
  if (type === 'Duplicated') {
    const ignored = preference === undefined ? 'weightPreference' : 'replicaDivisionPreference';
    if (preference !== undefined || weightPreference !== undefined) refuseIgnored(ignored, 'Duplicated');
    return { type: 'duplicated' };
  }
  if (preference === 'Aggregated') {
    if (weightPreference !== undefined) refuseIgnored('weightPreference', 'Aggregated');
    return { type: 'aggregated' };
  }
  if (weightPreference === undefined) return { type: 'evenly' };
  checkProperties(weightPreference, specProperties.WeightPreferenceSpec, 'weightPreference');
  const { dynamicWeight } = weightPreference;
  const staticWeightList = checkedList(weightPreference.staticWeightList, 'staticWeightList');
  if (dynamicWeight) {
    checkOneOf(dynamicWeight, ['AvailableReplicas'], 'dynamicWeight');
    if (staticWeightList.length > 0) refuseIgnored('staticWeightList', 'dynamicWeight');
    return { type: 'dynamicallyWeighted' };
  }
  const weights = staticWeightList.map((entry) => {
    checkProperties(entry, specProperties.StaticWeightSpec, 'staticWeightList');
    checkProperties(entry.targetCluster, specProperties.ClusterAffinitySpec, 'staticWeightList: targetCluster');
    return { clusters: Clusters.fromSpec(entry.targetCluster), weight: entry.weight };
  });
  return { type: 'weighted', weights: checkedWeights(weights, 'weightPreference') };
}

/** Whether Karmada divides replicas by fixed or equal weights; it then ignores capacity and spread constraints. */
export function isStatic(division: ReplicaDivision | undefined): boolean {
  return division?.type === 'weighted' || division?.type === 'evenly' || division?.type === 'exactly';
}

const divided = Object.freeze({ replicaDivisionPreference: 'Weighted', replicaSchedulingType: 'Divided' });
const mostReplicas = 2 ** 31 - 1;

function byName(numbers: unknown, owner: string): ClusterWeight[] {
  if (!isPropertyBag(numbers)) {
    throw new ModelError(`${owner} needs numbers by cluster name, got ${quoted(numbers)}`, {
      code: 'property.type',
      fix: 'write them like { member1: 2, member2: 1 }',
    });
  }
  return Object.entries(numbers).map(([name, weight]) => {
    checkClusterName(name, owner);
    return Object.freeze({ clusters: singleClusters.get(name, () => Clusters.in(name)), weight: weight as number });
  });
}

/** Many placements use weights for the same few clusters. */
const singleClusters = new BoundedCache<Clusters>(1000);

function checkedEntry(entry: ClusterWeight): ClusterWeight {
  checkProperties(entry, ['clusters', 'weight'], 'weight');
  if (!(entry.clusters instanceof Clusters)) {
    throw new ModelError(`weight: clusters must be Clusters, got ${quoted(entry.clusters)}`, {
      code: 'property.type',
      fix: 'write it like { clusters: Clusters.where({ region: "eu" }), weight: 2 }',
    });
  }
  return Object.freeze({ ...entry });
}

/**
 * Karmada stores weights as int64. JavaScript represents whole numbers exactly up to 2^53 - 1 only, so greater numbers are rejected:
 * they would be written inexactly.
 */
function refuseWeight(weight: unknown, owner: string): never {
  if (typeof weight === 'number' && Number.isInteger(weight) && weight > Number.MAX_SAFE_INTEGER) {
    const limit =
      weight >= 2 ** 63
        ? 'the int64 range of Karmada'
        : `${Number.MAX_SAFE_INTEGER}, the greatest whole number that JavaScript represents exactly`;
    throw new ModelError(`weight of ${owner} is ${weight}, above ${limit}`, {
      code: 'placement.weight',
      fix: 'divide all weights by the same number: only their proportion counts',
    });
  }
  throw new ModelError(`weight of ${owner} must be a whole number of at least 1, got ${quoted(weight)}`, {
    code: 'placement.weight',
    fix: fixOfWeight(weight, owner),
  });
}

function fixOfWeight(weight: unknown, owner: string): string {
  if (weight === 0) return `omit ${owner.replace(/^cluster /, '')} to send it no replicas`;
  if (typeof weight === 'number' && Number.isFinite(weight) && !Number.isInteger(weight) && weight > 0) {
    return 'multiply all weights by the same number until they are whole: only their proportion counts';
  }
  return 'give a whole number, such as 1';
}

function refuseIgnored(ignored: string, other: string): never {
  throw new ModelError(`Karmada ignores ${ignored} in combination with ${other}`, {
    code: 'placement.ignored',
    fix: `remove ${ignored} or ${other}`,
  });
}
