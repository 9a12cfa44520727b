import type { Manifest } from '../../kubernetes/manifest';
import { referenceKey } from '../../kubernetes/object';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

export const autoscalingApi = 'autoscaling.karmada.io/v1alpha1';

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
