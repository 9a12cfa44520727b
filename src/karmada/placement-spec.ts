import type { LabelSelectorSpec } from '../kubernetes/object';

/**
 * Plain-object types of the `spec.placement` that manifests hold.
 * Read from anybody's YAML, so every field may be missing and enum fields are plain strings.
 *
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go
 */
export interface PlacementSpec {
  readonly clusterAffinity?: ClusterAffinitySpec;
  readonly clusterAffinities?: readonly ClusterAffinityTermSpec[];
  readonly clusterTolerations?: readonly TolerationSpec[];
  readonly spreadConstraints?: readonly SpreadConstraintSpec[];
  readonly replicaScheduling?: ReplicaSchedulingSpec;
  readonly workloadAffinity?: WorkloadAffinitySpec;
}

export interface ClusterAffinitySpec {
  readonly labelSelector?: LabelSelectorSpec;
  readonly fieldSelector?: FieldSelectorSpec;
  readonly clusterNames?: readonly string[];
  /** Cluster names left out; checked first and always wins. */
  readonly exclude?: readonly string[];
}

export interface FieldSelectorSpec {
  readonly matchExpressions?: readonly FieldSelectorRequirementSpec[];
}

export interface FieldSelectorRequirementSpec {
  /** provider, region or zone. */
  readonly key: string;
  /** In or NotIn; Exists and DoesNotExist work inside static weights only. */
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface ClusterAffinityTermSpec extends ClusterAffinitySpec {
  readonly affinityName: string;
  /** Since v1.18. */
  readonly overflowAffinities?: readonly OverflowAffinitySpec[];
}

export interface OverflowAffinitySpec extends ClusterAffinitySpec {
  readonly affinityName: string;
}

export interface TolerationSpec {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

export interface SpreadConstraintSpec {
  readonly spreadByField?: string;
  readonly spreadByLabel?: string;
  readonly minGroups?: number;
  readonly maxGroups?: number;
}

export interface ReplicaSchedulingSpec {
  readonly replicaSchedulingType?: string;
  readonly replicaDivisionPreference?: string;
  readonly weightPreference?: WeightPreferenceSpec;
}

export interface WeightPreferenceSpec {
  readonly staticWeightList?: readonly StaticWeightSpec[];
  readonly dynamicWeight?: string;
}

export interface StaticWeightSpec {
  readonly targetCluster: ClusterAffinitySpec;
  readonly weight: number;
}

export interface WorkloadAffinitySpec {
  readonly affinity?: { readonly groupByLabelKey: string };
  readonly antiAffinity?: { readonly groupByLabelKey: string };
}
