import type { Manifest } from '../../kubernetes/manifest';
import { type KubernetesObject, referenceKey, referenceTo } from '../../kubernetes/object';
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

const autoscalers: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['autoscaling.karmada.io/v1alpha1', 'FederatedHPA'],
  ['autoscaling.karmada.io/v1alpha1', 'CronFederatedHPA'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
];

/** Whether an autoscaler among the manifests sets the replicas of a workload, so that the written number is a start. */
export type AutoscaledTest = (workload: KubernetesObject) => boolean;

/** The targets of all autoscalers of a control plane. */
export function autoscaledIn(controlPlane: ControlPlaneState): AutoscaledTest {
  const targets = new Set<string>();
  for (const [apiVersion, kind] of autoscalers) {
    for (const { object } of controlPlane.ofKind(apiVersion, kind)) {
      targets.add(referenceKey(scaleTargetOf(object)));
    }
  }
  return (workload) => targets.size > 0 && targets.has(referenceKey(referenceTo(workload)));
}
