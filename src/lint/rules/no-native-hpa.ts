import { hasRetainedReplicas, retainReplicasLabel } from '../../karmada/retained-replicas';
import { apiGroup } from '../../kubernetes/object';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import type { TemplatePlan } from '../../planner';
import { retainsItself } from '../../planner/final/retention';
import { joinWords } from '../../problem/words';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** Kinds that scale a workload inside its cluster. */
const autoscalers: ReadonlySet<string> = new Set(['autoscaling HorizontalPodAutoscaler', 'keda.sh ScaledObject']);

/** @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/retain.go, retainWorkloadReplicas */
export const noNativeHpa = definePlanRule({
  id: 'no-native-hpa',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P49'],
  summary: 'A workload that is scaled inside its member cluster retains its replicas there.',
  rationale:
    'Karmada keeps resetting the replicas to those of the template, against the autoscaler in the cluster; minimum and maximum apply per cluster, so totals multiply',
  check(context) {
    for (const scaler of context.plan.templates) {
      const { apiVersion, kind } = scaler.manifest.object;
      if (!autoscalers.has(`${apiGroup(apiVersion)} ${kind}`) || scaler.possibleClusters.length === 0) continue;
      const target = context.controlPlane.find(scaleTargetOf(scaler.manifest.object));
      const workload = target && context.plannedTemplate(target);
      if (workload) reportReset(scaler, workload, context);
    }
  },
});

function reportReset(scaler: TemplatePlan, workload: TemplatePlan, { controlPlane, report }: PlanContext): void {
  const { object } = workload.manifest;
  const clusters = workload.possibleClusters.filter((cluster) => scaler.possibleClusters.includes(cluster));
  if (clusters.length === 0 || retainsItself(object, controlPlane) || hasRetainedReplicas(object)) return;
  const isDeployment = object.kind === 'Deployment' && apiGroup(object.apiVersion) === 'apps';
  const label: unknown = object.metadata?.labels?.[retainReplicasLabel];
  const where = joinWords(clusters, 'and');
  report({
    at: workload.manifest,
    path: label === undefined ? 'metadata.labels' : `metadata.labels[${retainReplicasLabel}]`,
    message: `is scaled by ${scaler.key} in ${where}, but Karmada keeps resetting its replicas${isDeployment ? `: the label ${retainReplicasLabel} is ${label === undefined ? 'missing' : JSON.stringify(label)}` : ''}`,
    fix: isDeployment
      ? `add the label ${retainReplicasLabel}: "true", or scale it with a FederatedHPA instead of ${scaler.key}`
      : `scale it with a FederatedHPA instead of ${scaler.key}: Karmada retains replicas only for Deployments`,
  });
}
