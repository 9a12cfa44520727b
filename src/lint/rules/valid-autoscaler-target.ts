import { isKarmadaGroup } from '../../karmada/group';
import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, namedKey, objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { type ScaleTarget, scaleTargetOf } from '../../kubernetes/scale-target';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { federatedScalers } from '../../planner/final/autoscalers';
import { joinWords, nearMiss } from '../../problem/words';
import { missingPolicy } from '../analysis/missing-object';
import { policyCause } from '../analysis/unselected-templates';
import { defineRule, type LintContext } from '../engine/rule';

/** Kubernetes kinds without a scale subresource. */
const unscalable: ReadonlySet<string> = new Set(['DaemonSet', 'Job', 'CronJob', 'Pod', 'Service', 'ConfigMap']);

/** @see Karmada v1.18.2 pkg/controllers/federatedhpa/federatedhpa_controller.go, getBindingByLabel */
export const validAutoscalerTarget = defineRule({
  id: 'valid-autoscaler-target',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P50'],
  rank: 310,
  summary: 'The target of a FederatedHPA or CronFederatedHPA exists and is propagated.',
  rationale: 'Karmada accepts any target; if there is nothing to scale, it reports that only in an event',
  check(context) {
    for (const { apiVersion, kind } of federatedScalers) {
      for (const scaler of context.controlPlane.ofKind(apiVersion, kind)) reportTarget(scaler, context);
    }
  },
});

function reportTarget(scaler: Manifest, context: LintContext): void {
  const { isSent, policyChoices, controlPlane, report } = context;
  const target = scaleTargetOf(scaler.object);
  if (target.kind === '' || target.name === '') return;
  const key = namedKey(target);
  if (unscalable.has(target.kind) && !apiGroup(target.apiVersion).includes('.')) {
    report({
      at: scaler,
      path: 'spec.scaleTargetRef.kind',
      message: `scales ${key}, but a ${target.kind} has no replicas`,
      fix: 'scale a Deployment, a StatefulSet or another kind with a scale subresource',
    });
    return;
  }
  const found = controlPlane.find(target);
  if (!found) {
    reportMissing(scaler, target, context);
    return;
  }
  // The controllers of Karmada act on its own kinds in the control plane.
  if (isKarmadaGroup(apiGroup(target.apiVersion))) return;
  // The binding of a dependency has no claim, by which the autoscaler looks it up.
  const choice = policyChoices.find(({ template }) => template.origin === found.origin);
  if (choice ? choice.winner : isSent(found)) return;
  report({
    at: scaler,
    path: 'spec.scaleTargetRef',
    missing: missingPolicy,
    message: `scales ${key}, which no policy propagates`,
    why: 'the autoscaler looks up the binding of its target, which exists only if a policy claims the target',
    fix: `select ${key} in a PropagationPolicy`,
    cause: policyCause(found),
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
    // Without any workload in its namespace, the target is probably created elsewhere.
    ...(!there.any && { severity: 'info' }),
    missing: { kinds: [kind], name },
    message: otherGroup
      ? `scales ${namedKey(target)} of ${apiVersion}, but the ${kind} "${name}" has apiVersion ${otherGroup.object.apiVersion}`
      : `scales ${namedKey(target)}, which is not in the manifests`,
    fix: otherGroup
      ? `write apiVersion: ${otherGroup.object.apiVersion}`
      : meant !== undefined
        ? `write name: ${meant}`
        : there.names.length > 0
          ? `scale one of ${joinWords(there.names)}, or add ${kind} "${name}"`
          : `add ${kind} "${name}" in namespace "${namespace}"`,
  });
}

/** The objects of the kind in the namespace, in any group, and whether the namespace has any workload. */
function namesOf({ kind, namespace }: ScaleTarget, controlPlane: ControlPlaneState) {
  const inNamespace = controlPlane.objects.filter(({ object }) => object.metadata?.namespace === namespace);
  const manifests = inNamespace.filter(({ object }) => object.kind === kind);
  const names = manifests.map(({ object }) => textOf(object.metadata?.name));
  const any = inNamespace.some(
    ({ object }) => !objectKey(object).includes('HPA/') && apiGroup(object.apiVersion) !== 'policy.karmada.io',
  );
  return { manifests, names, any };
}
