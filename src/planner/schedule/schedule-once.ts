import type { Cluster } from '../../karmada/cluster';
import { assignReplicas, isWorkload } from './assign';
import type { Candidate } from './candidate';
import { filtersFor } from './filters';
import { selectClusters, takesOneCluster } from './select-clusters';
import type { Selection } from './selection';
import type { BindingToSchedule, ScheduleFailure, ScheduleOptions, ScheduleResult, TargetCluster } from './types';

/** The answer of an estimator without a limit. */
const unlimited = 2 ** 31 - 1;

/**
 * One attempt of the scheduler at one affinity group: filter, score, select, assign. `planOf` adds the fallback to
 * further groups.
 *
 * @param clusters - the fleet, in any order
 * @see Karmada v1.18.2 pkg/scheduler/core/generic_scheduler.go, Schedule
 */
export function scheduleOnce(
  binding: BindingToSchedule,
  clusters: readonly Cluster[],
  options: ScheduleOptions,
): ScheduleResult {
  const filters = filtersFor(binding, options);
  const feasible = clusters.filter(filters.accepts);
  if (feasible.length === 0) {
    return { kind: 'failed', reason: 'NoClusterFit', why: `none of ${clusters.length} clusters passes the filters` };
  }
  const candidates = feasible.map((cluster) =>
    candidateOf(cluster, filters.tiers.tierOf(cluster) ?? 0, binding, options),
  );
  return scheduleAmong(candidates, binding, options, filters.tiers.overflowing);
}

/**
 * The second half of an attempt, for feasible clusters with their scores.
 *
 * @param overflowing - whether the affinity group has overflow groups @default false
 */
export function scheduleAmong(
  candidates: readonly Candidate[],
  binding: BindingToSchedule,
  options: ScheduleOptions,
  overflowing = false,
): ScheduleResult {
  const selection = selectAmong(candidates, binding);
  if (selection.kind === 'failed') return selection;
  return assignToSelected(selection.clusters, binding, options, overflowing);
}

/** The clusters that the placement selects among the feasible ones. Ties of the division do not affect it. */
export function selectAmong(candidates: readonly Candidate[], binding: BindingToSchedule): Selection | ScheduleFailure {
  const wanted = binding.hasComponents && takesOneCluster(binding.placement) ? 1 : binding.replicas;
  return selectClusters(candidates, binding.placement, wanted);
}

/** The last part of an attempt, for clusters in the order of selection. */
export function assignToSelected(
  selected: readonly Candidate[],
  binding: BindingToSchedule,
  options: ScheduleOptions,
  overflowing = false,
): ScheduleResult {
  if (selected.length === 0) {
    return { kind: 'failed', reason: 'SchedulerError', why: 'the spread constraints select no cluster' };
  }
  const result: ScheduleResult = isWorkload(binding)
    ? assignReplicas(
        selected,
        {
          placement: binding.placement,
          replicas: binding.replicas,
          previous: binding.previous ?? [],
          freshStart: binding.freshStart ?? false,
          available: options.available ?? (() => undefined),
          tieBreak: options.tieBreak,
          karmada: options.karmada,
        },
        overflowing,
      )
    : { kind: 'scheduled', clusters: selected.map(({ name }) => ({ name, replicas: 0 })) };
  if (result.kind === 'failed' || !options.enableEmptyWorkloadPropagation) return result;
  return { kind: 'scheduled', clusters: withEmptyTargets(result.clusters, selected) };
}

/** A feasible cluster with its score and room. */
export function candidateOf(
  cluster: Cluster,
  tier: number,
  binding: BindingToSchedule,
  options: ScheduleOptions,
  score = localityScore(cluster, binding),
): Candidate {
  const { name } = cluster;
  const running = binding.previous?.find((target) => target.name === name)?.replicas ?? 0;
  // Without replicas the estimators are not asked.
  const asks = binding.replicas > 0 || binding.hasComponents;
  const room = asks ? (options.available?.(name) ?? binding.replicas) : unlimited;
  return { cluster, name, tier, score, available: room + running };
}

/** @see Karmada v1.18.2 pkg/scheduler/framework/plugins/clusterlocality */
function localityScore({ name }: Cluster, { previous = [] }: BindingToSchedule): number {
  return previous.some((target) => target.name === name) ? 100 : 0;
}

function withEmptyTargets(targets: readonly TargetCluster[], selected: readonly Candidate[]): readonly TargetCluster[] {
  const listed = new Set(targets.map(({ name }) => name));
  return [...targets, ...selected.filter(({ name }) => !listed.has(name)).map(({ name }) => ({ name, replicas: 0 }))];
}
