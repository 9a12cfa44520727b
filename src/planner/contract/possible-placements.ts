import { type ReplicaRange, type Replicas, resultsOf, type TieBreak } from '../outcome';
import type { TemplatePlan } from '../plan';

/** One way in which a template may run. */
export interface PossiblePlacement {
  /** The result of a tie. @default - no tie */
  readonly tie?: TieBreak;
  /** The template whose UID decides the tie. */
  readonly decidedBy?: string;
  /**
   * Whether it comes about for every number within the ranges, as with an autoscaler. Otherwise the ranges are bounds of
   * one result that is unknown.
   */
  readonly decided: boolean;
  /** By cluster, without clusters that it never reaches. A copy without replicas has 0 and 0. */
  readonly replicas: ReadonlyMap<string, ReplicaRange>;
  /** Replicas of all clusters together. */
  readonly total: ReplicaRange;
  /** Most clusters that can have replicas. */
  readonly mostClusters: number;
}

/** Every way in which a template may run; two for a tie. */
export function possiblePlacements(template: TemplatePlan): readonly PossiblePlacement[] {
  const { outcome } = template;
  if (outcome.kind === 'atRunTime') return [boundedPlacement(template, outcome.bounds)];
  const results = resultsOf(outcome).map(observedPlacement);
  if (outcome.kind !== 'either') return results;
  const ties = ['ascending', 'descending'] as const;
  return results.map((result, index) => ({ ...result, tie: ties[index] as TieBreak, decidedBy: outcome.decidedBy }));
}

/** The placement of certain numbers. */
export function observedPlacement(replicas: Replicas): PossiblePlacement {
  const ranges = new Map([...replicas].map(([cluster, count]) => [cluster, { min: count, max: count }]));
  return { decided: true, replicas: ranges, total: sumOf(ranges.values()), mostClusters: ranges.size };
}

function boundedPlacement(template: TemplatePlan, bounds: ReadonlyMap<string, ReplicaRange>): PossiblePlacement {
  const { divided, replicas: wanted } = template;
  const sum = sumOf(bounds.values());
  const { min, max } = groupLimits(template, 'cluster');
  const mostClusters = Math.min(max, bounds.size);
  // Divided replicas add up to the wanted number; duplicated ones are wanted in each selected cluster.
  const total =
    wanted === undefined
      ? sum
      : divided
        ? { min: wanted, max: wanted }
        : { min: Math.max(sum.min, wanted * Math.min(min, bounds.size)), max: wanted * mostClusters };
  return { decided: false, replicas: bounds, total, mostClusters };
}

/** Fewest and most groups that the spread constraints of the policy select. */
export function groupLimits({ policy }: TemplatePlan, by: string): ReplicaRange {
  const placement = (policy?.object.spec as { placement?: { spreadConstraints?: unknown } } | undefined)?.placement;
  const constraints = Array.isArray(placement?.spreadConstraints) ? placement.spreadConstraints : [];
  const constraint = constraints.find(
    (each: { spreadByField?: string; spreadByLabel?: string } | null) =>
      (each?.spreadByField ?? (each?.spreadByLabel ? '' : 'cluster')) === by,
  ) as { minGroups?: number; maxGroups?: number } | undefined;
  return { min: constraint?.minGroups || 1, max: constraint?.maxGroups || Number.POSITIVE_INFINITY };
}

/** The sum of ranges. */
export function sumOf(ranges: Iterable<ReplicaRange>): ReplicaRange {
  let [min, max] = [0, 0];
  for (const range of ranges) {
    min += range.min;
    max += range.max;
  }
  return { min, max };
}
