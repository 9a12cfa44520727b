export {
  type Autoscaling,
  type ClusterConditionMatch,
  ClusterOverridePolicy,
  type ClusterOverridePolicyProps,
  ClusterPropagationPolicy,
  type ClusterPropagationPolicyProps,
  ClusterTaintPolicy,
  type ClusterTaintPolicyProps,
  type ContainerProbe,
  type ContainerShorthand,
  CronFederatedHPA,
  type CronFederatedHPAProps,
  type CronFederatedHPARule,
  type DecisionMatch,
  type EnvironmentSource,
  type EnvironmentValue,
  type Exposure,
  FederatedApp,
  type FederatedAppProps,
  FederatedHPA,
  type FederatedHPAProps,
  FederatedResourceQuota,
  type FederatedResourceQuotaProps,
  Federation,
  type FederationProps,
  FindingsError,
  type IngressBackend,
  type IngressPath,
  type IngressRule,
  type IngressTls,
  type InterpretedKind,
  type InterpreterClient,
  type InterpreterOperation,
  type InterpreterRule,
  type InterpreterScripts,
  type InterpreterWebhook,
  Lint,
  MultiClusterIngress,
  type MultiClusterIngressProps,
  MultiClusterService,
  type MultiClusterServicePort,
  type MultiClusterServiceProps,
  type NamedClusters,
  type NamedResource,
  OverridePolicy,
  type OverridePolicyProps,
  type OverridingProps,
  type PolicyTaint,
  type PropagationOptions,
  PropagationPolicy,
  type PropagationPolicyProps,
  type PropagationProps,
  Remedy,
  type RemedyProps,
  ResourceInterpreterCustomization,
  type ResourceInterpreterCustomizationProps,
  ResourceInterpreterWebhookConfiguration,
  type ResourceInterpreterWebhookConfigurationProps,
  type SchedulePriority,
  type Selectable,
  ServiceExport,
  type ServiceExportProps,
  ServiceImport,
  type ServiceImportPort,
  type ServiceImportProps,
  type ServicePort,
  WorkloadRebalancer,
  type WorkloadRebalancerProps,
  type WorkloadShorthand,
} from './constructs';
export type {
  ApiEnablement,
  Cluster,
  ClusterTaint,
  ResourceAmounts,
  ResourceModel,
  ResourceQuantity,
  ResourceSummary,
} from './karmada/cluster';
export type {
  ApplicationFailoverSpec,
  ClusterAffinitySpec,
  ClusterAffinityTermSpec,
  ClusterFailoverSpec,
  CommandArgsOverriderSpec,
  DecisionConditionsSpec,
  DispatchingOnClustersSpec,
  FailoverSpec,
  FieldOverriderSpec,
  FieldPatchSpec,
  FieldSelectorRequirementSpec,
  FieldSelectorSpec,
  ImageOverriderSpec,
  LabelAnnotationOverriderSpec,
  OverflowAffinitySpec,
  OverrideRuleSpec,
  OverridersSpec,
  PlacementSpec,
  PlaintextOverriderSpec,
  PredicateSpec,
  ReplicaSchedulingSpec,
  ResourceSelectorSpec,
  SchedulePrioritySpec,
  SpreadConstraintSpec,
  StatePreservationRuleSpec,
  StatePreservationSpec,
  StaticWeightSpec,
  SuspensionSpec,
  TolerationSpec,
  WeightPreferenceSpec,
  WorkloadAffinitySpec,
  WorkloadAffinityTermSpec,
} from './karmada/policy-spec';
export type { KarmadaVersion } from './karmada/release';
export type {
  KubernetesObject,
  LabelSelectorRequirementSpec,
  LabelSelectorSpec,
  ObjectMetadata,
} from './kubernetes/object';
export type { RuleSetting, RuleSettings } from './lint';
export type { AffinityGroup, OverflowGroup } from './model/affinity-group';
export type { TopologyCondition, TopologyConditions } from './model/cluster-affinity';
export type { ClusterProperties, ClusterTaintProperties } from './model/cluster-properties';
export type { ClusterShare } from './model/cluster-shares';
export { type ClusterChoice, type ClusterConditions, Clusters } from './model/clusters';
export {
  Contract,
  type ContractGrouping,
  type ContractStart,
  type ContractSubject,
  type KeepingContract,
} from './model/contract';
export type { ContractGroup, ContractSpec, ContractTarget, LossMode } from './model/contract-spec';
export { CronExpression, type Schedule, type TimeOfDay, type Weekday } from './model/cron-expression';
export {
  type ApplicationFailover,
  type ClusterFailover,
  Failover,
  type FailoverProperties,
} from './model/failover';
export { Fleet } from './model/fleet';
export { FleetClusters } from './model/fleet-clusters';
export type { LabelCondition, LabelConditions } from './model/label-selector';
export {
  type DescribedObject,
  Metric,
  type MetricSpec,
  type ObjectTarget,
  type PodsTarget,
  type ResourceTarget,
} from './model/metric';
export { Override } from './model/override';
export type { CommandOverride } from './model/override-command';
export type { ImageOverride, ImagePartChange } from './model/override-image';
export type { MetadataOverride } from './model/override-metadata';
export type { FieldPatch, PatchOperation } from './model/override-patch';
export { Placement } from './model/placement';
export type { ClusterWeight, ReplicaDivision, ReplicasByName, WeightsByName } from './model/replica-division';
export type { Quantity, ResourceQuantities } from './model/resource-amount';
export { type ResourceKind, ResourceSelector } from './model/resource-selector';
export type { ScalingBehavior, ScalingPolicy, ScalingRules } from './model/scaling-behavior';
export type { Spread, SpreadRange } from './model/spread-constraint';
export { Suspension } from './model/suspension';
export { Toleration, type TolerationProperties } from './model/toleration';
export type { Finding, FindingLocation, FindingObject, Severity } from './problem/finding';
export { ModelError, type ModelErrorOptions } from './problem/model-error';
export type { Problem } from './problem/problem';
