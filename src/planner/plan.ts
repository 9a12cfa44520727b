import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import type { KubernetesObject } from '../kubernetes/object';
import type { FinalCase, FinalReplicas } from './final/final-replicas';
import type { Outcome, ReplicaRange, Replicas, TieBreak } from './outcome';
import type { PlanJson } from './plan-json';

/** Where every template goes, and what every member cluster receives. Immutable; member objects are computed on demand. */
export interface Plan {
  readonly karmada: KarmadaVersion;
  /** The clusters of the fleet, in its order. */
  readonly clusters: readonly Cluster[];
  /** One for each template, in the order of the manifests. */
  readonly templates: readonly TemplatePlan[];
  /** Bindings whose template is not among the manifests. */
  readonly leftovers: readonly Leftover[];
  /** When the clusters reported their free capacity, as ISO 8601 text. @default - unknown */
  readonly capacityTime?: string;
  /** Facts about all templates together, such as more replicas in a cluster than fit; full sentences. */
  readonly notes: readonly string[];

  /** The template with this key, such as `Deployment/default/pipy`; undefined when there is none. */
  template(key: string): TemplatePlan | undefined;

  /**
   * What a member cluster receives, from every template that may reach it.
   *
   * @param cluster - name of the cluster
   * @param tie - which result to return where the UID of a template decides @default - both, each with its `tie`
   */
  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[];

  /** Stable text for snapshots: one block per template, sorted by key. */
  toString(): string;
  /** The documented shape of `plan --json`, without the envelope. */
  toJSON(): PlanJson;
}

/** A current binding without its template. */
export interface Leftover {
  /** Kind, namespace and name of the template, in the form of its key. */
  readonly binding: string;
  /** Clusters that run it. */
  readonly clusters: readonly string[];
  /** Whether its policy preserves the copies in the members when the template is deleted. */
  readonly preserved: boolean;
}

/** One template: which policy claims it, where it may go, and where it goes. */
export interface TemplatePlan {
  /** `Kind/namespace/name`, or `Kind/name` without a namespace; `Kind.group/…` where two API groups would collide. */
  readonly key: string;
  readonly manifest: Manifest;

  /** The policy that claims it. @default - none */
  readonly policy?: Manifest;
  /** Policies that select it but do not claim it, best first. */
  readonly losers: readonly LosingPolicy[];
  /** The controller that handles it instead of a policy: `namespace-sync`, or the key of a MultiClusterService. @default - none */
  readonly takenBy?: string;
  /** Templates with `propagateDeps` that reference this one. */
  readonly requiredBy: readonly Requirement[];
  /** Keys of the templates that are propagated with this one by `propagateDeps`. */
  readonly dependencies: readonly string[];

  /** Desired replicas as Karmada interprets the template; 0 for kinds without replicas. Undefined if a script or webhook decides. */
  readonly replicas: number | undefined;
  /** Whether the scheduler counts replicas: some are desired, or the pod template states requirements. */
  readonly countsReplicas: boolean;
  /** Whether the replicas are divided among clusters; false where each cluster gets the full number. */
  readonly divided: boolean;
  /** What one replica requires of a cluster. @default - the pod template states nothing */
  readonly replicaRequirements?: ReplicaRequirements;
  /**
   * The parts of a workload with several pod templates, which goes whole to every selected cluster.
   *
   * @default - the kind has no parts, or the feature gate MultiplePodTemplatesScheduling is off
   */
  readonly components?: readonly Component[];

  /**
   * Clusters that pass all filters of the affinity term used, or of the first term where none succeeds, in the order
   * of the fleet; empty if the template is not scheduled.
   */
  readonly candidates: readonly string[];
  /** The other clusters of the fleet, each with every reason against it; empty if the template is not scheduled. */
  readonly exclusions: readonly ClusterExclusion[];
  /** The `affinityName` of the group used. @default - the placement has no groups, or none fits */
  readonly affinityTerm?: string;

  /** Which clusters receive it: the scheduler's result together with the clusters of the templates that require it. */
  readonly outcome: Outcome;
  /** The scheduler's result, as in `spec.clusters` of the binding. @default - no policy claims it */
  readonly scheduled?: Outcome;
  /** What the scheduler put into the current binding. @default - no binding is known */
  readonly current?: Replicas;
  /** What the scheduler does with the current binding. @default - no binding is known */
  readonly look?: SchedulingLook;
  /** Services and referenced objects that may be missing in some of its clusters, because they choose on their own. */
  readonly separate: readonly SeparateChoice[];
  /** Free capacity that the result is computed from. @default - it does not affect the result, or is unknown */
  readonly capacity?: UsedCapacity | undefined;
  /** Further facts from the manifests and the fleet, such as a suspension; full sentences. */
  readonly notes: readonly string[];

  /** Every cluster that may receive it, in the order of the fleet. */
  readonly possibleClusters: readonly string[];
  /** Clusters that receive it independently of the UID and the running system. */
  readonly guaranteedClusters: readonly string[];
  /** Fewest and most replicas in a cluster; 0 and 0 for clusters that it never reaches and for kinds without replicas. */
  replicasIn(cluster: string): ReplicaRange;
  /**
   * What runs in each cluster that it may reach, in the end: after replica revision and overrides, with autoscalers, and
   * with what keeps it from arriving. Both results of a tie are one range here. Computed on demand.
   */
  readonly final: ReadonlyMap<string, FinalReplicas>;
  /** As `final`, for one of the two results where the UID decides. */
  finalWhen(tie: TieBreak): ReadonlyMap<string, FinalReplicas>;
  /**
   * As `final`, with every case apart: each end of the range of an autoscaler, and each result of a tie.
   *
   * @internal
   */
  finalCases(): readonly FinalCase[];
  /**
   * What one cluster receives: nothing, one object or failure, or one for each result where the UID decides.
   * Where the running system decides, one object without revised replicas.
   *
   * @param tie - which result to return @default - both, or one without `tie` if they are equal
   */
  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[];
}

