import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import type { TieBreak, UnschedulableReason } from '../outcome';

/** A cluster in `spec.clusters` of a binding. */
export interface TargetCluster {
  readonly name: string;
  /** 0 for templates without replicas. */
  readonly replicas: number;
}

/** What the scheduler reads from a ResourceBinding or ClusterResourceBinding. */
export interface BindingToSchedule {
  readonly placement: PlacementSpec;
  /** Desired replicas; 0 for templates without. */
  readonly replicas: number;
  /** Whether the template states what one replica requires: it is then a workload even with 0 replicas. */
  readonly hasReplicaRequirements: boolean;
  /** Whether it has several pod templates that are scheduled as one. It then has neither replicas nor requirements. @default false */
  readonly hasComponents?: boolean;
  readonly apiVersion: string;
  readonly kind: string;
  /** Current targets, in the order of the binding. @default - none: it is scheduled for the first time */
  readonly previous?: readonly TargetCluster[];
  /** Clusters it is being evicted from. @default - none */
  readonly evictedFrom?: readonly string[];
  /** Whether a WorkloadRebalancer requested a fresh start after the last scheduling. @default false */
  readonly freshStart?: boolean;
  /** Target clusters of every other binding in the same affinity group. @default - no group, or the gate is off */
  readonly affinityPeers?: readonly (readonly string[])[];
  /** Target clusters of every other binding in the same anti-affinity group. @default - no group, or the gate is off */
  readonly antiAffinityPeers?: readonly (readonly string[])[];
}

/** Options of an attempt. */
export interface ScheduleOptions {
  readonly karmada: KarmadaVersion;
  /** The tie break, from the UID of the template by `tieBreakOf`. */
  readonly tieBreak: TieBreak;
  /** The term of `clusterAffinities` to try. @default - the first */
  readonly affinityName?: string;
  /**
   * Replicas that still fit into a cluster, in addition to its current ones.
   * @default - no estimator answers: all desired replicas fit
   */
  readonly available?: (cluster: string) => number | undefined;
  /** Whether a cluster serves the kind of the template. @default - by its `apiEnablements` or the built-in kinds */
  readonly serves?: (cluster: Cluster) => boolean;
  /** Flag of the scheduler: selected clusters without replicas stay in the result. @default false */
  readonly enableEmptyWorkloadPropagation?: boolean;
}

/** Why an attempt fails: the reason in the binding's condition, and a sentence. */
export interface ScheduleFailure {
  readonly kind: 'failed';
  readonly reason: Extract<UnschedulableReason, 'NoClusterFit' | 'Unschedulable' | 'SchedulerError'>;
  readonly why: string;
}

/** The result of an attempt: `spec.clusters` of the binding, in Karmada's order. */
export interface ScheduleSuccess {
  readonly kind: 'scheduled';
  readonly clusters: readonly TargetCluster[];
}

/** The answer of one attempt. */
export type ScheduleResult = ScheduleSuccess | ScheduleFailure;
