import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt } from '../../kubernetes/plain-data';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { joinWords } from '../../problem/words';
import { definePlanRule, type PlanContext } from '../engine/rule';

const retainLabel = 'resourcetemplate.karmada.io/retain-replicas';

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
  if (clusters.length === 0 || retainsItself(object, controlPlane)) return;
  const isDeployment = object.kind === 'Deployment' && apiGroup(object.apiVersion) === 'apps';
  const label: unknown = object.metadata?.labels?.[retainLabel];
  if (isDeployment && label === 'true') return;
  const where = joinWords(clusters, 'and');
  report({
    at: workload.manifest,
    path: label === undefined ? 'metadata.labels' : `metadata.labels[${retainLabel}]`,
    message: `is scaled by ${scaler.key} in ${where}, but Karmada keeps resetting its replicas${isDeployment ? `: the label ${retainLabel} is ${label === undefined ? 'missing' : JSON.stringify(label)}` : ''}`,
    fix: isDeployment
      ? `add the label ${retainLabel}: "true", or scale it with a FederatedHPA instead of ${scaler.key}`
      : `scale it with a FederatedHPA instead of ${scaler.key}: Karmada retains replicas only for Deployments`,
  });
}

/** Whether a customization has a retention script for the kind. */
function retainsItself({ apiVersion, kind }: KubernetesObject, controlPlane: ControlPlaneState): boolean {
  return controlPlane
    .ofKind('config.karmada.io/v1alpha1', 'ResourceInterpreterCustomization')
    .some(({ object: { spec } }) => {
      const target = fieldAt(spec, 'target');
      const isTarget = fieldAt(target, 'apiVersion') === apiVersion && fieldAt(target, 'kind') === kind;
      return isTarget && fieldAt(spec, 'customizations', 'retention') !== undefined;
    });
}
