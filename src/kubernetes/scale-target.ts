import { apiGroup, type KubernetesObject, type ObjectReference } from './object';
import { fieldAt, textOf } from './plain-data';

/** What an autoscaler scales. */
export type ScaleTarget = Required<ObjectReference>;

/**
 * The object that an autoscaler scales: a HorizontalPodAutoscaler, a ScaledObject of KEDA, or one of Karmada's.
 * Without apiVersion the kind is looked for among those of `apps`; a FederatedHPA is Karmada's.
 */
export function scaleTargetOf({ apiVersion, spec, metadata }: KubernetesObject): ScaleTarget {
  const target = fieldAt(spec, 'scaleTargetRef');
  // Only KEDA lets the kind be left out.
  const kind = textOf(fieldAt(target, 'kind')) || (apiGroup(apiVersion) === 'keda.sh' ? 'Deployment' : '');
  return {
    apiVersion: textOf(fieldAt(target, 'apiVersion')) || (kind === 'FederatedHPA' ? apiVersion : 'apps/v1'),
    kind,
    namespace: textOf(metadata?.namespace),
    name: textOf(fieldAt(target, 'name')),
  };
}
