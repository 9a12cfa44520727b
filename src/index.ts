export {
  ClusterOverridePolicy,
  type ClusterOverridePolicyProps,
  ClusterPropagationPolicy,
  type ClusterPropagationPolicyProps,
  FederatedApp,
  type FederatedAppProps,
  Federation,
  type FederationProps,
  type NamedResource,
  OverridePolicy,
  type OverridePolicyProps,
  type OverridingProps,
  type PropagationOptions,
  PropagationPolicy,
  type PropagationPolicyProps,
  type PropagationProps,
  type SchedulePriority,
  type Selectable,
  type WorkloadShorthand,
} from './constructs';
export type { AffinityGroup, OverflowGroup } from './model/affinity-group';
export type { ApiEnablement, Cluster, ClusterTaint } from './model/cluster';
export type { ClusterChoice } from './model/cluster-choice';
export type { ClusterProperties, ClusterTaintProperties } from './model/cluster-properties';
export { type ClusterConditions, Clusters } from './model/clusters';
export {
  type ApplicationFailover,
  type ClusterFailover,
  Failover,
  type FailoverProperties,
} from './model/failover';
export { Fleet } from './model/fleet';
export { FleetClusters } from './model/fleet-clusters';
export type { KarmadaVersion } from './model/karmada-version';
export type { LabelSelectorRequirementSpec, LabelSelectorSpec } from './model/kubernetes-object';
export type { LabelCondition, LabelConditions } from './model/label-selector';
export { ModelError, type ModelErrorOptions } from './model/model-error';
export { Override } from './model/override';
export type { CommandOverride } from './model/override-command';
export type { ImageOverride, ImagePartChange } from './model/override-image';
export type { MetadataOverride } from './model/override-metadata';
export type { FieldPatch, PatchOperation } from './model/override-patch';
export { Placement } from './model/placement';
export type { ClusterWeight, ReplicaDivision, ReplicasByName, WeightsByName } from './model/replica-division';
export { type ResourceKind, ResourceSelector } from './model/resource-selector';
export type { Spread, SpreadRange } from './model/spread-constraint';
export { Suspension } from './model/suspension';
export { Toleration, type TolerationProperties } from './model/toleration';
