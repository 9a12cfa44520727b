import { apiGroup, type KubernetesObject, type ObjectReference } from './object';
import { fieldAt, textOf } from './plain-data';

export type ScaleTarget = Required<ObjectReference>;

/**
 * The object that an autoscaler scales: a HorizontalPodAutoscaler, a ScaledObject of KEDA, or one of Karmada's.
 * Without an apiVersion the kind is assumed to be in `apps`.
 */
export function scaleTargetOf({ apiVersion, spec, metadata }: KubernetesObject): ScaleTarget {
  const target = fieldAt(spec, 'scaleTargetRef');
  // Only KEDA allows an omitted kind.
  const kind = textOf(fieldAt(target, 'kind')) || (apiGroup(apiVersion) === 'keda.sh' ? 'Deployment' : '');
  return {
    apiVersion: textOf(fieldAt(target, 'apiVersion')) || (kind === 'FederatedHPA' ? apiVersion : 'apps/v1'),
    kind,
    namespace: textOf(metadata?.namespace),
    name: textOf(fieldAt(target, 'name')),
  };
}
