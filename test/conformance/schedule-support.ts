import type { Cluster } from '../../src/karmada/cluster';
import type { PlacementSpec } from '../../src/karmada/policy-spec';
import type { KarmadaVersion } from '../../src/karmada/release';
import { tieBreakOf } from '../../src/planner/schedule/tie-break';
import type {
  BindingToSchedule,
  ScheduleOptions,
  ScheduleResult,
  TargetCluster,
} from '../../src/planner/schedule/types';
import { differenceOf, type RecordedCase } from './support';

/** A target as recorded: absent replicas are 0. */
export interface RecordedTarget {
  readonly name: string;
  readonly replicas?: number;
}

/** A case of the scheduler's topics. */
export interface RecordedSchedule extends RecordedCase {
  readonly clusters: readonly (Cluster & { readonly deploymentApiEnabled?: boolean })[];
  readonly placement: PlacementSpec;
  readonly replicas: number;
  readonly templateUID: string;
  readonly replicaRequirements?: unknown;
  readonly previous?: readonly RecordedTarget[];
  readonly estimatorAvailableReplicas?: Readonly<Record<string, number>>;
  readonly enableEmptyWorkloadPropagation?: boolean;
  readonly rescheduleTriggeredAfterLastSchedule?: boolean;
  readonly schedulerObservedAffinityName?: string;
  readonly gracefulEvictionFrom?: readonly string[];
  readonly result?: readonly RecordedTarget[];
  readonly error?: string;
  readonly errorKind?: string;
  readonly orderVaries?: boolean;
}

/** The call that a recorded case stands for. */
export function callOf(
  recorded: RecordedSchedule,
  karmada: KarmadaVersion,
): { binding: BindingToSchedule; clusters: readonly Cluster[]; options: ScheduleOptions } {
  const withoutDeployments = new Set(
    recorded.clusters.filter(({ deploymentApiEnabled }) => deploymentApiEnabled === false).map(({ name }) => name),
  );
  return {
    binding: {
      placement: recorded.placement,
      replicas: recorded.replicas,
      hasReplicaRequirements: recorded.replicaRequirements !== undefined && recorded.replicaRequirements !== null,
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      previous: targetsOf(recorded.previous),
      evictedFrom: recorded.gracefulEvictionFrom ?? [],
      freshStart: recorded.rescheduleTriggeredAfterLastSchedule ?? false,
    },
    clusters: recorded.clusters,
    options: {
      karmada,
      tieBreak: tieBreakOf(recorded.templateUID),
      ...(recorded.schedulerObservedAffinityName && { affinityName: recorded.schedulerObservedAffinityName }),
      available: (cluster) => recorded.estimatorAvailableReplicas?.[cluster],
      serves: ({ name }) => !withoutDeployments.has(name),
      enableEmptyWorkloadPropagation: recorded.enableEmptyWorkloadPropagation ?? false,
    },
  };
}

/** Compares an attempt with the recorded answer: the clusters in order (or as a set), or the kind of refusal. */
export function compareResult(recorded: RecordedSchedule, result: ScheduleResult): string | undefined {
  if (result.kind === 'failed') {
    if (!recorded.error && !recorded.errorKind)
      return `expected ${JSON.stringify(recorded.result)}\n    got ${result.why}`;
    const wanted = recorded.errorKind && reasonOf[recorded.errorKind];
    return wanted && wanted !== result.reason ? `expected ${wanted}, got ${result.reason}: ${result.why}` : undefined;
  }
  if (!recorded.result)
    return `expected ${recorded.errorKind ?? recorded.error}, got ${JSON.stringify(result.clusters)}`;
  return compareTargets(recorded.result, result.clusters, recorded.orderVaries);
}

/** Karmada's error types in the words of the binding's condition. */
const reasonOf: Readonly<Record<string, string>> = {
  FitError: 'NoClusterFit',
  UnschedulableError: 'Unschedulable',
};

/** Compares targets in order, or as a set. */
export function compareTargets(
  expected: readonly RecordedTarget[],
  actual: readonly TargetCluster[],
  orderVaries = false,
): string | undefined {
  const inOrder = (targets: readonly TargetCluster[]) =>
    orderVaries ? [...targets].sort((a, b) => (a.name < b.name ? -1 : 1)) : targets;
  return differenceOf(inOrder(targetsOf(expected)), inOrder(actual));
}

/** Recorded targets with the replicas that absence stands for. */
export function targetsOf(targets: readonly RecordedTarget[] = []): readonly TargetCluster[] {
  return targets.map(({ name, replicas = 0 }) => ({ name, replicas }));
}
