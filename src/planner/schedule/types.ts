import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import type { TieBreak, UnschedulableReason } from '../outcome';

/** A cluster in `spec.clusters` of a binding. */
export interface TargetCluster {
  readonly name: string;
  /** 0 for templates that count no replicas. */
  readonly replicas: number;
}

/** What the scheduler reads from a ResourceBinding or ClusterResourceBinding. */
export interface BindingToSchedule {
  readonly placement: PlacementSpec;
  /** Desired replicas; 0 for templates without. */
  readonly replicas: number;
  /** Whether the template states what one replica requires: then it counts as a workload even with 0 replicas. */
  readonly hasReplicaRequirements: boolean;
  readonly apiVersion: string;
  readonly kind: string;
  /** Where it runs now, in the order of the binding. @default - nowhere: it is scheduled for the first time */
  readonly previous?: readonly TargetCluster[];
  /** Clusters it is being evicted from. @default - none */
  readonly evictedFrom?: readonly string[];
  /** A WorkloadRebalancer asked for a fresh start after the last scheduling. @default false */
  readonly freshStart?: boolean;
  /** Target clusters of every other binding in the same affinity group. @default - no group, or the gate is off */
  readonly affinityPeers?: readonly (readonly string[])[];
  /** Target clusters of every other binding in the same anti-affinity group. @default - no group, or the gate is off */
  readonly antiAffinityPeers?: readonly (readonly string[])[];
}

/** How an attempt is made. */
export interface ScheduleOptions {
  readonly karmada: KarmadaVersion;
  /** Who wins ties; from the UID of the template by `tieBreakOf`. */
  readonly tieBreak: TieBreak;
  /** The term of `clusterAffinities` to try. @default - the first one */
  readonly affinityName?: string;
  /**
   * Replicas that still fit into a cluster, beside those it has already.
   * @default - no estimator answers: as many as are desired
   */
  readonly available?: (cluster: string) => number | undefined;
  /** Whether a cluster serves the kind of the template. @default - by its `apiEnablements` or the built-in kinds */
  readonly serves?: (cluster: Cluster) => boolean;
  /** Scheduler flag: selected clusters stay in the result with 0 replicas. @default false */
  readonly enableEmptyWorkloadPropagation?: boolean;
}

/** Why an attempt fails: the reason in the binding's condition, and a sentence. */
export interface ScheduleFailure {
  readonly kind: 'failed';
  readonly reason: Extract<UnschedulableReason, 'NoClusterFit' | 'Unschedulable' | 'SchedulerError'>;
  readonly why: string;
}

/** What an attempt brings: `spec.clusters` of the binding, in Karmada's order. */
export interface ScheduleSuccess {
  readonly kind: 'scheduled';
  readonly clusters: readonly TargetCluster[];
}

/** The answer of one attempt; failures are data that callers act on. */
export type ScheduleResult = ScheduleSuccess | ScheduleFailure;
