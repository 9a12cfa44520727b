import type { Plan, Replicas, TemplatePlan } from '../planner';
import { ModelError } from '../problem/model-error';
import { nearMiss } from '../problem/words';

/** Clusters with the replicas of each, or clusters alone: for what has no replicas, or where their number is no matter. */
export type ExpectedPlacement = Readonly<Record<string, number>> | readonly string[];

/** A placement as a plain value, so that a runner shows the difference: names sorted, replicas where they matter. */
export type PlainPlacement = Readonly<Record<string, number>> | readonly string[];

/**
 * What is expected, in the form that planned replicas are compared in.
 *
 * @throws ModelError `testing.cluster` for a cluster that the fleet does not have, `testing.replicas` for replicas that are
 *   no whole number, or of a template that has none
 */
export function plainExpectation(expected: ExpectedPlacement, template: TemplatePlan, plan: Plan): PlainPlacement {
  if (isList(expected)) {
    for (const cluster of expected) checkCluster(cluster, plan);
    return [...expected].sort();
  }
  for (const [cluster, replicas] of Object.entries(expected)) {
    checkCluster(cluster, plan);
    if (!Number.isSafeInteger(replicas) || replicas < 0) {
      throw new ModelError(`replicas expected in "${cluster}" must be a whole number, got ${replicas}`, {
        code: 'testing.replicas',
        fix: 'write how many replicas the cluster gets, or leave it out',
      });
    }
  }
  if (template.countsReplicas) return sorted(Object.entries(expected));
  if (Object.values(expected).every((replicas) => replicas === 0)) return Object.keys(expected).sort();
  throw new ModelError(`${template.key} has no replicas`, {
    code: 'testing.replicas',
    fix: `list the clusters alone: ${JSON.stringify(Object.keys(expected))}`,
  });
}

/** Planned replicas, in the form of what they are compared with. */
export function plainPlacement(
  planned: Replicas,
  like: PlainPlacement,
  { countsReplicas }: TemplatePlan,
): PlainPlacement {
  return isList(like) || !countsReplicas ? [...planned.keys()].sort() : sorted([...planned]);
}

/** Whether two placements in the same form are equal. */
export function samePlacement(one: PlainPlacement, other: PlainPlacement): boolean {
  // An expectation of nothing is written {} or [], whatever the template has.
  return JSON.stringify(one) === JSON.stringify(other) || (isEmpty(one) && isEmpty(other));
}

/** `member1 2, member2 1`, as the plan writes it. */
export function placementText(placement: PlainPlacement): string {
  if (isEmpty(placement)) return 'nowhere';
  const parts = isList(placement) ? placement : Object.entries(placement).map((entry) => entry.join(' '));
  return parts.join(', ');
}

/** Names of the clusters in a placement. */
export function clustersIn(placement: PlainPlacement): readonly string[] {
  return isList(placement) ? placement : Object.keys(placement);
}

/** @throws ModelError `testing.cluster` for a cluster that the fleet does not have */
export function checkCluster(cluster: string, { clusters }: Plan): void {
  const names = clusters.map(({ name }) => name);
  if (names.includes(cluster)) return;
  const meant = nearMiss(cluster, names);
  throw new ModelError(`cluster "${cluster}" is expected, which the fleet does not have`, {
    code: 'testing.cluster',
    fix: meant ? `write "${meant}"` : `use one of ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`,
  });
}

function isList(value: ExpectedPlacement): value is readonly string[] {
  return Array.isArray(value);
}

function isEmpty(placement: PlainPlacement): boolean {
  return clustersIn(placement).length === 0;
}

function sorted(entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
