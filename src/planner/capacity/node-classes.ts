import type { ResourceModel, ResourceSummary } from '../../karmada/cluster';
import { numberOf, recordsOf } from '../../kubernetes/plain-data';
import { isScheduledResource } from '../../kubernetes/resource-names';
import { type Count, type CountedAmount, lower, product, quotient, readAmount, sum } from './amount';
import { countIn, type ReplicaRequest } from './request';

/** The nodes of one grade. */
export interface NodeClass {
  readonly nodes: number;
  /** What each node has at least, by resource. */
  readonly least: ReadonlyMap<string, CountedAmount>;
}

/** Pods that Karmada assumes for a node. */
export const podsPerNode = 110;

/** The number of nodes of a grade. */
export type Modeling = NonNullable<ResourceSummary['allocatableModelings']>[number];

/**
 * The nodes of a cluster by its resource models, smallest grade first.
 *
 * @returns undefined without models or modelings: Karmada then counts by the summary
 */
export function modelsOf(
  models: readonly ResourceModel[],
  modelings: readonly Modeling[],
): readonly NodeClass[] | undefined {
  if (models.length === 0 || modelings.length === 0) return undefined;
  const nodes = new Map<number, number>();
  for (const { grade, count } of modelings) nodes.set(grade, (nodes.get(grade) ?? 0) + Math.trunc(numberOf(count)));
  return [...models]
    .sort((a, b) => numberOf(a.grade) - numberOf(b.grade))
    .map(({ grade, ranges }) => ({
      nodes: nodes.get(grade) ?? 0,
      least: new Map(
        recordsOf<ResourceModel['ranges'][number]>(ranges).flatMap(({ name, min }) => {
          const amount = readAmount(min);
          return amount ? [[name, amount] as const] : [];
        }),
      ),
    }));
}

/**
 * Replicas that fit, node by node.
 *
 * @see Karmada v1.18.2 pkg/estimator/client/general.go, getMaximumReplicasBasedOnResourceModels
 */
export function replicasByNodes(classes: readonly NodeClass[], request: ReplicaRequest): Count {
  const counted = nodeRequest(request);
  let replicas: Count = 0;
  for (const { nodes, least } of classes) {
    if (nodes === 0) continue;
    let each: Count = podsPerNode;
    for (const requested of counted) each = lower(each, podsIn(least, requested));
    replicas = sum(replicas, product(nodes, each));
  }
  return replicas;
}

/**
 * Replicas that fit, as Karmada up to v1.17 counts them: from the smallest class on whose minimum covers the request.
 *
 * @param modelings - nodes by position, not by grade
 * @returns undefined if the models lack a requested resource, so that the summary decides; `crash` where the estimator
 *   reads past the end of the modelings
 */
export function replicasByClass(
  classes: readonly NodeClass[],
  modelings: readonly number[],
  request: ReplicaRequest,
): Count | undefined | 'crash' {
  const positive = request.filter(({ units }) => units > 0);
  let first = 0;
  for (const { resource, nanos } of positive) {
    if (!classes.every(({ least }) => least.has(resource))) return undefined;
    const covering = classes.findIndex(({ least }) => (least.get(resource)?.nanos ?? 0n) >= nanos);
    if (covering < 0) return 0;
    first = Math.max(first, covering);
  }
  let replicas: Count = 0;
  for (let position = first; position < classes.length; position++) {
    const nodes = modelings[position];
    if (nodes === undefined) return 'crash';
    const { least } = classes[position] as NodeClass;
    let each: Count = 2n ** 63n - 1n;
    for (const requested of positive) each = lower(each, podsIn(least, requested));
    replicas = sum(replicas, product(nodes, each === 0 ? 1 : each));
  }
  return replicas;
}

/** The part of a request that nodes are asked for. */
export function nodeRequest(request: ReplicaRequest): ReplicaRequest {
  return request.filter(({ resource, units }) => units > 0 && resource !== 'pods' && isScheduledResource(resource));
}

function podsIn(least: NodeClass['least'], requested: ReplicaRequest[number]): Count {
  const has = least.get(requested.resource);
  return has ? quotient(countIn(requested.resource, has), countIn(requested.resource, requested)) : 0;
}
