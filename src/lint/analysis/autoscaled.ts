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

const known = new WeakMap<ControlPlaneState, AutoscaledTest>();

/** Finds the targets of all autoscalers once for a federation. */
export function autoscaledIn(federation: ControlPlaneState): AutoscaledTest {
  let test = known.get(federation);
  if (!test) {
    const targets = new Set<string>();
    for (const [apiVersion, kind] of autoscalers) {
      for (const { object } of federation.ofKind(apiVersion, kind)) {
        const reference = fieldAt(object.spec, 'scaleTargetRef');
        const group = apiGroup(textOf(fieldAt(reference, 'apiVersion')) || 'apps/v1');
        const target = textOf(fieldAt(reference, 'kind')) || 'Deployment';
        targets.add([group, target, object.metadata?.namespace, fieldAt(reference, 'name')].join('/'));
      }
    }
    test = ({ apiVersion, kind, metadata }) =>
      targets.size > 0 && targets.has([apiGroup(apiVersion), kind, metadata?.namespace, metadata?.name].join('/'));
    known.set(federation, test);
  }
  return test;
}
