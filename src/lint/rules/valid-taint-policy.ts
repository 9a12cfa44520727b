import type { Manifest } from '../../kubernetes/manifest';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords, nearMiss } from '../../problem/words';
import { defineRule, type LintContext } from '../engine/rule';

const effects: readonly string[] = ['NoSchedule', 'NoExecute'];
const operators: readonly string[] = ['In', 'NotIn'];

/** @see Karmada v1.18.2 pkg/controllers/taint/clustertaintpolicy_controller.go */
export const validTaintPolicy = defineRule({
  id: 'valid-taint-policy',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P59'],
  summary: 'The effects, operators and conditions of a ClusterTaintPolicy can add a taint.',
  rationale: 'the webhook does not check them, and the controller then adds no taint to any cluster',
  check(context) {
    for (const at of context.controlPlane.ofKind('policy.karmada.io/v1alpha1', 'ClusterTaintPolicy')) {
      reportEffects(at, context);
      for (const field of ['addOnConditions', 'removeOnConditions']) reportOperators(at, field, context);
      reportConditions(at, context);
    }
  },
});

function reportEffects(at: Manifest, { report }: LintContext): void {
  for (const [index, taint] of listOf(fieldAt(at.object.spec, 'taints')).entries()) {
    const effect = textOf(fieldAt(taint, 'effect'));
    if (effects.includes(effect)) continue;
    report({
      at,
      path: `spec.taints[${index}].effect`,
      message: `the effect "${effect}" of taint "${textOf(fieldAt(taint, 'key'))}" is not valid for a Cluster`,
      why: 'the Cluster API accepts only NoSchedule and NoExecute, and rejects the taint when the controller writes it',
      fix: instead(effect, effects),
    });
  }
}

function reportOperators(at: Manifest, field: string, { report }: LintContext): void {
  for (const [index, condition] of listOf(fieldAt(at.object.spec, field)).entries()) {
    const operator = textOf(fieldAt(condition, 'operator'));
    if (operators.includes(operator)) continue;
    report({
      at,
      path: `spec.${field}[${index}].operator`,
      message: `the operator "${operator}" for condition ${textOf(fieldAt(condition, 'conditionType'))} is neither In nor NotIn, so the condition is never met`,
      fix: instead(operator, operators),
    });
  }
}

/** An empty list never matches. */
function reportConditions(at: Manifest, { report }: LintContext): void {
  if (listOf(fieldAt(at.object.spec, 'addOnConditions')).length > 0) return;
  const taints = listOf(fieldAt(at.object.spec, 'taints')).map((taint) => textOf(fieldAt(taint, 'key')));
  if (listOf(fieldAt(at.object.spec, 'removeOnConditions')).length > 0) return;
  report({
    at,
    path: 'spec.addOnConditions',
    message: `has no addOnConditions, so ${joinWords(taints, 'and')} is never added`,
    why: 'an empty list of conditions is never met',
    fix: 'add a condition, for example { conditionType: Ready, operator: NotIn, statusValues: ["True"] }',
  });
}

function instead(value: string, allowed: readonly string[]): string {
  const meant = nearMiss(value, allowed);
  return meant === undefined ? `write ${joinWords(allowed, 'or')}` : `write ${meant}`;
}
