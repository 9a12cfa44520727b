// From the CustomResourceDefinitions of Karmada v1.19.0 (Apache-2.0), by `npm run import`. Generated; do not edit.
import type { LabelSelectorSpec } from '../src/kubernetes/object';

export interface PropagationSpec {
  /** Lazy. */
  readonly activationPreference?: string;
  readonly association?: boolean;
  /** Abort or Overwrite. */
  readonly conflictResolution?: string;
  readonly dependentOverrides?: readonly string[];
  readonly failover?: FailoverSpec;
  readonly placement?: PlacementSpec;
  /** Always or Never. */
  readonly preemption?: string;
  readonly preserveResourcesOnDeletion?: boolean;
  readonly priority?: number;
  readonly propagateDeps?: boolean;
  readonly resourceSelectors?: readonly ResourceSelectorSpec[];
  readonly schedulePriority?: SchedulePrioritySpec;
  readonly schedulerName?: string;
  readonly suspension?: SuspensionSpec;
}

export interface FailoverSpec {
  readonly application?: ApplicationFailoverSpec;
  readonly cluster?: ClusterFailoverSpec;
}

export interface ApplicationFailoverSpec {
  readonly decisionConditions?: DecisionConditionsSpec;
  readonly gracePeriodSeconds?: number;
  /** Directly, Gracefully or Never. */
  readonly purgeMode?: string;
  readonly statePreservation?: StatePreservationSpec;
}

export interface DecisionConditionsSpec {
  readonly tolerationSeconds?: number;
}

export interface StatePreservationSpec {
  readonly rules: readonly StatePreservationRuleSpec[];
}

export interface StatePreservationRuleSpec {
  readonly aliasLabelName: string;
  readonly jsonPath: string;
}

export interface ClusterFailoverSpec {
  /** Directly or Gracefully. */
  readonly purgeMode?: string;
  readonly statePreservation?: StatePreservationSpec;
}

export interface PlacementSpec {
  readonly clusterAffinities?: readonly ClusterAffinityTermSpec[];
  readonly clusterAffinity?: ClusterAffinitySpec;
  readonly clusterTolerations?: readonly TolerationSpec[];
  readonly replicaScheduling?: ReplicaSchedulingSpec;
  readonly spreadConstraints?: readonly SpreadConstraintSpec[];
  /** Since Karmada 1.17. */
  readonly workloadAffinity?: WorkloadAffinitySpec;
}

export interface ClusterAffinityTermSpec {
  readonly affinityName: string;
  readonly clusterNames?: readonly string[];
  readonly exclude?: readonly string[];
  readonly fieldSelector?: FieldSelectorSpec;
  readonly labelSelector?: LabelSelectorSpec;
  /** Since Karmada 1.18. */
  readonly overflowAffinities?: readonly OverflowAffinitySpec[];
}

export interface FieldSelectorSpec {
  readonly matchExpressions?: readonly FieldSelectorRequirementSpec[];
}

