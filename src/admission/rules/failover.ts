import type { ApplicationFailoverSpec, FailoverSpec, StatePreservationSpec } from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import { child, item } from '../../kubernetes/field-path';
import { labelKeyProblems } from '../../kubernetes/names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

/**
 * Why Karmada rejects the failover behaviour of a policy.
 *
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateFailover
 */
export function* failoverCauses(
  failover: FailoverSpec | undefined,
  path: string,
  karmada: KarmadaVersion,
): Iterable<FieldProblem> {
  if (failover?.application) yield* applicationCauses(failover.application, child(path, 'application'), karmada);
  const cluster = child(path, 'cluster');
  yield* statePreservationCauses(failover?.cluster?.statePreservation, child(cluster, 'statePreservation'));
}

function* applicationCauses(
  application: ApplicationFailoverSpec,
  path: string,
  karmada: KarmadaVersion,
): Iterable<FieldProblem> {
  const seconds = application.decisionConditions?.tolerationSeconds;
  const secondsPath = child(path, 'decisionConditions.tolerationSeconds');
  // It is missing only without the defaults of the CRD; the webhook then fails.
  if (seconds === undefined) {
    yield fieldProblem(
      'failover-toleration',
      secondsPath,
      'is missing',
      'set how long an unhealthy workload is tolerated',
    );
  } else if (seconds < 0) {
    yield fieldProblem(
      'failover-toleration',
      secondsPath,
      `must not be negative, got ${seconds}`,
      'use 0 to move immediately',
    );
  }
  yield* gracePeriodCauses(application, child(path, 'gracePeriodSeconds'), karmada);
  yield* statePreservationCauses(application.statePreservation, child(path, 'statePreservation'));
}

function* gracePeriodCauses(
  { purgeMode, gracePeriodSeconds }: ApplicationFailoverSpec,
  path: string,
  karmada: KarmadaVersion,
): Iterable<FieldProblem> {
  if (gracePeriodSeconds === undefined) return;
  if (!behaviourOf(karmada).gracefulPurgeModes.includes(purgeMode ?? '')) {
    yield fieldProblem(
      'grace-period-needs-gracefully',
      path,
      `purgeMode ${purgeMode || '(none)'} does not wait`,
      'remove gracePeriodSeconds, or set purgeMode: Gracefully',
    );
  }
  if (gracePeriodSeconds <= 0) {
    yield fieldProblem('grace-period', path, `must be above 0, got ${gracePeriodSeconds}`, 'use a number of seconds');
  }
}

function* statePreservationCauses(
  statePreservation: StatePreservationSpec | undefined,
  path: string,
): Iterable<FieldProblem> {
  for (const [index, { aliasLabelName }] of (statePreservation?.rules ?? []).entries()) {
    for (const problem of labelKeyProblems(aliasLabelName ?? '')) {
      yield fieldProblem(
        'alias-label-name',
        child(item(child(path, 'rules'), index), 'aliasLabelName'),
        `label "${aliasLabelName ?? ''}" ${problem}`,
        'use the key of a label, such as example.com/checkpoint',
      );
    }
  }
}
