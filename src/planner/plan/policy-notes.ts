import type { KubernetesObject } from '../../kubernetes/object';
import { listOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { policyApi } from '../control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey } from '../control-plane-state/policy';
import type { PlanOptions } from './options';

/**
 * Keys of the override policies that a policy wants to be there first and that are not: OverridePolicies of its
 * namespace, or ClusterOverridePolicies for a cluster policy.
 *
 * @see Karmada v1.18.2 pkg/util/helper/policy.go, IsDependentOverridesPresent
 */
export function missingOverrides(
  { kind, namespace, spec }: PropagationPolicy,
  federation: ControlPlaneState,
): readonly string[] {
  const wanted = kind === 'PropagationPolicy' ? 'OverridePolicy' : 'ClusterOverridePolicy';
  return listOf<string>(spec.dependentOverrides)
    .filter((name) => !federation.find({ apiVersion: policyApi, kind: wanted, namespace, name }))
    .map((name) => (namespace ? `${wanted}/${namespace}/${name}` : `${wanted}/${name}`));
}

/** What a policy does to a template beside placing it, in sentences. */
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

/** Whether a policy keeps an object from being sent to a cluster for the time being. */
export function isSuspended(policy: PropagationPolicy | undefined, cluster: string): boolean {
  const suspension = policy?.spec.suspension;
  if (suspension?.dispatching === true) return true;
  return listOf<string>(suspension?.dispatchingOnClusters?.clusterNames).includes(cluster);
}