export interface FieldSelectorRequirementSpec {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface OverflowAffinitySpec {
  readonly affinityName: string;
  readonly clusterNames?: readonly string[];
  readonly exclude?: readonly string[];
  readonly fieldSelector?: FieldSelectorSpec;
  readonly labelSelector?: LabelSelectorSpec;
}

export interface ClusterAffinitySpec {
  readonly clusterNames?: readonly string[];
  readonly exclude?: readonly string[];
  readonly fieldSelector?: FieldSelectorSpec;
  readonly labelSelector?: LabelSelectorSpec;
}

export interface TolerationSpec {
  readonly effect?: string;
  readonly key?: string;
  readonly operator?: string;
  readonly tolerationSeconds?: number;
  readonly value?: string;
}

export interface ReplicaSchedulingSpec {
  /** Aggregated or Weighted. */
  readonly replicaDivisionPreference?: string;
  /** Duplicated or Divided. */
  readonly replicaSchedulingType?: string;
  readonly weightPreference?: WeightPreferenceSpec;
}

export interface WeightPreferenceSpec {
  /** AvailableReplicas. */
  readonly dynamicWeight?: string;
  readonly staticWeightList?: readonly StaticWeightSpec[];
}

export interface StaticWeightSpec {
  readonly targetCluster: ClusterAffinitySpec;
  readonly weight: number;
}

export interface SpreadConstraintSpec {
  readonly maxGroups?: number;
  readonly minGroups?: number;
  /** cluster, region, zone or provider. */
  readonly spreadByField?: string;
  readonly spreadByLabel?: string;
}

export interface WorkloadAffinitySpec {
  readonly affinity?: WorkloadAffinityTermSpec;
  readonly antiAffinity?: WorkloadAffinityTermSpec;
}

export interface WorkloadAffinityTermSpec {
  readonly groupByLabelKey: string;
}

export interface ResourceSelectorSpec {
  readonly apiVersion: string;
  readonly kind: string;
  readonly labelSelector?: LabelSelectorSpec;
  readonly name?: string;
  readonly namespace?: string;
}

export interface SchedulePrioritySpec {
  readonly priorityClassName: string;
  /** KubePriorityClass. */
  readonly priorityClassSource: string;
}

export interface SuspensionSpec {
  readonly dispatching?: boolean;
  readonly dispatchingOnClusters?: DispatchingOnClustersSpec;
}

export interface DispatchingOnClustersSpec {
  readonly clusterNames?: readonly string[];
}

export interface OverrideSpec {
  readonly overrideRules?: readonly OverrideRuleSpec[];
  readonly overriders?: OverridersSpec;
  readonly resourceSelectors?: readonly ResourceSelectorSpec[];
  readonly targetCluster?: ClusterAffinitySpec;
}

export interface OverrideRuleSpec {
  readonly overriders: OverridersSpec;
  readonly targetCluster?: ClusterAffinitySpec;
}

export interface OverridersSpec {
  readonly annotationsOverrider?: readonly LabelAnnotationOverriderSpec[];
  readonly argsOverrider?: readonly CommandArgsOverriderSpec[];
  readonly commandOverrider?: readonly CommandArgsOverriderSpec[];
  readonly fieldOverrider?: readonly FieldOverriderSpec[];
  readonly imageOverrider?: readonly ImageOverriderSpec[];
  readonly labelsOverrider?: readonly LabelAnnotationOverriderSpec[];
  readonly plaintext?: readonly PlaintextOverriderSpec[];
}

export interface LabelAnnotationOverriderSpec {
  /** add, remove or replace. */
  readonly operator: string;
  readonly value: Readonly<Record<string, string>>;
}

export interface CommandArgsOverriderSpec {
  readonly containerName: string;
  /** add or remove. */
  readonly operator: string;
  readonly value?: readonly string[];
}

export interface FieldOverriderSpec {
  readonly fieldPath: string;
  readonly json?: readonly FieldPatchSpec[];
  readonly yaml?: readonly FieldPatchSpec[];
}

export interface FieldPatchSpec {
  /** add, remove or replace. */
  readonly operator: string;
  readonly subPath: string;
  readonly value?: unknown;
}

export interface ImageOverriderSpec {
  /** Registry, Repository or Tag. */
  readonly component: string;
  /** add, remove or replace. */
  readonly operator: string;
  readonly predicate?: PredicateSpec;
  readonly value?: string;
}

export interface PredicateSpec {
  readonly path: string;
}

export interface PlaintextOverriderSpec {
  /** add, remove or replace. */
  readonly operator: string;
  readonly path: string;
  readonly value?: unknown;
}

/** Names of the properties of each type. */
export const specProperties = {
  PropagationSpec: ['activationPreference', 'association', 'conflictResolution', 'dependentOverrides', 'failover', 'placement', 'preemption', 'preserveResourcesOnDeletion', 'priority', 'propagateDeps', 'resourceSelectors', 'schedulePriority', 'schedulerName', 'suspension'],
  FailoverSpec: ['application', 'cluster'],
  ApplicationFailoverSpec: ['decisionConditions', 'gracePeriodSeconds', 'purgeMode', 'statePreservation'],
  DecisionConditionsSpec: ['tolerationSeconds'],
  StatePreservationSpec: ['rules'],
  StatePreservationRuleSpec: ['aliasLabelName', 'jsonPath'],
  ClusterFailoverSpec: ['purgeMode', 'statePreservation'],
  PlacementSpec: ['clusterAffinities', 'clusterAffinity', 'clusterTolerations', 'replicaScheduling', 'spreadConstraints', 'workloadAffinity'],
  ClusterAffinityTermSpec: ['affinityName', 'clusterNames', 'exclude', 'fieldSelector', 'labelSelector', 'overflowAffinities'],
  FieldSelectorSpec: ['matchExpressions'],
  FieldSelectorRequirementSpec: ['key', 'operator', 'values'],
  OverflowAffinitySpec: ['affinityName', 'clusterNames', 'exclude', 'fieldSelector', 'labelSelector'],
  ClusterAffinitySpec: ['clusterNames', 'exclude', 'fieldSelector', 'labelSelector'],
  TolerationSpec: ['effect', 'key', 'operator', 'tolerationSeconds', 'value'],
  ReplicaSchedulingSpec: ['replicaDivisionPreference', 'replicaSchedulingType', 'weightPreference'],
  WeightPreferenceSpec: ['dynamicWeight', 'staticWeightList'],
  StaticWeightSpec: ['targetCluster', 'weight'],
  SpreadConstraintSpec: ['maxGroups', 'minGroups', 'spreadByField', 'spreadByLabel'],
  WorkloadAffinitySpec: ['affinity', 'antiAffinity'],
  WorkloadAffinityTermSpec: ['groupByLabelKey'],
  ResourceSelectorSpec: ['apiVersion', 'kind', 'labelSelector', 'name', 'namespace'],
  SchedulePrioritySpec: ['priorityClassName', 'priorityClassSource'],
  SuspensionSpec: ['dispatching', 'dispatchingOnClusters'],
  DispatchingOnClustersSpec: ['clusterNames'],
  OverrideSpec: ['overrideRules', 'overriders', 'resourceSelectors', 'targetCluster'],
  OverrideRuleSpec: ['overriders', 'targetCluster'],
  OverridersSpec: ['annotationsOverrider', 'argsOverrider', 'commandOverrider', 'fieldOverrider', 'imageOverrider', 'labelsOverrider', 'plaintext'],
  LabelAnnotationOverriderSpec: ['operator', 'value'],
  CommandArgsOverriderSpec: ['containerName', 'operator', 'value'],
  FieldOverriderSpec: ['fieldPath', 'json', 'yaml'],
  FieldPatchSpec: ['operator', 'subPath', 'value'],
  ImageOverriderSpec: ['component', 'operator', 'predicate', 'value'],
  PredicateSpec: ['path'],
  PlaintextOverriderSpec: ['operator', 'path', 'value'],
} as const;
