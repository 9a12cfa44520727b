import { standardCronProblem } from '../../kubernetes/cron';
import type { Manifest } from '../../kubernetes/manifest';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import { autoscalingApi } from '../../planner/final/autoscalers';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/cronfederatedhpa/cronfederatedhpa_job.go */
export const validCronRule = defineRule({
  id: 'valid-cron-rule',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P50'],
  summary: 'Every rule of a CronFederatedHPA has a schedule with five fields and the fields for its target.',
  rationale:
    'the controller reads only five schedule fields and the fields for the kind of its target; the webhook accepts more',
  check(context) {
    for (const scaler of context.controlPlane.ofKind(autoscalingApi, 'CronFederatedHPA')) {
      for (const [index, rule] of listOf(fieldAt(scaler.object.spec, 'rules')).entries()) {
        checkSchedule(scaler, rule, `spec.rules[${index}]`, context);
        checkNumbers(scaler, rule, `spec.rules[${index}]`, context);
      }
    }
  },
});

function checkSchedule(at: Manifest, rule: unknown, path: string, { report }: LintContext): void {
  const schedule = textOf(fieldAt(rule, 'schedule'));
  const problem = problemOf(schedule);
  if (problem === undefined) return;
  report({
    at,
    path: `${path}.schedule`,
    message: `${problem}, so rule "${textOf(fieldAt(rule, 'name'))}" never runs`,
    fix: 'write minute, hour, day of month, month and day of week (0 to 6, or SUN to SAT), for example "0 8 * * MON-FRI"',
  });
}

/** Spaces may be repeated, and `?` is the same as `*`. */
function problemOf(schedule: string): string | undefined {
  const words = schedule.trim().split(/\s+/);
  if (words.length > 5) return `the schedule "${schedule}" has ${words.length} fields, but the controller reads only 5`;
  const standard = words.map((word) => (word === '?' ? '*' : word)).join(' ');
  const problem = standardCronProblem(standard);
  return problem && `the schedule "${standard}" ${problem}`;
}

/** The webhook requires the right fields, but also accepts the others. */
function checkNumbers(at: Manifest, rule: unknown, path: string, { report }: LintContext): void {
  const target = scaleTargetOf(at.object);
  const ofAutoscaler = target.kind === 'FederatedHPA';
  const ignored = ofAutoscaler ? ['targetReplicas'] : ['targetMinReplicas', 'targetMaxReplicas'];
  for (const field of ignored) {
    if (fieldAt(rule, field) === undefined) continue;
    report({
      at,
      path: `${path}.${field}`,
      message: `${field} has no effect in rule "${textOf(fieldAt(rule, 'name'))}": the target is a ${target.kind}`,
      why: 'targetMinReplicas and targetMaxReplicas are for a FederatedHPA, targetReplicas for a workload',
      fix: ofAutoscaler
        ? `remove targetReplicas, and set targetMinReplicas and targetMaxReplicas`
        : `remove ${field}, and set targetReplicas`,
      cause: `${path} of CronFederatedHPA/${target.namespace}/${at.object.metadata?.name}`,
    });
  }
}
