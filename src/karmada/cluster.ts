/** A taint of a member cluster. */
export interface ClusterTaint {
  readonly key: string;
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
}