/** The free capacity that a result is computed from. */
export interface UsedCapacity {
  /** When the clusters reported it, as ISO 8601 text. @default - unknown, or it is from the capacities file */
  readonly time?: string;
  /** Replicas that still fit into each candidate, in addition to those that it has. */
  readonly available: Replicas;
}

/** The next look of the scheduler at the current binding of a template. */
export interface SchedulingLook {
  /**
   * `kept`: nothing to do, all replicas stay where they are. `steady`: as few replicas as possible move. `fresh`: all
   * replicas are divided anew, because a WorkloadRebalancer requested it.
   */
  readonly mode: 'kept' | 'steady' | 'fresh';
  /**
   * Why it schedules: the `placement` changed, the number of `replicas` changed, a `rebalance` is requested, a target is
   * removed (`targetRemoved`), or the template is scheduled at every event (`always`). @default - it does not
   */
  readonly because?: 'placement' | 'replicas' | 'rebalance' | 'always' | 'targetRemoved';
  /** The affinity groups that it tries, in order; an empty name if the placement has no groups. Empty if nothing is to do. */
  readonly attempts: readonly string[];
  /** Whether Karmada tries again by itself after a failure. */
  readonly retried: boolean;
  /** Clusters from which it is being evicted: they are barred until the eviction ends. @default - none */
  readonly leaving?: readonly string[];
}

/** An object that belongs to the pods of a workload, and that Karmada schedules on its own. */
export interface SeparateChoice {
  /** Key of the Service, or of the ConfigMap, Secret, ServiceAccount or volume claim. */
  readonly template: string;
  /** Clusters where the workload may be without it. */
  readonly clusters: readonly string[];
}

/** A policy that selects a template which another policy claims. */
export interface LosingPolicy {
  readonly policy: Manifest;
  /** Why it does not claim the template, in Karmada's terms. */
  readonly why: string;
}

/** A template that depends on this one, and the clusters that it goes to. */
export interface Requirement {
  /** Key of the referring template. */
  readonly template: string;
  /** Its own scheduling result: the same clusters receive this template. */
  readonly outcome: Outcome;
}

/** The resource requests and node constraints of one replica. @see Karmada v1.18.2 pkg/util/helper/binding.go, GenerateReplicaRequirements */
export interface ReplicaRequirements {
  readonly nodeClaim?: Readonly<Record<string, unknown>>;
  readonly resourceRequest?: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly priorityClassName?: string;
}

/** One of several pod templates of a workload, as in `spec.components` of a binding. */
export interface Component {
  readonly name: string;
  readonly replicas: number;
  /** @default - its pods state none */
  readonly requirements?: ReplicaRequirements;
}

/** Why a cluster is not a candidate. */
export interface ClusterExclusion {
  readonly cluster: string;
  readonly reasons: readonly ExclusionReason[];
}

/** One filter of the scheduler that a cluster does not pass. */
export interface ExclusionReason {
  /** The scheduler plugin, by Karmada's name. */
  readonly plugin: FilterPlugin;
  /** A full sentence. */
  readonly why: string;
}

/**
 * Karmada's filter plugins. `ClusterDeletion` is not one of them: the scheduler skips clusters that are being removed.
 *
 * @see Karmada v1.18.2 pkg/scheduler/framework/plugins
 */
export type FilterPlugin =
  | 'APIEnablement'
  | 'TaintToleration'
  | 'ClusterAffinity'
  | 'SpreadConstraint'
  | 'ClusterEviction'
  | 'WorkloadAffinity'
  | 'WorkloadAntiAffinity'
  | 'ClusterDeletion';

/** An object for a member cluster, or why Karmada fails to make it. */
export type MemberObject = ReceivedObject | FailedObject;

/** The object that a member cluster receives, after replica revision and overrides. */
export interface ReceivedObject {
  readonly kind: 'received';
  readonly template: string;
  readonly cluster: string;
  readonly object: KubernetesObject;
  /** Override policies that changed it, by key, in the order applied. */
  readonly overriddenBy: readonly string[];
  /** The result it belongs to. @default - it does not depend on the UID */
  readonly tie?: TieBreak;
  /** Whether the cluster receives it independently of the UID and the running system. */
  readonly guaranteed: boolean;
  /** Whether the policy suspends dispatching: the object stays in the control plane, and the cluster keeps its copy. */
  readonly suspended: boolean;
  /** Whether nothing is applied at present: the cluster keeps its last copy, and later edits do not reach it. */
  readonly kept: boolean;
  /** Whether an object of the same name that Karmada did not create is overwritten; otherwise it stays as it is. */
  readonly overwrites: boolean;
}

/** Karmada fails to make the object for this cluster; it raises an event and retries. Other clusters are not affected. */
export interface FailedObject {
  readonly kind: 'failed';
  readonly template: string;
  readonly cluster: string;
  readonly why: string;
  readonly tie?: TieBreak;
  readonly guaranteed: boolean;
}
