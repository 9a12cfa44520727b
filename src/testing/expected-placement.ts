import type { Plan, Replicas, TemplatePlan } from '../planner';
import { ModelError } from '../problem/model-error';
import { anything, checkValue, mapOf, text } from '../problem/value-kinds';
import { nearMiss } from '../problem/words';

/** Map from cluster to replicas, or a list of clusters for objects without replicas or if the number is irrelevant. */
export type ExpectedPlacement = Readonly<Record<string, number>> | readonly string[];

/** A placement as a plain value for comparison: sorted names, with replicas if they are compared. */
export type PlainPlacement = Readonly<Record<string, number>> | readonly string[];

/**
 * Converts an expectation to the form that is compared with the plan.
 *
 * @throws ModelError `testing.cluster` for a cluster that is not in the fleet, `testing.replicas` for replicas that are
 *   not a whole number, or for a template without replicas
 */
export function plainExpectation(expected: ExpectedPlacement, template: TemplatePlan, plan: Plan): PlainPlacement {
  if (isList(expected)) {
    for (const cluster of expected) checkCluster(cluster, plan);
    return [...expected].sort();
  }
  checkValue(expected, placement, 'the expected placement');
  for (const [cluster, replicas] of Object.entries(expected)) {
    checkCluster(cluster, plan);
    if (!Number.isSafeInteger(replicas) || replicas < 0) {
      throw new ModelError(`replicas expected in "${cluster}" must be a whole number, got ${replicas}`, {
        code: 'testing.replicas',
        fix: 'give the number of replicas of the cluster, or omit the cluster',
      });
    }
  }
  if (template.countsReplicas) return sorted(Object.entries(expected));
  if (Object.values(expected).every((replicas) => replicas === 0)) return Object.keys(expected).sort();
  throw new ModelError(`${template.key} has no replicas`, {
    code: 'testing.replicas',
    fix: `give a list of clusters: ${JSON.stringify(Object.keys(expected))}`,
  });
}

const placement = mapOf(anything, '{ member1: 2 }, or as a list of clusters');

/** Converts planned replicas to the form of the expectation. */
export function plainPlacement(
  planned: Replicas,
  like: PlainPlacement,
  { countsReplicas }: TemplatePlan,
): PlainPlacement {
  return isList(like) || !countsReplicas ? [...planned.keys()].sort() : sorted([...planned]);
}

/** Whether two placements in the same form are equal. */
export function samePlacement(one: PlainPlacement, other: PlainPlacement): boolean {
  // An empty expectation may be written as {} or [], with or without replicas.
  return JSON.stringify(one) === JSON.stringify(other) || (isEmpty(one) && isEmpty(other));
}

/** `member1 2, member2 1`, as in the text of a plan. */
export function placementText(placement: PlainPlacement): string {
  if (isEmpty(placement)) return 'nowhere';
  const parts = isList(placement) ? placement : Object.entries(placement).map((entry) => entry.join(' '));
  return parts.join(', ');
}

/** Names of the clusters in a placement. */
export function clustersIn(placement: PlainPlacement): readonly string[] {
  return isList(placement) ? placement : Object.keys(placement);
}

/** @throws ModelError `testing.cluster` for a cluster that is not in the fleet */
export function checkCluster(cluster: string, { clusters }: Plan): void {
  checkValue(cluster, text, 'an expected cluster');
  const names = clusters.map(({ name }) => name);
  if (names.includes(cluster)) return;
  const meant = nearMiss(cluster, names);
  throw new ModelError(`cluster "${cluster}" is expected, but is not in the fleet`, {
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
