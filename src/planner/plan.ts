import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import type { KubernetesObject } from '../kubernetes/object';
import type { Outcome, ReplicaRange, TieBreak } from './outcome';
import type { PlanJson } from './plan-json';

/** Where every template goes, and what every member cluster receives. Immutable; members are computed when asked. */
export interface Plan {
  readonly karmada: KarmadaVersion;
  /** The fleet planned for, in its own order. */
  readonly clusters: readonly Cluster[];
  /** One for each template, in the order of the manifests. */
  readonly templates: readonly TemplatePlan[];
  /** Bindings whose template is not among the manifests: were these all there is, it would be gone. */
  readonly leftovers: readonly Leftover[];

  /** The template with this key, such as `Deployment/default/pipy`; undefined when there is none. */
  template(key: string): TemplatePlan | undefined;

  /**
   * What a member cluster receives, of every template that may come to it.
   *
   * @param cluster - name of the cluster
   * @param tie - for templates whose UID decides: the result to show @default - both, each with its `tie`
   */
  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[];

  /** A stable text for snapshots: one block a template, in the order of their keys. */
  toString(): string;
  /** The documented shape of `plan --json`, without the envelope. */
  toJSON(): PlanJson;
}

/** A current binding without its template. */
export interface Leftover {
  /** Kind, namespace and name of the template, as its key would be. */
  readonly binding: string;
  /** Clusters that run it. */
  readonly clusters: readonly string[];
  /** Whether its policy preserves the copies in the members when the template is deleted. */
  readonly preserved: boolean;
}

/** One template: who claims it, where it may go, and where it goes. */
export interface TemplatePlan {
  /** `Kind/namespace/name`, `Kind/name` where it has no namespace; `Kind.group/…` where two groups would be confused. */
  readonly key: string;
  readonly manifest: Manifest;

  /** The policy that claims it. @default - none does */
  readonly policy?: Manifest;
  /** Policies that select it as well and do not get it, best first. */
  readonly losers: readonly LosingPolicy[];
  /** The controller that takes it instead of a policy: `namespace-sync`, or the key of a MultiClusterService. @default - none */
  readonly takenBy?: string;
  /** Templates with `propagateDeps` that reference this one. */
  readonly requiredBy: readonly Requirement[];
  /** Keys of the templates that this one brings along by `propagateDeps`. */
  readonly dependencies: readonly string[];

  /** Desired replicas as Karmada interprets the template; 0 for kinds without. Undefined where only a script or webhook knows. */
  readonly replicas: number | undefined;
  /** Whether the scheduler counts replicas: some are desired, or the pod template states requirements. */
  readonly countsReplicas: boolean;
  /** Whether the replicas are divided among clusters; false where each cluster gets the full number. */
  readonly divided: boolean;
  /** What one replica asks of a cluster. @default - the pod template asks nothing */
  readonly replicaRequirements?: ReplicaRequirements;

  /**
   * Clusters that pass all filters at the affinity term used (at the first one tried, where none succeeds), in the order
   * of the fleet; empty where the scheduler is not asked.
   */
  readonly candidates: readonly string[];
  /** The other clusters of the fleet, each with every reason against it; empty where the scheduler is not asked. */
  readonly exclusions: readonly ClusterExclusion[];
  /** The `affinityName` of the group that was used. @default - the placement has no groups, or none fits */
  readonly affinityTerm?: string;

  /** Who receives it in the end: the scheduler's result united with the clusters of the templates that require it. */
  readonly outcome: Outcome;
  /** The scheduler's own result, which lands in `spec.clusters` of the binding. @default - no policy claims it */
  readonly scheduled?: Outcome;
  /** Things that manifests and fleet say about it beside the numbers, such as a suspension; sentences for people. */
  readonly notes: readonly string[];

  /** Every cluster that may receive it, in the order of the fleet. */
  readonly possibleClusters: readonly string[];
  /** Clusters that receive it whatever the UID and the running system say. */
  readonly guaranteedClusters: readonly string[];
  /** Fewest and most replicas in a cluster; 0 and 0 where it never comes, and for kinds without replicas. */
  replicasIn(cluster: string): ReplicaRange;
  /**
   * What one cluster receives: nothing, one object (or failure), or one for each result where the UID decides.
   * Where the running system decides, one object that carries no revised replicas.
   *
   * @param tie - the result to show @default - both, folded into one without `tie` where they are equal
   */
  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[];
}

/** A policy that selects a template that another one claims. */
export interface LosingPolicy {
  readonly policy: Manifest;
  /** Why it does not get the template, in Karmada's terms. */
  readonly why: string;
}

/** A template that brings this one along, and the clusters to which. */
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

/** Why a cluster is no candidate. */
export interface ClusterExclusion {
  readonly cluster: string;
  readonly reasons: readonly ExclusionReason[];
}

/** One filter of the scheduler that a cluster does not pass. */
export interface ExclusionReason {
  /** The scheduler plugin, by Karmada's name. */
  readonly plugin: FilterPlugin;
  /** A sentence for people. */
  readonly why: string;
}

/** Karmada's filter plugins. @see Karmada v1.18.2 pkg/scheduler/framework/plugins */
export type FilterPlugin =
  | 'APIEnablement'
  | 'TaintToleration'
  | 'ClusterAffinity'
  | 'SpreadConstraint'
  | 'ClusterEviction'
  | 'WorkloadAffinity'
  | 'WorkloadAntiAffinity';

/** An object on its way to a member cluster: what arrives, or why it does not. */
export type MemberObject = ReceivedObject | FailedObject;

/** The object that a member cluster receives, after replica revision and overrides. */
export interface ReceivedObject {
  readonly kind: 'received';
  readonly template: string;
  readonly cluster: string;
  readonly object: KubernetesObject;
  /** Override policies that changed it, by key, in the order applied. */
  readonly overriddenBy: readonly string[];
  /** The result it belongs to. @default - it is the same whatever the UID */
  readonly tie?: TieBreak;
  /** Whether the cluster receives it whatever the UID and the running system say. */
  readonly guaranteed: boolean;
  /** The policy suspends dispatching: the object waits in the control plane, and what the cluster has stays. */
  readonly suspended: boolean;
  /** Nothing is applied at present: the cluster keeps what it received last, and edits since then do not reach it. */
  readonly kept: boolean;
  /** Whether an object of the same name that Karmada did not create is taken over. Otherwise it is left alone. */
  readonly overwrites: boolean;
}

/** Karmada fails to make the object for this cluster; it raises an event, retries, and other clusters go on. */
export interface FailedObject {
  readonly kind: 'failed';
  readonly template: string;
  readonly cluster: string;
  readonly why: string;
  readonly tie?: TieBreak;
  readonly guaranteed: boolean;
}
