import { cronProblem } from '../../kubernetes/cron';
import { child, item } from '../../kubernetes/field-path';
import { metadataCauses } from '../../kubernetes/metadata';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { isTimeZone } from '../../kubernetes/time-zone';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import type { Review } from '../review';
import { type ScaleTarget, scaleTargetCauses } from './scale-target';

interface CronRule {
  readonly name?: string;
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly targetReplicas?: number;
  readonly targetMinReplicas?: number;
  readonly targetMaxReplicas?: number;
}

export type CronFederatedHpaObject = KubernetesObject & {
  readonly spec?: { readonly scaleTargetRef?: ScaleTarget; readonly rules?: readonly CronRule[] };
};

const autoscalingVersion = 'autoscaling.karmada.io/v1alpha1';

/**
 * Why Karmada's webhook rejects a CronFederatedHPA.
 *
 * @see Karmada v1.18.2 pkg/webhook/cronfederatedhpa/validating.go
 */
export function* cronFederatedHpaCauses({ object }: Review<CronFederatedHpaObject>): Iterable<FieldProblem> {
  yield* metadataCauses(object.metadata ?? {}, true, dnsSubdomainProblems);
  const { scaleTargetRef = {}, rules = [] } = object.spec ?? {};
  const { apiVersion, kind = '' } = scaleTargetRef;
  const scalesAutoscaler = apiVersion === autoscalingVersion;
  if (scalesAutoscaler && kind !== 'FederatedHPA') {
    yield fieldProblem(
      'cron-target-kind',
      'spec.scaleTargetRef.kind',
      `of ${autoscalingVersion} only a FederatedHPA can be scaled, not "${kind}"`,
      'use kind: FederatedHPA, or the apiVersion of your workload, such as apps/v1',
    );
    return;
  }
  yield* scaleTargetCauses(scaleTargetRef, 'spec.scaleTargetRef');
  const names = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const path = item('spec.rules', index);
    const name = rule.name ?? '';
    if (names.has(name)) {
      yield fieldProblem(
        'unique-rule-name',
        child(path, 'name'),
        `two rules are named "${name}"`,
        'rename one of them',
      );
    }
    names.add(name);
    yield* scheduleCauses(rule, path);
    if (scalesAutoscaler) yield* boundsCauses(rule, path);
    else yield* targetCauses(rule, path, kind);
  }
}

function* scheduleCauses({ schedule = '', timeZone }: CronRule, path: string): Iterable<FieldProblem> {
  const problem = cronProblem(schedule);
  if (problem !== undefined) {
    yield fieldProblem(
      'cron-schedule',
      child(path, 'schedule'),
      `"${schedule}" is not a schedule: ${problem}`,
      'write minute, hour, day of month, month and day of week, such as "0 8 * * MON-FRI"',
    );
  }
  if (timeZone === undefined || isTimeZone(timeZone)) return;
  yield fieldProblem(
    'time-zone',
    child(path, 'timeZone'),
    `"${timeZone}" is not a time zone`,
    'use a name of the IANA database with its exact spelling, such as Europe/Berlin',
  );
}

/** Rules for a FederatedHPA change its bounds. */
function* boundsCauses({ targetMinReplicas, targetMaxReplicas }: CronRule, path: string): Iterable<FieldProblem> {
  if (targetMinReplicas === undefined && targetMaxReplicas === undefined) {
    yield fieldProblem(
      'cron-target-bounds',
      child(path, 'targetMaxReplicas'),
      'a rule for a FederatedHPA sets targetMinReplicas, targetMaxReplicas or both',
      'set them instead of targetReplicas',
    );
  }
  for (const [field, replicas] of Object.entries({ targetMinReplicas, targetMaxReplicas })) {
    if (replicas === undefined || replicas > 0) continue;
    yield fieldProblem('replicas', child(path, field), `must be at least 1, got ${replicas}`, 'use 1 or more');
  }
  const [lowest, highest] = [targetMinReplicas ?? 1, targetMaxReplicas ?? 2 ** 31 - 1];
  if (lowest <= highest) return;
  yield fieldProblem(
    'replicas-order',
    child(path, 'targetMinReplicas'),
    `${lowest} is above targetMaxReplicas ${highest}`,
    'lower targetMinReplicas, or raise targetMaxReplicas',
  );
}

function* targetCauses({ targetReplicas }: CronRule, path: string, kind: string): Iterable<FieldProblem> {
  const at = child(path, 'targetReplicas');
  if (targetReplicas === undefined) {
    yield fieldProblem(
      'cron-target-replicas',
      at,
      `a rule for a ${kind || 'workload'} must set a number of replicas`,
      'set targetReplicas; targetMinReplicas and targetMaxReplicas are for a FederatedHPA',
    );
  } else if (targetReplicas < 0) {
    yield fieldProblem('replicas', at, `must not be negative, got ${targetReplicas}`, 'use 0 or more');
  }
}
