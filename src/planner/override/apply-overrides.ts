import type { Cluster } from '../../karmada/cluster';
import type { OverrideRuleSpec, OverridersSpec } from '../../karmada/policy-spec';
import { defaultKarmadaVersion, type KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import { compareText, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { type OverridePolicy, policyKey } from '../control-plane-state/policy';
import { PatchFailure } from './json-patch';
import { type OverriderName, overriderSteps } from './overriders';

/** One rule of an override policy that applied. */
export interface AppliedOverride {
  readonly policy: OverridePolicy;
  /** Index in `overrideRules`; 0 for the deprecated `spec.overriders`. */
  readonly rule: number;
}

/** The object that a member receives, or the failure after which Karmada sends nothing there. */
export type OverrideResult =
  | {
      readonly kind: 'overridden';
      readonly object: KubernetesObject;
      /** Every rule applied, in order; a policy appears once for each of its rules. */
      readonly applied: readonly AppliedOverride[];
    }
  | {
      readonly kind: 'failed';
      /** A sentence with policy, rule and overrider. */
      readonly why: string;
      readonly policy: OverridePolicy;
      readonly rule: number;
      readonly step: OverriderName;
      /** Index within the step; 0 for `plaintext`, which is one patch. */
      readonly index: number;
    };

/** One overrider that was applied. */
export interface OverrideStep {
  readonly policy: OverridePolicy;
  /** Index in `overrideRules`; 0 for the deprecated `spec.overriders`. */
  readonly rule: number;
  readonly step: OverriderName;
  /** Index within the step; 0 for `plaintext`, which is one patch. */
  readonly index: number;
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
}

/** Options of {@link applyOverrides}. */
export interface OverrideOptions {
  /** @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /**
   * Called after each overrider that did not fail.
   *
   * @default - not called
   * @internal
   */
  readonly onStep?: (step: OverrideStep) => void;
}

/**
 * Applies the override policies to the copy of a template for one cluster: ClusterOverridePolicies first, then the
 * OverridePolicies of its namespace. Within a kind the order is from the least to the most precise selector, then by
 * name. Within a policy every rule that targets the cluster applies, in order. The first failure stops everything.
 *
 * @param object - the copy with revised replicas; never changed
 * @param policies - a control-plane state, or the policies as plain objects
 * @returns a copy that shares the parts that no override changes; the object itself if none applies
 * @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, ApplyOverridePolicies
 */
export function applyOverrides(
  object: KubernetesObject,
  cluster: Cluster,
  policies: ControlPlaneState | readonly KubernetesObject[],
  options: OverrideOptions = {},
): OverrideResult {
  const { karmada = defaultKarmadaVersion, onStep } = options;
  const state =
    policies instanceof ControlPlaneState ? policies : ControlPlaneState.ofObjects(policies, { asWritten: true });
  const applied: AppliedOverride[] = [];
  let current = object;
  // Namespaced policies are matched against the object after the cluster-scoped ones were applied.
  for (const namespaceOf of [() => '', () => textOf(current.metadata?.namespace) || undefined]) {
    const namespace = namespaceOf();
    if (namespace === undefined) break;
    for (const policy of matchingPolicies(current, state, namespace)) {
      for (const [rule, { targetCluster, overriders }] of rulesOf(policy).entries()) {
        if (targetCluster && !state.matchers.cluster(targetCluster, karmada)(cluster)) continue;
        const result = applyOverriders(current, overriders, onStep && ((step) => onStep({ policy, rule, ...step })));
        if (result instanceof Failure) return failed(policy, rule, result);
        current = result;
        applied.push({ policy, rule });
      }
    }
  }
  return { kind: 'overridden', object: current, applied };
}

/** Policies of a namespace (cluster-scoped ones for the empty string) that select the object, in the order of application. */
function matchingPolicies(object: KubernetesObject, state: ControlPlaneState, namespace: string): OverridePolicy[] {
  const matches = state.overrideSelectors(namespace)?.matchesOf(object) ?? [];
  return matches
    .sort((a, b) => a.priority - b.priority || compareText(a.owner.name, b.owner.name))
    .map(({ owner }) => owner);
}

/** The rules of a policy. Without rules, the deprecated fields count as one. */
export function rulesOf({ spec }: OverridePolicy): readonly OverrideRuleSpec[] {
  const rules = listOf<OverrideRuleSpec | null>(spec.overrideRules);
  if (rules.length === 0)
    return [{ ...(spec.targetCluster && { targetCluster: spec.targetCluster }), overriders: spec.overriders ?? {} }];
  return rules.map((rule) => (recordOf(rule) as OverrideRuleSpec | undefined) ?? { overriders: {} });
}

/** Where the overriders of one rule failed. */
class Failure {
  constructor(
    readonly step: OverriderName,
    readonly index: number,
    readonly why: string,
  ) {}
}

function applyOverriders(
  object: KubernetesObject,
  overriders: OverridersSpec,
  onStep: ((step: Omit<OverrideStep, 'policy' | 'rule'>) => void) | undefined,
): KubernetesObject | Failure {
  let current = object;
  for (const { name, apply } of overriderSteps) {
    const items = listOf<Readonly<Record<string, unknown>> | null>(recordOf(overriders)?.[name]);
    if (items.length === 0) continue;
    for (const [index, step] of apply(items.map((item) => recordOf(item) ?? {})).entries()) {
      try {
        const before = current;
        current = step(before);
        onStep?.({ step: name, index, before, after: current });
      } catch (error) {
        if (error instanceof PatchFailure) return new Failure(name, index, error.message);
        throw error;
      }
    }
  }
  return current;
}

function failed(policy: OverridePolicy, rule: number, { step, index, why }: Failure): OverrideResult {
  const place = listOf(policy.spec.overrideRules).length === 0 ? 'overriders' : `overrideRules[${rule}].overriders`;
  const item = step === 'plaintext' ? step : `${step}[${index}]`;
  return { kind: 'failed', why: `${policyKey(policy)} spec.${place}.${item}: ${why}`, policy, rule, step, index };
}
