import type { ClusterAffinitySpec } from './placement-spec';
import type { ResourceSelectorSpec } from './propagation-spec';

/**
 * `spec` of an OverridePolicy or ClusterOverridePolicy, as manifests hold it.
 *
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/override_types.go, OverrideSpec
 */
export interface OverrideSpec {
  /** Empty or absent: every template. */
  readonly resourceSelectors?: readonly ResourceSelectorSpec[];
  readonly overrideRules?: readonly OverrideRuleSpec[];
  /** Deprecated by Karmada in favour of `overrideRules`. */
  readonly targetCluster?: ClusterAffinitySpec;
  /** Deprecated by Karmada in favour of `overrideRules`. */
  readonly overriders?: OverridersSpec;
}

export interface OverrideRuleSpec {
  /** Absent: all clusters. */
  readonly targetCluster?: ClusterAffinitySpec;
  readonly overriders: OverridersSpec;
}

export interface OverridersSpec {
  readonly imageOverrider?: readonly ImageOverriderSpec[];
  readonly commandOverrider?: readonly CommandArgsOverriderSpec[];
  readonly argsOverrider?: readonly CommandArgsOverriderSpec[];
  readonly labelsOverrider?: readonly LabelAnnotationOverriderSpec[];
  readonly annotationsOverrider?: readonly LabelAnnotationOverriderSpec[];
  readonly fieldOverrider?: readonly FieldOverriderSpec[];
  readonly plaintext?: readonly PlaintextOverriderSpec[];
}

export interface ImageOverriderSpec {
  readonly predicate?: { readonly path: string };
  /** Registry, Repository or Tag. */
  readonly component: string;
  /** add, remove or replace. */
  readonly operator: string;
  readonly value?: string;
}

export interface CommandArgsOverriderSpec {
  readonly containerName: string;
  /** add or remove. */
  readonly operator: string;
  readonly value?: readonly string[];
}

export interface LabelAnnotationOverriderSpec {
  /** add, remove or replace. */
  readonly operator: string;
  readonly value?: Readonly<Record<string, string>>;
}

export interface FieldOverriderSpec {
  readonly fieldPath: string;
  readonly json?: readonly FieldPatchSpec[];
  readonly yaml?: readonly FieldPatchSpec[];
}

export interface FieldPatchSpec {
  readonly subPath: string;
  /** add, remove or replace. */
  readonly operator: string;
  readonly value?: unknown;
}

export interface PlaintextOverriderSpec {
  readonly path: string;
  /** add, remove or replace. */
  readonly operator: string;
  readonly value?: unknown;
}
