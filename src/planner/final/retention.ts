import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, stringMapOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';

/** The label of a Deployment whose replicas a member keeps. */
export const retainReplicasLabel = 'resourcetemplate.karmada.io/retain-replicas';

/**
 * Whether a member keeps the replicas that a copy has there when Karmada writes the copy again.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/retain.go, retainWorkloadReplicas
 */
export function retainsReplicas(copy: KubernetesObject, state: ControlPlaneState): boolean {
  if (retainsItself(copy, state)) return true;
  if (copy.kind !== 'Deployment' || apiGroup(copy.apiVersion) !== 'apps') return false;
  return stringMapOf(copy.metadata?.labels)?.[retainReplicasLabel] === 'true';
}

/** Whether a customization has a retention script for the kind. */
export function retainsItself({ apiVersion, kind }: KubernetesObject, state: ControlPlaneState): boolean {
  return state.ofKind('config.karmada.io/v1alpha1', 'ResourceInterpreterCustomization').some(({ object: { spec } }) => {
    const target = fieldAt(spec, 'target');
    const isTarget = fieldAt(target, 'apiVersion') === apiVersion && fieldAt(target, 'kind') === kind;
    return isTarget && fieldAt(spec, 'customizations', 'retention') !== undefined;
  });
}
