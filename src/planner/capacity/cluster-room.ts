import type { Cluster, ResourceModel } from '../../karmada/cluster';
import { numberOf, type PlainRecord, recordOf, recordsOf } from '../../kubernetes/plain-data';
import { type Amount, parseAmount } from '../../kubernetes/quantity';
import { type Count, type CountedAmount, countedAmount, difference, lower, minus, quotient } from './amount';
import { type Modeling, modelsOf, type NodeClass } from './node-classes';
import { countIn, type ReplicaRequest } from './request';

/** What a cluster has left, read once from its status. */
export interface ClusterRoom {
  /** Free pod slots. */
  readonly pods: Count;
  /** What is left of each resource that the cluster has. */
  readonly left: ReadonlyMap<string, CountedAmount>;
  /** Its nodes by resource models. @default - Karmada counts by the summary */
  readonly classes: readonly NodeClass[] | undefined;
  /** Numbers of nodes in the order of the status. */
  readonly modelings: readonly number[];
}

/**
 * Reads what a cluster has left.
 *
 * @returns undefined if its status has no summary
 */
export function roomOf({ resourceSummary, resourceModels }: Cluster): ClusterRoom | undefined {
  if (!resourceSummary) return undefined;
  const [allocatable, allocated, allocating] = (['allocatable', 'allocated', 'allocating'] as const).map(
    (field) => recordOf(resourceSummary[field]) ?? {},
  ) as [PlainRecord, PlainRecord, PlainRecord];
  const modelings = recordsOf<Modeling>(resourceSummary.allocatableModelings);
  const models = recordsOf<ResourceModel>(resourceModels);
  const left = new Map<string, CountedAmount>();
  for (const resource of Object.keys(allocatable)) {
    const has = amountOf(allocatable, resource);
    if (!has) continue;
    const used = minus(minus(has, amountOf(allocated, resource)), amountOf(allocating, resource));
    left.set(resource, countedAmount(used));
  }
  // Pods are rounded before they are subtracted.
  const pods = [allocated, allocating].reduce<Count>(
    (rest, used) => difference(rest, unitsOf(used, 'pods')),
    unitsOf(allocatable, 'pods'),
  );
  return {
    pods,
    left,
    classes: modelsOf(models, modelings),
    modelings: modelings.map(({ count }) => Math.trunc(numberOf(count))),
  };
}

/**
 * Replicas that fit into what the summary has left.
 *
 * @see Karmada v1.18.2 pkg/estimator/client/general.go, getMaximumReplicasBasedOnClusterSummary
 */
export function replicasBySummary({ left }: ClusterRoom, request: ReplicaRequest, atMost: Count): Count {
  let replicas = atMost;
  for (const requested of request) {
    if (requested.units <= 0) continue;
    const has = left.get(requested.resource);
    if (!has || has.units <= 0) return 0;
    replicas = lower(replicas, quotient(countIn(requested.resource, has), countIn(requested.resource, requested)));
  }
  return replicas;
}

function amountOf(amounts: PlainRecord, resource: string): Amount | undefined {
  return Object.hasOwn(amounts, resource) ? parseAmount(amounts[resource]) : undefined;
}

function unitsOf(amounts: PlainRecord, resource: string): Count {
  const amount = amountOf(amounts, resource);
  return amount ? countedAmount(amount).units : 0;
}
