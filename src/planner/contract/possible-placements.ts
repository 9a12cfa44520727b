import type { PlacementSpec } from '../../karmada/policy-spec';
import { fieldAt, recordOf } from '../../kubernetes/plain-data';
import type { ContractGroup } from '../../model/contract-spec';
import type { FinalReplicas } from '../final/final-replicas';
import { type ReplicaRange, type Replicas, sumOf, type TieBreak } from '../outcome';
import type { TemplatePlan } from '../plan';
import { selectingConstraint } from '../schedule/select-clusters';

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

/**
 * Every way in which a template may run: for each result of a tie, and for both ends of an autoscaler's range.
 *
 * @param lost - clusters in which nothing runs
 */
export function possiblePlacements(template: TemplatePlan, lost: readonly string[] = []): readonly PossiblePlacement[] {
  const gone = new Set(lost);
  return template.finalCases().map(({ outcome, tie, numbers }) => {
    const replicas = new Map([...numbers].filter(([cluster, { held }]) => !gone.has(cluster) && held === undefined));
    const placement = outcome.kind === 'atRunTime' ? boundedPlacement(template, replicas) : decidedPlacement(replicas);
    return {
      ...placement,
      ...(tie !== undefined && outcome.kind === 'either' && { tie, decidedBy: outcome.decidedBy }),
    };
  });
}

/** The placement of certain numbers. */
export function observedPlacement(replicas: Replicas): PossiblePlacement {
  return decidedPlacement(new Map([...replicas].map(([cluster, count]) => [cluster, { min: count, max: count }])));
}

function decidedPlacement(replicas: ReadonlyMap<string, ReplicaRange>): PossiblePlacement {
  return { decided: true, replicas, total: sumOf(replicas.values()), mostClusters: replicas.size };
}

function boundedPlacement(template: TemplatePlan, bounds: ReadonlyMap<string, FinalReplicas>): PossiblePlacement {
  const { divided, replicas: wanted } = template;
  const sum = sumOf(bounds.values());
  const { min, max } = groupLimits(template, 'cluster');
  const mostClusters = Math.min(max, bounds.size);
  const isScheduled = [...bounds.values()].every(({ because }) => because.length === 0);
  const scheduled = { decided: false, replicas: bounds, mostClusters };
  // An override or an autoscaler changes the numbers, so they do not add up to those of the template.
  if (wanted === undefined || !isScheduled) return { ...scheduled, total: sum };
  if (divided) return { ...scheduled, total: { min: wanted, max: wanted } };
  const selected = Math.max(sum.min, wanted * Math.min(min, bounds.size));
  return { ...scheduled, total: { min: selected, max: wanted * mostClusters } };
}

/** Fewest and most groups that the spread constraints of the policy select. Those by zone and provider select nothing. */
export function groupLimits({ policy }: TemplatePlan, by: ContractGroup): ReplicaRange {
  const placement = recordOf(fieldAt(policy?.object.spec, 'placement')) as PlacementSpec | undefined;
  const limited = by === 'cluster' || by === 'region';
  const { minGroups, maxGroups } = (limited && placement && selectingConstraint(placement, by)) || {};
  return { min: minGroups || 1, max: maxGroups || Number.POSITIVE_INFINITY };
}
