import { appendTo } from '../../kubernetes/map-entries';
import { type Assignment, notEnough, targetsOf } from './assignment';
import type { Candidate } from './candidate';
import { assignByCapacity } from './capacity-division';
import { staticWeights } from './static-weights';
import { strategyOf } from './strategy';
import type { BindingToSchedule, ScheduleResult, TargetCluster } from './types';
import { divideByWeight } from './webster';

/**
 * Whether replicas are assigned at all: some are desired, or the template states what a replica requires.
 * Everything else goes to every selected cluster.
 *
 * @see Karmada v1.18.2 pkg/scheduler/core/common.go, AssignReplicas
 */
export function isWorkload({ replicas, hasReplicaRequirements }: BindingToSchedule): boolean {
  return replicas > 0 || hasReplicaRequirements;
}

/**
 * Assigns replicas to the selected clusters by the strategy of the placement, group by group if there are overflow
 * groups. Clusters without replicas are omitted.
 *
 * @param selected - at least one, best first
 * @param overflowing - whether the affinity group has overflow groups
 * @see Karmada v1.18.2 pkg/scheduler/core/assignment.go
 */
export function assignReplicas(
  selected: readonly Candidate[],
  assignment: Assignment,
  overflowing: boolean,
): ScheduleResult {
  const result = overflowing ? assignByTiers(selected, assignment) : assignByStrategy(selected, assignment);
  if (result.kind === 'failed') return result;
  return { kind: 'scheduled', clusters: result.clusters.filter(({ replicas }) => replicas > 0) };
}

/** Fills the primary group first, then the overflow groups in order with the remaining replicas. */
function assignByTiers(selected: readonly Candidate[], assignment: Assignment): ScheduleResult {
  const clusters: TargetCluster[] = [];
  let remaining = assignment.replicas;
  for (const tier of tiersIn(selected)) {
    const share = Math.min(
      remaining,
      tier.reduce((sum, { available }) => sum + available, 0),
    );
    const result = assignByStrategy(tier, { ...assignment, replicas: share });
    if (result.kind === 'failed') return result;
    clusters.push(...result.clusters);
    remaining -= share;
    if (remaining <= 0) return { kind: 'scheduled', clusters };
  }
  return notEnough(`room for ${assignment.replicas - remaining} of ${assignment.replicas} replicas in all groups`);
}

function tiersIn(selected: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const tiers = new Map<number, Candidate[]>();
  for (const candidate of selected) {
    appendTo(tiers, candidate.tier, candidate);
  }
  return [...tiers].sort(([a], [b]) => a - b).map(([, candidates]) => candidates);
}

function assignByStrategy(selected: readonly Candidate[], assignment: Assignment): ScheduleResult {
  const { placement, replicas, tieBreak, karmada } = assignment;
  const strategy = strategyOf(placement);
  switch (strategy) {
    case 'Duplicated':
      return { kind: 'scheduled', clusters: selected.map(({ name }) => ({ name, replicas })) };
    case 'StaticWeight': {
      const weights = staticWeights(
        selected.map(({ cluster }) => cluster),
        placement.replicaScheduling?.weightPreference,
        karmada,
      );
      return { kind: 'scheduled', clusters: targetsOf(divideByWeight(replicas, weights, tieBreak)) };
    }
    case 'DynamicWeight':
    case 'Aggregated':
      return assignByCapacity(selected, assignment, strategy);
    case undefined:
      return { kind: 'failed', reason: 'SchedulerError', why: 'the replica scheduling strategy is not supported' };
    default:
      return strategy satisfies never;
  }
}
