import { apiGroup, type KubernetesObject } from '../kubernetes/object';

/** A ResourceBinding or ClusterResourceBinding, as far as a rollout is read from it. */
export interface Binding {
  readonly name: string;
  readonly resourceVersion: string;
  /** The scheduler has looked at the binding as it is now, and found a place. */
  readonly scheduledNow: boolean;
  /** The template as the detector saw it last. */
  readonly template: { readonly uid: string; readonly resourceVersion: string };
  /** Whether a policy places it; an attached one only follows those that require it. */
  readonly placed: boolean;
  readonly scheduled: Condition | undefined;
  readonly fullyApplied: boolean;
  /** The scheduler's result: replicas by cluster. */
  readonly clusters: ReadonlyMap<string, number>;
  /** Everyone that is to have it: the scheduler's result, and the clusters of those that require it. */
  readonly targets: ReadonlyMap<string, number>;
  /** Clusters that it is leaving without haste. */
  readonly evicted: readonly string[];
  readonly schedulingSuspended: boolean;
  /** Whether nothing is written to a cluster at present. */
  readonly isSuspendedIn: (cluster: string) => boolean;
  readonly members: ReadonlyMap<string, MemberStatus>;
}

/** A condition of an object's status. */
export interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** What Karmada reports of one member: an item of `aggregatedStatus`. */
export interface MemberStatus {
  readonly applied: boolean;
  readonly appliedMessage: string;
  /** `Healthy`, `Unhealthy` or `Unknown`. */
  readonly health: string;
  /** The status of the object in the member; fields by name. */
  readonly status: Readonly<Record<string, unknown>>;
}

interface RawBinding {
  readonly metadata: { readonly name: string; readonly generation?: number; readonly resourceVersion?: string };
  readonly spec: {
    readonly resource: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly name: string;
      readonly uid?: string;
      readonly resourceVersion?: string;
    };
    readonly placement?: object | null;
    readonly clusters?: readonly RawTarget[] | null;
    readonly requiredBy?: readonly { readonly clusters?: readonly RawTarget[] | null }[] | null;
    readonly gracefulEvictionTasks?: readonly { readonly fromCluster: string }[] | null;
    readonly suspension?: {
      readonly scheduling?: boolean;
      readonly dispatching?: boolean;
      readonly dispatchingOnClusters?: { readonly clusterNames?: readonly string[] | null } | null;
    } | null;
  };
  readonly status?: {
    readonly schedulerObservedGeneration?: number;
    readonly conditions?: readonly (Condition & { readonly type: string })[] | null;
    readonly aggregatedStatus?: readonly (Partial<MemberStatus> & { readonly clusterName: string })[] | null;
  };
}

interface RawTarget {
  readonly name: string;
  readonly replicas?: number;
}

/** Which template a binding belongs to: group, kind, namespace and name. */
export function templateIdentity(binding: KubernetesObject): string {
  const { apiVersion, kind, namespace = '', name } = (binding as unknown as RawBinding).spec.resource;
  return [apiGroup(apiVersion), kind, namespace, name].join('/');
}

/** The same for a template. */
export function identityOfTemplate({ apiVersion, kind, metadata }: KubernetesObject): string {
  return [apiGroup(apiVersion), kind, metadata?.namespace ?? '', metadata?.name ?? ''].join('/');
}

/** Reads a binding. */
export function readBinding(object: KubernetesObject): Binding {
  const { metadata, spec, status = {} } = object as unknown as RawBinding;
  const condition = (type: string) => status.conditions?.find((each) => each.type === type);
  const scheduled = condition('Scheduled');
  const clusters = targetsOf(spec.clusters);
  const required = (spec.requiredBy ?? []).flatMap((by) => [...targetsOf(by.clusters)]);
  const paused = new Set(spec.suspension?.dispatchingOnClusters?.clusterNames ?? []);
  return {
    name: metadata.name,
    resourceVersion: metadata.resourceVersion ?? '',
    // It is set with success only: a failure leaves the one before.
    scheduledNow: scheduled?.status === 'True' && status.schedulerObservedGeneration === metadata.generation,
    template: { uid: spec.resource.uid ?? '', resourceVersion: spec.resource.resourceVersion ?? '' },
    placed: Boolean(spec.placement) || scheduled !== undefined,
    scheduled,
    fullyApplied: condition('FullyApplied')?.status === 'True',
    clusters,
    targets: new Map([...required, ...clusters]),
    evicted: (spec.gracefulEvictionTasks ?? []).map(({ fromCluster }) => fromCluster),
    schedulingSuspended: spec.suspension?.scheduling === true,
    isSuspendedIn: (cluster) => spec.suspension?.dispatching === true || paused.has(cluster),
    members: new Map((status.aggregatedStatus ?? []).map((item) => [item.clusterName, memberStatus(item)])),
  };
}

function targetsOf(targets: readonly RawTarget[] | null | undefined): ReadonlyMap<string, number> {
  return new Map((targets ?? []).map(({ name, replicas }) => [name, replicas ?? 0]));
}

function memberStatus(item: Partial<MemberStatus>): MemberStatus {
  return {
    applied: item.applied === true,
    appliedMessage: item.appliedMessage ?? '',
    health: item.health ?? 'Unknown',
    status: item.status ?? {},
  };
}
