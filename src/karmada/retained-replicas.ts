import { apiGroup, type KubernetesObject } from '../kubernetes/object';
import { stringMapOf } from '../kubernetes/plain-data';

/** The label of a Deployment whose replicas a member keeps. */
export const retainReplicasLabel = 'resourcetemplate.karmada.io/retain-replicas';

/**
 * Whether an object is a Deployment whose replicas a member keeps when Karmada writes the copy again.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/retain.go, retainWorkloadReplicas
 */
export function hasRetainedReplicas({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  if (kind !== 'Deployment' || apiGroup(apiVersion) !== 'apps') return false;
  return stringMapOf(metadata?.labels)?.[retainReplicasLabel] === 'true';
}
