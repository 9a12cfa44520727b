import { type KubernetesObject, referenceKey, referenceTo } from '../../kubernetes/object';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import type { LintInput } from './lint-input';
import type { SentTest } from './sent-templates';

export const autoscalingApi = 'autoscaling.karmada.io/v1alpha1';

const autoscalers: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['autoscaling.karmada.io/v1alpha1', 'FederatedHPA'],
  ['autoscaling.karmada.io/v1alpha1', 'CronFederatedHPA'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
];

/** Kinds that scale in the members: in the control plane nothing acts on them. */
const inMembers: ReadonlySet<string> = new Set(['HorizontalPodAutoscaler', 'ScaledObject']);

/** Whether an autoscaler among the manifests sets the replicas of a workload, so that the written number is a start. */
export type AutoscaledTest = (workload: KubernetesObject) => boolean;

/** The targets of all autoscalers that act. */
export function autoscaledIn({
  controlPlane,
  isSent,
}: Pick<LintInput, 'controlPlane'> & { readonly isSent: SentTest }): AutoscaledTest {
  const targets = new Set<string>();
  for (const [apiVersion, kind] of autoscalers) {
    for (const scaler of controlPlane.ofKind(apiVersion, kind)) {
      if (!inMembers.has(kind) || isSent(scaler)) targets.add(referenceKey(scaleTargetOf(scaler.object)));
    }
  }
  return (workload) => targets.size > 0 && targets.has(referenceKey(referenceTo(workload)));
}
