import type { Manifest } from '../../kubernetes/manifest';
import { type KubernetesObject, referenceKey } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** What an autoscaler scales. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export const autoscalingApi = 'autoscaling.karmada.io/v1alpha1';

/** The target that an autoscaler names; without apiVersion its kind is looked for among those of `apps`. */
export function scaleTargetOf({ spec, metadata }: KubernetesObject): ScaleTarget {
  const reference = fieldAt(spec, 'scaleTargetRef');
  const kind = textOf(fieldAt(reference, 'kind'));
  return {
    apiVersion: textOf(fieldAt(reference, 'apiVersion')) || (kind === 'FederatedHPA' ? autoscalingApi : 'apps/v1'),
    kind,
    namespace: textOf(metadata?.namespace),
    name: textOf(fieldAt(reference, 'name')),
  };
}

/** Autoscalers of a kind by what they scale. */
export function byTarget(
  controlPlane: ControlPlaneState,
  apiVersion: string,
  kind: string,
): ReadonlyMap<string, readonly Manifest[]> {
  const scalers = new Map<string, Manifest[]>();
  for (const manifest of controlPlane.ofKind(apiVersion, kind)) {
    const key = referenceKey(scaleTargetOf(manifest.object));
    const others = scalers.get(key);
    if (others) others.push(manifest);
    else scalers.set(key, [manifest]);
  }
  return scalers;
}
