import { eitherOf, isEqual, type Outcome, type ReplicaRange, type Replicas, rangeIn, resultsOf } from '../outcome';
import type { TemplateDecision } from '../plan/template-decision';

/**
 * One decision from those for the two tie breaks: the UID of the template decides between their results.
 *
 * @param ascending - the decision where ties go to the name that sorts first
 */
export function eitherDecision(ascending: TemplateDecision, descending: TemplateDecision): TemplateDecision {
  const [one, other] = [ascending.scheduled, descending.scheduled];
  if (one.kind === 'certain' && other.kind === 'certain') {
    return { ...ascending, tie: undefined, scheduled: eitherOf(one.replicas, other.replicas, ascending.key) };
  }
  if (isSameOutcome(one, other)) return { ...ascending, tie: undefined };
  const clusters = [...new Set([one, other].flatMap(clustersOf))];
  const bounds = new Map(
    clusters.map((cluster) => {
      const [a, b] = [rangeIn(one, cluster), rangeIn(other, cluster)];
      return [cluster, { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }];
    }),
  );
  const why = `the UID of ${ascending.key} decides`;
  const guaranteed = clusters.filter((cluster) => (bounds.get(cluster)?.min ?? 0) > 0);
  return { ...ascending, tie: undefined, scheduled: { kind: 'atRunTime', why, clusters, bounds, guaranteed } };
}

function clustersOf(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'atRunTime') return outcome.clusters;
  return resultsOf(outcome).flatMap((replicas) => [...replicas.keys()]);
}

/** Whether two outcomes place the same replicas in the same clusters, and with the same certainty. */
export function isSameOutcome(one: Outcome, other: Outcome): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'atRunTime' && other.kind === 'atRunTime') {
    return (
      one.bounds.size === other.bounds.size &&
      [...one.bounds].every(([cluster, { min, max }]) => {
        const range = other.bounds.get(cluster);
        return range?.min === min && range.max === max;
      })
    );
  }
  const [results, others] = [resultsOf(one), resultsOf(other)];
  return results.every((replicas, at) => isEqual(replicas, others[at] as Replicas));
}

/** Fewest and most replicas in all clusters together. */
export function totalOf(
  outcome: Outcome,
  { replicas, divided }: { readonly replicas: number | undefined; readonly divided: boolean },
): ReplicaRange {
  if (outcome.kind === 'atRunTime') {
    const ranges = [...outcome.bounds.values()];
    const most = ranges.reduce((sum, { max }) => sum + max, 0);
    return {
      min: ranges.reduce((sum, { min }) => sum + min, 0),
      max: divided && replicas !== undefined ? Math.min(most, replicas) : most,
    };
  }
  const totals = resultsOf(outcome).map((result) => [...result.values()].reduce((sum, count) => sum + count, 0));
  return { min: Math.min(...totals), max: Math.max(...totals) };
}
