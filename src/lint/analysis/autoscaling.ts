import { type KindName, type KubernetesObject, referenceKey, referenceTo } from '../../kubernetes/object';
import { byTarget, federatedScalers, memberScalers } from '../../planner/final/autoscalers';
import type { LintInput } from './lint-input';
import type { SentTest } from './sent-templates';

/** Whether an autoscaler among the manifests sets the replicas of a workload, so that the written number is a start. */
export type AutoscaledTest = (workload: KubernetesObject) => boolean;

/** The targets of all autoscalers that act. */
export function autoscaledIn({
  controlPlane,
  isSent,
}: Pick<LintInput, 'controlPlane'> & { readonly isSent: SentTest }): AutoscaledTest {
  const targetsOf = ({ apiVersion, kind }: KindName) => [...byTarget(controlPlane, apiVersion, kind)];
  // In the control plane itself nothing acts on the kinds that scale in the members.
  const targets = new Set([
    ...federatedScalers.flatMap(targetsOf).map(([key]) => key),
    ...memberScalers.flatMap(targetsOf).flatMap(([key, scalers]) => (scalers.some(isSent) ? [key] : [])),
  ]);
  return (workload) => targets.size > 0 && targets.has(referenceKey(referenceTo(workload)));
}
