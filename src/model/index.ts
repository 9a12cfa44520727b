/** The values that authors build, and the plain objects that manifests hold. */

export type { AffinityGroup, OverflowGroup } from './affinity-group';
export type { ApiEnablement, Cluster, ClusterTaint } from './cluster';
export type { TopologyCondition, TopologyConditions } from './cluster-affinity';
export type { ClusterChoice } from './cluster-choice';
export type { ClusterProperties, ClusterTaintProperties } from './cluster-properties';
export { type ClusterConditions, Clusters } from './clusters';
export { type ApplicationFailover, type ClusterFailover, Failover, type FailoverProperties } from './failover';
export type { Finding, FindingLocation, FindingObject, Severity } from './finding';
export { Fleet } from './fleet';
export { FleetClusters } from './fleet-clusters';
export { atLeast, defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from './karmada-version';
export { checkKnownProperties, checkOneOf, nearMiss } from './known-properties';
export {
  apiGroup,
  type Json,
  type KubernetesObject,
  type LabelSelectorRequirementSpec,
  type LabelSelectorSpec,
  type ObjectMetadata,
  objectKey,
} from './kubernetes-object';
export type { LabelCondition, LabelConditions } from './label-selector';
export type { ConstructOrigin, FileOrigin, Manifest, MemoryOrigin, Origin, TextPosition } from './manifest';
export { ModelError, type ModelErrorOptions } from './model-error';
export { Override } from './override';
export type { CommandOverride } from './override-command';
export type { ImageOverride, ImagePartChange } from './override-image';
export type { MetadataOverride } from './override-metadata';
export type { FieldPatch, PatchOperation } from './override-patch';
export type {
  CommandArgsOverriderSpec,
  FieldOverriderSpec,
  FieldPatchSpec,
  ImageOverriderSpec,
  LabelAnnotationOverriderSpec,
  OverrideRuleSpec,
  OverridersSpec,
  OverrideSpec,
  PlaintextOverriderSpec,
} from './override-spec';
export { Placement } from './placement';
export type {
  ClusterAffinitySpec,
  ClusterAffinityTermSpec,
  FieldSelectorRequirementSpec,
  FieldSelectorSpec,
  OverflowAffinitySpec,
  PlacementSpec,
  ReplicaSchedulingSpec,
  SpreadConstraintSpec,
  StaticWeightSpec,
  TolerationSpec,
  WeightPreferenceSpec,
  WorkloadAffinitySpec,
} from './placement-spec';
export type {
  ApplicationFailoverSpec,
  ClusterFailoverSpec,
  FailoverSpec,
  PropagationSpec,
  ResourceSelectorSpec,
  StatePreservationSpec,
  SuspensionSpec,
} from './propagation-spec';
export type { ClusterWeight, ReplicaDivision, ReplicasByName, WeightsByName } from './replica-division';
export { type ResourceKind, ResourceSelector } from './resource-selector';
export type { Spread, SpreadRange } from './spread-constraint';
export { Suspension } from './suspension';
export { Toleration, type TolerationProperties } from './toleration';
