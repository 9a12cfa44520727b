import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, namedKey, objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { type ScaleTarget, scaleTargetOf } from '../../kubernetes/scale-target';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { joinWords, nearMiss } from '../../problem/words';
import { autoscalingApi } from '../analysis/autoscaling';
import { defineRule, type LintContext } from '../engine/rule';

/** Kinds of Kubernetes without a scale subresource. */
const unscalable: ReadonlySet<string> = new Set(['DaemonSet', 'Job', 'CronJob', 'Pod', 'Service', 'ConfigMap']);

/** @see Karmada v1.18.2 pkg/controllers/federatedhpa/federatedhpa_controller.go, getBindingByLabel */
export const validAutoscalerTarget = defineRule({
  id: 'valid-autoscaler-target',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P50'],
  rank: 310,
  summary: 'A FederatedHPA or CronFederatedHPA scales something that is there and that a policy propagates.',
  rationale: 'Karmada accepts any target, finds nothing to scale, and says so in an event alone',
  check(context) {
    for (const kind of ['FederatedHPA', 'CronFederatedHPA']) {
      for (const scaler of context.controlPlane.ofKind(autoscalingApi, kind)) reportTarget(scaler, context);
    }
  },
});

function reportTarget(scaler: Manifest, context: LintContext): void {
  const { plannedTemplate, controlPlane, report } = context;
  const target = scaleTargetOf(scaler.object);
  if (target.kind === '' || target.name === '') return;
  const key = namedKey(target);
  if (unscalable.has(target.kind) && !apiGroup(target.apiVersion).includes('.')) {
    report({
      at: scaler,
      path: 'spec.scaleTargetRef.kind',
      message: `scales ${key}, and a ${target.kind} has no number of replicas to set`,
      fix: 'scale a Deployment, a StatefulSet or another kind with a scale subresource',
    });
    return;
  }
  const found = controlPlane.find(target);
  if (!found) {
    reportMissing(scaler, target, context);
    return;
  }
  const planned = plannedTemplate(found);
  if (planned?.outcome.kind !== 'unmatched') return;
  report({
    at: scaler,
    path: 'spec.scaleTargetRef',
    message: `scales ${key}, which no policy propagates`,
    why: 'the autoscaler looks up the binding of its target, which only exists once a policy claims it',
    fix: `select ${key} in a PropagationPolicy`,
    cause: `policy of ${planned.key}`,
  });
}

function reportMissing(scaler: Manifest, target: ScaleTarget, { controlPlane, report }: LintContext): void {
  const { kind, namespace, name, apiVersion } = target;
  const there = namesOf(target, controlPlane);
  const meant = nearMiss(name, there.names);
  const otherGroup = there.manifests.find(({ object }) => object.metadata?.name === name);
  report({
    at: scaler,
    path: otherGroup ? 'spec.scaleTargetRef.apiVersion' : 'spec.scaleTargetRef.name',
    // Alone in its namespace it may well be about a workload that other manifests make.
    ...(!there.any && { severity: 'info' }),
    message: otherGroup
      ? `scales ${namedKey(target)} of ${apiVersion}, and the ${kind} "${name}" is ${otherGroup.object.apiVersion}`
      : `scales ${namedKey(target)}, which is not among the manifests`,
    fix: otherGroup
      ? `write apiVersion: ${otherGroup.object.apiVersion}`
      : meant !== undefined
        ? `write name: ${meant}`
        : there.names.length > 0
          ? `scale one of ${joinWords(there.names)}, or add ${kind} "${name}"`
          : `add ${kind} "${name}" in namespace "${namespace}"`,
  });
}

/** What there is of the kind in the namespace, of any group, and whether there is any workload. */
function namesOf({ kind, namespace }: ScaleTarget, controlPlane: ControlPlaneState) {
  const inNamespace = controlPlane.objects.filter(({ object }) => object.metadata?.namespace === namespace);
  const manifests = inNamespace.filter(({ object }) => object.kind === kind);
  const names = manifests.map(({ object }) => textOf(object.metadata?.name));
  const any = inNamespace.some(
    ({ object }) => !objectKey(object).includes('HPA/') && apiGroup(object.apiVersion) !== 'policy.karmada.io',
  );
  return { manifests, names, any };
}
