import type { PlacementSpec } from '../../karmada/policy-spec';
import { listOf, recordsOf } from '../../kubernetes/plain-data';

/** How replicas are assigned to the selected clusters. */
export type Strategy = 'Duplicated' | 'StaticWeight' | 'DynamicWeight' | 'Aggregated';

/**
 * The strategy of a placement as the API server stores it: without `replicaScheduling` every cluster gets the full
 * number, and within it the type defaults to Divided and the preference to Weighted.
 *
 * @returns undefined for values that Karmada's CRDs do not admit
 * @see Karmada v1.18.2 pkg/scheduler/core/assignment.go, newAssignState
 */
export function strategyOf({ replicaScheduling }: PlacementSpec): Strategy | undefined {
  if (!replicaScheduling) return 'Duplicated';
  const { replicaSchedulingType: type = 'Divided', replicaDivisionPreference: preference = 'Weighted' } =
    replicaScheduling;
  if (type === 'Duplicated') return 'Duplicated';
  if (type !== 'Divided') return undefined;
  if (preference === 'Aggregated') return 'Aggregated';
  if (preference !== 'Weighted') return undefined;
  return replicaScheduling.weightPreference?.dynamicWeight ? 'DynamicWeight' : 'StaticWeight';
}

/**
 * Whether spread constraints are ignored: static weights apply to all feasible clusters. An empty weight preference
 * weighs all clusters the same, but does not count here.
 *
 * @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters.go, shouldIgnoreSpreadConstraint
 */
export function ignoresSpreadConstraints(placement: PlacementSpec): boolean {
  if (strategyOf(placement) !== 'StaticWeight') return false;
  const preference = placement.replicaScheduling?.weightPreference;
  return !preference || listOf(preference.staticWeightList).length > 0;
}

/** Whether spread constraints select some of the feasible clusters. */
export function selectsBySpread(placement: PlacementSpec): boolean {
  return recordsOf(placement.spreadConstraints).length > 0 && !ignoresSpreadConstraints(placement);
}

/** Whether the result may depend on free capacity: by the division, the spread constraints, or overflow groups. */
export function mayNeedRoom(placement: PlacementSpec): boolean {
  if (needsCapacities(strategyOf(placement))) return true;
  if (selectsBySpread(placement)) return true;
  return listOf<{ overflowAffinities?: unknown }>(placement.clusterAffinities).some(
    (term) => listOf(term?.overflowAffinities).length > 0,
  );
}

/** Whether the placement divides by capacity, which is only known at run time. */
export function needsCapacities(strategy: Strategy | undefined): boolean {
  return strategy === 'DynamicWeight' || strategy === 'Aggregated';
}
