/** A taint of a member cluster. */
export interface ClusterTaint {
  /** Key of the taint. */
  readonly key: string;
  /** Value of the taint. @default - no value */
  readonly value?: string;
  /** NoSchedule or NoExecute; Karmada rejects PreferNoSchedule on a Cluster. */
  readonly effect: string;
}

/** A group version that a member serves, and its kinds. */
export interface ApiEnablement {
  /** `apps/v1`, or `v1` for the core group. */
  readonly groupVersion: string;
  readonly kinds: readonly string[];
}

/** An amount of a resource as users write it: `500m`, `8Gi`, or a number of whole units. */
export type ResourceQuantity = string | number;

/** Amounts by resource name. */
export type ResourceAmounts = Readonly<Record<string, ResourceQuantity>>;

/** A class of nodes by their free resources, `spec.resourceModels` of a Cluster. */
export interface ResourceModel {
  readonly grade: number;
  /** For each resource the least that a node of the class has free. Only `min` counts. */
  readonly ranges: readonly {
    readonly name: string;
    readonly min: ResourceQuantity;
    readonly max?: ResourceQuantity;
  }[];
}

/** What a cluster has and what is used of it, `status.resourceSummary` of a Cluster. */
export interface ResourceSummary {
  readonly allocatable?: ResourceAmounts;
  /** Requests of running pods. */
  readonly allocated?: ResourceAmounts;
  /** Requests of pending pods. */
  readonly allocating?: ResourceAmounts;
  /** Number of nodes of each grade. */
  readonly allocatableModelings?: readonly { readonly grade: number; readonly count: number }[];
}

/**
 * A member cluster as plain data for the scheduler. Only the name is required.
 *
 * @see Karmada v1.18.2 pkg/apis/cluster/v1alpha1/types.go, Cluster
 */
export interface Cluster {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly provider?: string;
  readonly region?: string;
  readonly zones?: readonly string[];
  readonly taints?: readonly ClusterTaint[];
  /** Kinds that the cluster serves. @default - the native kinds */
  readonly apiEnablements?: readonly ApiEnablement[];
  /** The Ready condition of a live cluster. @default - unknown, treated as ready */
  readonly ready?: boolean;
  /** Whether the cluster is being removed (`karmadactl unjoin`): the scheduler skips it. @default false */
  readonly deleting?: boolean;
  /** @default - none: the resource summary decides */
  readonly resourceModels?: readonly ResourceModel[];
  /** @default - unknown; `{}` is the status of a cluster that reports nothing, which counts as full */
  readonly resourceSummary?: ResourceSummary;
  /** Number of nodes. @default - unknown */
  readonly nodes?: number;
  /** Whether a scheduler-estimator runs for the cluster, so that its free capacity is only an upper bound. @default false */
  readonly schedulerEstimator?: boolean;
}

/** What Karmada groups clusters by. */
export type ClusterTopology = 'region' | 'provider' | 'zone';

const topologies: readonly string[] = ['region', 'provider', 'zone'] satisfies ClusterTopology[];

export function isTopology(field: string): field is ClusterTopology {
  return topologies.includes(field);
}

/** The region, the provider or the zones of a cluster; empty if the fleet does not state it. */
export function topologyOf({ region, provider, zones = [] }: Cluster, field: ClusterTopology): readonly string[] {
  if (field === 'zone') return zones;
  const value = field === 'region' ? region : provider;
  return value ? [value] : [];
}
