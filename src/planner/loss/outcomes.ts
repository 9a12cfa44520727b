import {
  clustersIn,
  eitherOf,
  isEqual,
  type Outcome,
  type ReplicaRange,
  type Replicas,
  rangeIn,
  resultsOf,
  sumOf,
} from '../outcome';
import type { TemplateDecision } from '../plan/template-decision';

/** Outcomes without some clusters. Equal results are reduced once. */
export class RemainingReplicas {
  readonly #reduced = new Map<Replicas, Replicas>();

  /** @param lost - always the same clusters */
  of(outcome: Outcome, lost: ReadonlySet<string>): Outcome {
    const without = (replicas: Replicas) => this.#without(replicas, lost);
    switch (outcome.kind) {
      case 'certain':
        return { kind: 'certain', replicas: without(outcome.replicas) };
      case 'either':
        return eitherOf(without(outcome.ascending), without(outcome.descending), outcome.decidedBy);
      case 'atRunTime': {
        const stays = (cluster: string): boolean => !lost.has(cluster);
        return {
          ...outcome,
          clusters: outcome.clusters.filter(stays),
          bounds: new Map([...outcome.bounds].filter(([cluster]) => stays(cluster))),
          guaranteed: outcome.guaranteed.filter(stays),
        };
      }
      case 'unschedulable':
      case 'unmatched':
        return { ...outcome, kept: without(outcome.kept) };
      default:
        return outcome satisfies never;
    }
  }

  #without(replicas: Replicas, lost: ReadonlySet<string>): Replicas {
    let reduced = this.#reduced.get(replicas);
    if (!reduced) {
      reduced = [...lost].some((cluster) => replicas.has(cluster))
        ? new Map([...replicas].filter(([cluster]) => !lost.has(cluster)))
        : replicas;
      this.#reduced.set(replicas, reduced);
    }
    return reduced;
  }
}

/**
 * One decision from those for the two tie breaks: the UID of the template decides between their results.
 *
 * @param ascending - the decision where ties go to the name that sorts first
 */
export function eitherDecision(ascending: TemplateDecision, descending: TemplateDecision): TemplateDecision {
  const [one, other] = [ascending.scheduled, descending.scheduled];
  const { question, key } = ascending;
  const open = { ...ascending, tie: undefined, question: question && { ...question, tie: undefined } };
  if (one.kind === 'certain' && other.kind === 'certain') {
    return { ...open, scheduled: eitherOf(one.replicas, other.replicas, key) };
  }
  if (isSameOutcome(one, other)) return open;
  const clusters = [...new Set([one, other].flatMap((outcome) => [...clustersIn(outcome)]))];
  const bounds = new Map(
    clusters.map((cluster) => {
      const [a, b] = [rangeIn(one, cluster), rangeIn(other, cluster)];
      return [cluster, { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }];
    }),
  );
  const why = `the UID of ${key} decides`;
  const guaranteed = clusters.filter((cluster) => (bounds.get(cluster)?.min ?? 0) > 0);
  return { ...open, scheduled: { kind: 'atRunTime', why, clusters, bounds, guaranteed } };
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
    const { min, max } = sumOf(outcome.bounds.values());
    return { min, max: divided && replicas !== undefined ? Math.min(max, replicas) : max };
  }
  const totals = resultsOf(outcome).map((result) => [...result.values()].reduce((sum, count) => sum + count, 0));
  return { min: Math.min(...totals), max: Math.max(...totals) };
}
