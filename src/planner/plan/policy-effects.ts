import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { isEqualData, listOf, recordOf, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { type ControlPlaneState, policyApi } from '../control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey } from '../control-plane-state/policy';
import type { UnschedulableOutcome, UnschedulableReason } from '../outcome';
import { bindingName } from './current-bindings';
import type { PlanOptions } from './plan-input';

/**
 * Why a policy does not act on a template at present.
 *
 * @param deployed - the templates in the control plane; undefined if unknown
 */
export function whyWaiting(
  policy: PropagationPolicy,
  template: KubernetesObject,
  state: ControlPlaneState,
  deployed: ControlPlaneState | undefined,
): Omit<UnschedulableOutcome, 'kept'> | undefined {
  const name = bindingName(template);
  const [problem] = textOf(template.metadata?.name) === '' ? [] : dnsSubdomainProblems(name);
  if (problem !== undefined) {
    const why = `its binding would be named "${name}", and such a name ${problem}`;
    return { kind: 'unschedulable', reason: 'BindingRefused', why };
  }
  const missing = missingOverrides(policy, state);
  const waiting = (reason: UnschedulableReason, why: string) => ({ kind: 'unschedulable', reason, why }) as const;
  if (missing.length > 0) {
    return waiting('DependentOverridesMissing', `${policyKey(policy)} waits for ${missing.join(', ')}`);
  }
  if (!deployed || !isLeftAlone(policy, template, deployed)) return undefined;
  return waiting('LazyActivation', `${policyKey(policy)} is Lazy and waits until the ${template.kind} itself changes`);
}

/**
 * Keys of the override policies that a policy depends on and that do not exist: OverridePolicies of its namespace, or
 * ClusterOverridePolicies for a cluster policy.
 *
 * @see Karmada v1.18.2 pkg/util/helper/policy.go, IsDependentOverridesPresent
 */
function missingOverrides({ kind, namespace, spec }: PropagationPolicy, state: ControlPlaneState): readonly string[] {
  const wanted = kind === 'PropagationPolicy' ? 'OverridePolicy' : 'ClusterOverridePolicy';
  return listOf<string>(spec.dependentOverrides)
    .filter((name) => !state.find({ apiVersion: policyApi, kind: wanted, namespace, name }))
    .map((name) => (namespace ? `${wanted}/${namespace}/${name}` : `${wanted}/${name}`));
}

/** The effects of a policy on a template in addition to its placement, in sentences. */
export function policyNotes(
  policy: PropagationPolicy,
  template: KubernetesObject,
  options: PlanOptions,
): readonly string[] {
  const { suspension, activationPreference, placement, preemption } = policy.spec;
  const notes: string[] = [];
  const name = policyKey(policy);
  if (suspension?.dispatching === true) notes.push(`${name} suspends dispatching to every cluster`);
  const paused = listOf<string>(suspension?.dispatchingOnClusters?.clusterNames);
  if (paused.length > 0) notes.push(`${name} suspends dispatching to ${paused.join(', ')}`);
  if (activationPreference === 'Lazy') {
    notes.push(`${name} is Lazy: it takes effect when the ${template.kind} itself changes next`);
  }
  if (preemption === 'Always' && !options.featureGates?.PropagationPolicyPreemption) {
    notes.push(`${name} preempts only where the feature gate PropagationPolicyPreemption is on`);
  }
  if (placement?.workloadAffinity && !options.featureGates?.WorkloadAffinity) {
    notes.push(`workloadAffinity of ${name} counts only where the feature gate WorkloadAffinity is on`);
  }
  return notes;
}

/** Whether a policy suspends dispatching an object to a cluster. */
export function isSuspended(policy: PropagationPolicy | undefined, cluster: string): boolean {
  const suspension = policy?.spec.suspension;
  if (suspension?.dispatching === true) return true;
  return listOf<string>(suspension?.dispatchingOnClusters?.clusterNames).includes(cluster);
}

/**
 * Whether a Lazy policy has no effect on a template, because the template already exists in the control plane and does
 * not change. A Lazy policy takes effect when the template itself changes.
 *
 * @param deployed - the templates in the control plane
 * @see Karmada v1.18.2 pkg/detector/detector.go, ApplyPolicy
 */
function isLeftAlone(policy: PropagationPolicy, template: KubernetesObject, deployed: ControlPlaneState): boolean {
  if (policy.spec.activationPreference !== 'Lazy') return false;
  const before = deployed.find({
    apiVersion: template.apiVersion,
    kind: template.kind,
    namespace: textOf(template.metadata?.namespace),
    name: textOf(template.metadata?.name),
  });
  return before !== undefined && isEqualData(ownContent(before.object), ownContent(template));
}

/** The object without status, server-written metadata and Karmada's own labels and annotations. */
function ownContent(object: KubernetesObject): unknown {
  const { status: _, metadata, ...content } = object as KubernetesObject & { status?: unknown };
  return { ...content, labels: ownMarks(metadata?.labels), annotations: ownMarks(metadata?.annotations) };
}

function ownMarks(marks: unknown): unknown {
  const own = Object.entries(stringMapOf(recordOf(marks)) ?? {}).filter(([key]) => !key.includes('karmada.io/'));
  return Object.fromEntries(own);
}
