import type { PlacementSpec, SpreadConstraintSpec } from '../../karmada/policy-spec';
import { numberOf, recordsOf } from '../../kubernetes/plain-data';
import { type Candidate, compareCandidates } from './candidate';
import { selectByRegion } from './select-by-region';
import type { Selection } from './selection';
import { ignoresSpreadConstraints, selectsBySpread, strategyOf } from './strategy';
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
  if (!selectsBySpread(placement)) return { kind: 'selected', clusters: sorted };
  const [region, cluster] = [selectingConstraint(placement, 'region'), selectingConstraint(placement, 'cluster')];
  const duplicated = strategyOf(placement) === 'Duplicated';
  if (region) return selectByRegion(sorted, { region, cluster, duplicated, replicas });
  if (cluster) return selectByCluster(sorted, cluster, duplicated ? undefined : replicas);
  return failure('SchedulerError', 'only spread constraints by cluster and by region are supported');
}

/**
 * The spread constraint that limits how many clusters or regions are selected; undefined if there is none, or if the division
 * ignores it. A constraint without a field is by cluster, and the last of several on one field counts.
 */
export function selectingConstraint(
  placement: PlacementSpec,
  field: 'region' | 'cluster',
): SpreadConstraintSpec | undefined {
  if (ignoresSpreadConstraints(placement)) return undefined;
  return constraintsOf(placement)
    .filter((each) => fieldOf(each) === field)
    .at(-1);
}

/** Whether the spread constraints select exactly one cluster; a set of components then has to fit into it. */
export function takesOneCluster(placement: PlacementSpec): boolean {
  return constraintsOf(placement).some(
    (each) => fieldOf(each) === 'cluster' && each.minGroups === 1 && each.maxGroups === 1,
  );
}

function constraintsOf({ spreadConstraints }: PlacementSpec): readonly SpreadConstraintSpec[] {
  return recordsOf<SpreadConstraintSpec>(spreadConstraints);
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
