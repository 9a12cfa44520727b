import type { Manifest } from '../../kubernetes/manifest';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../../planner/matching/never-propagated';
import { type PolicySelection, selectPolicy } from '../../planner/matching/select-policy';
import type { LintInput } from './lint-input';

/** A template that policies may send, and the choice between those that select it. */
export interface ChosenPolicy extends PolicySelection {
  readonly template: Manifest;
}

/**
 * The choice of policy for every template that policies may claim: not for what Karmada never propagates, not for
 * Namespaces that it sends everywhere, and not for what another controller claims.
 */
export function policyChoicesOf({
  controlPlane,
  featureGates,
}: Pick<LintInput, 'controlPlane' | 'featureGates'>): readonly ChosenPolicy[] {
  const preemption = featureGates.has('PropagationPolicyPreemption');
  return controlPlane.templates
    .filter((template) => isUpToPolicies(template, controlPlane))
    .map((template) => ({ template, ...selectPolicy(template.object, controlPlane, { preemption }) }));
}

function isUpToPolicies({ object }: Manifest, controlPlane: ControlPlaneState): boolean {
  if (neverPropagated(object) !== undefined || isSyncedNamespace(object)) return false;
  if (claimedByController(object) !== undefined) return false;
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return true;
  const { namespace, name } = object.metadata ?? {};
  const exposed = { kind: 'MultiClusterService', namespace: textOf(namespace), name: textOf(name) };
  const exposing = controlPlane.find({ apiVersion: 'networking.karmada.io/v1alpha1', ...exposed });
  // Without CrossCluster among its types, a MultiClusterService sends the Service nowhere.
  return !listOf(fieldAt(exposing?.object.spec, 'types')).includes('CrossCluster');
}
