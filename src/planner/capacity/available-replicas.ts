import type { PlacementSpec } from '../../karmada/policy-spec';
import type { ReplicaRequirements } from '../plan';
import { takesOneCluster } from '../schedule/select-clusters';
import type { ComponentReplicas, GeneralEstimator } from './general-estimator';

/** What the scheduler asks the estimators about. */
export interface CapacityQuestion {
  readonly placement: PlacementSpec;
  /** Desired replicas; 0 with components. */
  readonly replicas: number;
  readonly requirements?: ReplicaRequirements | undefined;
  /** Parts that are scheduled as one. @default - a single pod template */
  readonly components?: readonly ComponentReplicas[] | undefined;
}

/** The answer where no estimator has a limit. */
const unlimited = 2 ** 31 - 1;

/**
 * Replicas that still fit into each cluster, as the scheduler takes them from the general estimator alone.
 *
 * @returns a function from the name of a cluster; undefined for a cluster whose estimate cannot be known
 * @see Karmada v1.18.2 pkg/scheduler/core/util.go, calAvailableReplicas
 */
export function availableReplicas(
  estimator: GeneralEstimator,
  { placement, replicas, requirements, components }: CapacityQuestion,
): (cluster: string) => number | undefined {
  if (replicas === 0 && !components) return () => unlimited;
  const estimate =
    components && takesOneCluster(placement)
      ? (cluster: string) => estimator.componentSets(cluster, components)
      : estimator.replicas(requirements);
  return (cluster) => {
    const room = estimate(cluster);
    if (Number.isNaN(room)) return undefined;
    // -1 means "no answer" in Karmada.
    return room === unlimited || room === -1 ? replicas : room;
  };
}
