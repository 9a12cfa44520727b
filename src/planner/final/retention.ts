import { hasRetainedReplicas } from '../../karmada/retained-replicas';
import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';

/**
 * Whether a member keeps the replicas that a copy has there when Karmada writes the copy again.
 */
export function retainsReplicas(copy: KubernetesObject, state: ControlPlaneState): boolean {
  return retainsItself(copy, state) || hasRetainedReplicas(copy);
}

/** Whether a customization has a retention script for the kind. */
export function retainsItself({ apiVersion, kind }: KubernetesObject, state: ControlPlaneState): boolean {
  return state.ofKind('config.karmada.io/v1alpha1', 'ResourceInterpreterCustomization').some(({ object: { spec } }) => {
    const target = fieldAt(spec, 'target');
    const isTarget = fieldAt(target, 'apiVersion') === apiVersion && fieldAt(target, 'kind') === kind;
    return isTarget && fieldAt(spec, 'customizations', 'retention') !== undefined;
  });
}
