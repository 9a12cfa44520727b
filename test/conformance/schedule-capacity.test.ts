import { behaviourOf, type KarmadaVersion } from '../../src/karmada/release';
import type { ReplicaRequirements } from '../../src/planner';
import { availableReplicas } from '../../src/planner/capacity/available-replicas';
import { GeneralEstimator } from '../../src/planner/capacity/general-estimator';
import { scheduleOnce } from '../../src/planner/schedule/schedule-once';
import { callOf, compareResult, type RecordedSchedule } from './schedule-support';
import { describeTopic, differenceOf } from './support';

interface RecordedCapacity extends RecordedSchedule {
  readonly category: string;
  readonly replicaRequirements?: ReplicaRequirements;
  readonly components?: readonly { readonly replicas: number; readonly replicaRequirements?: ReplicaRequirements }[];
  readonly featureGates?: { readonly CustomizedClusterResourceModeling?: boolean };
  /** Additional replicas (or sets of components) of every cluster. */
  readonly estimated: Readonly<Record<string, number>>;
}

describeTopic<RecordedCapacity>('schedule_capacity', compareCapacity, hasItsFields);

/** Older releases do not have overflow groups. */
function hasItsFields({ category }: RecordedCapacity, karmada: KarmadaVersion): boolean {
  return category !== 'overflow' || behaviourOf(karmada).overflowAffinities;
}

function compareCapacity(recorded: RecordedCapacity, karmada: KarmadaVersion): string | undefined {
  const { replicaRequirements: requirements, featureGates, estimated, placement, replicas } = recorded;
  const { binding, clusters, options } = callOf(recorded, karmada);
  const resourceModeling = featureGates?.CustomizedClusterResourceModeling ?? true;
  const estimator = new GeneralEstimator(clusters, { karmada, resourceModeling });
  const components = recorded.components?.map((each) => ({
    replicas: each.replicas,
    requirements: each.replicaRequirements ?? {},
  }));
  const available = availableReplicas(estimator, {
    placement,
    replicas,
    requirements,
    ...(components && { components }),
  });
  const counted = Object.fromEntries(clusters.map(({ name }) => [name, available(name)]));
  const result = scheduleOnce({ ...binding, hasComponents: components !== undefined }, clusters, {
    ...options,
    available,
  });
  return differenceOf(estimated, counted) ?? compareResult(recorded, result);
}
