import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

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
      const reference = fieldAt(object.spec, 'scaleTargetRef');
      const group = apiGroup(textOf(fieldAt(reference, 'apiVersion')) || 'apps/v1');
      const target = textOf(fieldAt(reference, 'kind')) || 'Deployment';
      targets.add([group, target, object.metadata?.namespace, fieldAt(reference, 'name')].join('/'));
    }
  }
  return ({ apiVersion, kind, metadata }) =>
    targets.size > 0 && targets.has([apiGroup(apiVersion), kind, metadata?.namespace, metadata?.name].join('/'));
}
