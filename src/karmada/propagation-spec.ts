import type { LabelSelectorSpec } from '../kubernetes/object';
import type { PlacementSpec } from './placement-spec';

/** Which templates a policy selects. An empty name means all; `labelSelector` counts only without a name. */
export interface ResourceSelectorSpec {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly labelSelector?: LabelSelectorSpec;
}

/**
 * `spec` of a PropagationPolicy or ClusterPropagationPolicy, as manifests hold it.
 *
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, PropagationSpec
 */
export interface PropagationSpec {
  readonly resourceSelectors?: readonly ResourceSelectorSpec[];
  readonly association?: boolean;
  readonly propagateDeps?: boolean;
  readonly placement?: PlacementSpec;
  readonly priority?: number;
  readonly preemption?: string;
  readonly dependentOverrides?: readonly string[];
  readonly schedulerName?: string;
  readonly failover?: FailoverSpec;
  readonly conflictResolution?: string;
  readonly activationPreference?: string;
  readonly suspension?: SuspensionSpec;
  readonly preserveResourcesOnDeletion?: boolean;
  readonly schedulePriority?: { readonly priorityClassSource: string; readonly priorityClassName: string };
}

export interface SuspensionSpec {
  readonly dispatching?: boolean;
  readonly dispatchingOnClusters?: { readonly clusterNames?: readonly string[] };
}

export interface FailoverSpec {
  readonly application?: ApplicationFailoverSpec;
  readonly cluster?: ClusterFailoverSpec;
}

export interface ApplicationFailoverSpec {
  readonly decisionConditions?: { readonly tolerationSeconds?: number };
  readonly purgeMode?: string;
  readonly gracePeriodSeconds?: number;
  readonly statePreservation?: StatePreservationSpec;
}

export interface ClusterFailoverSpec {
  readonly purgeMode?: string;
  readonly statePreservation?: StatePreservationSpec;
}

export interface StatePreservationSpec {
  readonly rules: readonly { readonly aliasLabelName: string; readonly jsonPath: string }[];
}
