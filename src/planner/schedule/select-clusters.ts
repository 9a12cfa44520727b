import type { PlacementSpec, SpreadConstraintSpec } from '../../karmada/policy-spec';
import { numberOf, recordsOf } from '../../kubernetes/plain-data';
import { type Candidate, compareCandidates } from './candidate';
import { selectByRegion } from './select-by-region';
import type { Selection } from './selection';
import { ignoresSpreadConstraints, strategyOf } from './strategy';
import type { ScheduleFailure } from './types';

/**
 * Selects feasible clusters that satisfy the spread constraints.
 *
 * @param feasible - clusters that pass all filters, in any order
 * @param replicas - desired in total
 * @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters.go, SelectBestClusters
 */
export function selectClusters(
  feasible: readonly Candidate[],
  placement: PlacementSpec,
  replicas: number,
): Selection | ScheduleFailure {
  const sorted = [...feasible].sort(compareCandidates);
  const constraints = recordsOf<SpreadConstraintSpec>(placement.spreadConstraints);
  if (constraints.length === 0 || ignoresSpreadConstraints(placement)) return { kind: 'selected', clusters: sorted };
  // The last of several constraints on one field counts; a constraint without a field is by cluster.
  const byField = new Map(constraints.map((each) => [fieldOf(each), each]));
  const [region, cluster] = [byField.get('region'), byField.get('cluster')];
  const duplicated = strategyOf(placement) === 'Duplicated';
  if (region) return selectByRegion(sorted, { region, cluster, duplicated, replicas });
  if (cluster) return selectByCluster(sorted, cluster, duplicated ? undefined : replicas);
  return failure('SchedulerError', 'only spread constraints by cluster and by region are supported');
}

/** Whether the spread constraints select exactly one cluster; a set of components then has to fit into it. */
export function takesOneCluster({ spreadConstraints }: PlacementSpec): boolean {
  return recordsOf<SpreadConstraintSpec>(spreadConstraints).some(
    (each) => fieldOf(each) === 'cluster' && each.minGroups === 1 && each.maxGroups === 1,
  );
}

function fieldOf({ spreadByField, spreadByLabel }: SpreadConstraintSpec): string {
  if (spreadByField) return spreadByField;
  return spreadByLabel ? '' : 'cluster';
}

/**
 * The best clusters, as many as allowed. If they lack room for the replicas, the worst are exchanged for those of the
 * others with the most room.
 *
 * @param replicas - that need room; undefined if room does not matter
 * @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters_by_cluster.go
 */
function selectByCluster(
  sorted: readonly Candidate[],
  constraint: SpreadConstraintSpec,
  replicas: number | undefined,
): Selection | ScheduleFailure {
  const [minGroups, maxGroups] = [numberOf(constraint.minGroups), numberOf(constraint.maxGroups)];
  if (sorted.length < minGroups) {
    const why = `${sorted.length} ${sorted.length === 1 ? 'cluster is' : 'clusters are'} feasible, fewer than minGroups ${minGroups} of the spread constraint by cluster`;
    return failure('SchedulerError', why);
  }
  const count = Math.min(sorted.length, maxGroups);
  const chosen = sorted.slice(0, count);
  if (replicas === undefined) return { kind: 'selected', clusters: chosen };
  const others = sorted.slice(count);
  let room = chosen.reduce((sum, { available }) => sum + available, 0);
  for (let at = count - 1; at >= 0 && room < replicas; at--) {
    const worst = chosen[at] as Candidate;
    const roomiest = indexOfRoomiest(others, worst.available);
    if (roomiest === undefined) continue;
    const better = others[roomiest] as Candidate;
    chosen[at] = better;
    others[roomiest] = worst;
    room += better.available - worst.available;
  }
  if (chosen.length === 0) {
    return failure('SchedulerError', 'maxGroups of the spread constraint by cluster is 0: no cluster may be chosen');
  }
  if (room < replicas) {
    return failure(
      'SchedulerError',
      `no ${count === 1 ? 'cluster has' : `${count} clusters have`} room for ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}${count === 1 ? '' : ' together'}`,
    );
  }
  return { kind: 'selected', clusters: chosen };
}

/** The first cluster with the most room, if that is more than `above`. */
function indexOfRoomiest(candidates: readonly Candidate[], above: number): number | undefined {
  let most = above;
  let found: number | undefined;
  candidates.forEach(({ available }, index) => {
    if (available <= most) return;
    most = available;
    found = index;
  });
  return found;
}

function failure(reason: ScheduleFailure['reason'], why: string): ScheduleFailure {
  return { kind: 'failed', reason, why };
}
