/** A taint of a member cluster. */
export interface ClusterTaint {
  readonly key: string;
  readonly value?: string;
  /** NoSchedule or NoExecute; Karmada refuses PreferNoSchedule on a Cluster. */
  readonly effect: string;
}

/** One group version that a member cluster serves, and the kinds in it. */
export interface ApiEnablement {
  /** `apps/v1`, or `v1` for the core group. */
  readonly groupVersion: string;
  readonly kinds: readonly string[];
}

/**
 * A member cluster as the scheduler sees it: plain data, of which everything but the name may be absent.
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
  /** Kinds the cluster serves. @default - the built-in Kubernetes kinds */
  readonly apiEnablements?: readonly ApiEnablement[];
  /** The Ready condition, where a live cluster was read. @default - unknown, taken as ready */
  readonly ready?: boolean;
}
