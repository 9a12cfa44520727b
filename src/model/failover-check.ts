import type {
  ApplicationFailoverSpec,
  ClusterFailoverSpec,
  FailoverSpec,
  StatePreservationSpec,
} from '../karmada/propagation-spec';
import { behaviourOf, karmadaVersions } from '../karmada/release';
import { labelKeyProblems } from '../kubernetes/names';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/**
 * Refuses a failover that Karmada refuses, or parts of it that it ignores.
 *
 * @throws ModelError `failover.…`, `property.…`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateFailover
 */
export function checkFailover(spec: FailoverSpec): void {
  checkProperties(spec, ['application', 'cluster'], 'failover');
  if (spec.application === undefined && spec.cluster === undefined) {
    throw new ModelError('failover is empty', {
      code: 'failover.empty',
      fix: 'give application, cluster or both, or leave failover out',
    });
  }
  if (spec.application !== undefined) checkApplication(spec.application);
  if (spec.cluster !== undefined) checkCluster(spec.cluster);
}

// A value does not know which release will read it; the oldest one accepts the most words.
const { directPurgeModes: directly, gracefulPurgeModes: gracefully } = behaviourOf(karmadaVersions[0]!);
const purgeModes = ['Directly', 'Gracefully', 'Never'];
const deprecated = [...directly, ...gracefully].filter((mode) => !purgeModes.includes(mode));
const mostSeconds = 2 ** 31 - 1;

function checkApplication(application: ApplicationFailoverSpec): void {
  const owner = 'failover of applications';
  const known = ['decisionConditions', 'purgeMode', 'gracePeriodSeconds', 'statePreservation'];
  checkProperties(application, known, owner);
  const { decisionConditions, purgeMode = 'Gracefully', gracePeriodSeconds, statePreservation } = application;
  if (decisionConditions === undefined) {
    throw new ModelError(`${owner} needs decisionConditions`, {
      code: 'failover.seconds',
      fix: 'write decisionConditions: {} for the default of 300 seconds',
    });
  }
  checkProperties(decisionConditions, ['tolerationSeconds'], `${owner}: decisionConditions`);
  checkSeconds(decisionConditions.tolerationSeconds, 0, `${owner}: the time it is unhealthy`);
  checkOneOf(purgeMode, deprecated.includes(purgeMode) ? deprecated : purgeModes, `${owner}: purgeMode`);
  checkSeconds(gracePeriodSeconds, 1, `${owner}: the grace period`);
  if (gracePeriodSeconds !== undefined && !gracefully.includes(purgeMode)) {
    throw new ModelError(`${owner}: a grace period goes with purgeMode Gracefully, got ${purgeMode}`, {
      code: 'failover.grace-period',
      fix: 'leave the grace period out, or write purgeMode: "Gracefully"',
    });
  }
  if (statePreservation !== undefined) checkState(statePreservation, purgeMode, owner);
}

function checkCluster(cluster: ClusterFailoverSpec): void {
  const owner = 'failover of clusters';
  checkProperties(cluster, ['purgeMode', 'statePreservation'], owner);
  const { purgeMode = 'Gracefully', statePreservation } = cluster;
  checkOneOf(purgeMode, ['Directly', 'Gracefully'], `${owner}: purgeMode`);
  if (statePreservation !== undefined) checkState(statePreservation, purgeMode, owner);
}

function checkSeconds(seconds: unknown, least: number, owner: string): void {
  if (seconds === undefined) return;
  if (Number.isSafeInteger(seconds) && (seconds as number) >= least && (seconds as number) <= mostSeconds) return;
  throw new ModelError(`${owner} must be from ${least} to ${mostSeconds} whole seconds, got ${quoted(seconds)}`, {
    code: 'failover.seconds',
    fix: 'give a duration in that range, or leave it out for the default',
  });
}

function checkState(state: StatePreservationSpec, purgeMode: string, owner: string): void {
  checkProperties(state, ['rules'], `${owner}: statePreservation`);
  if (!Array.isArray(state.rules) || state.rules.length === 0) {
    throw new ModelError(`${owner}: statePreservation preserves nothing`, {
      code: 'failover.state',
      fix: 'give each label and the JSONPath of its value, or leave it out',
    });
  }
  if (!directly.includes(purgeMode)) {
    throw new ModelError(`${owner}: statePreservation has no effect with purgeMode ${purgeMode}`, {
      code: 'failover.state',
      fix: 'write purgeMode: "Directly", or leave statePreservation out',
    });
  }
  const labels = state.rules.map(({ aliasLabelName }) => aliasLabelName);
  for (const { aliasLabelName, jsonPath } of state.rules) {
    const problem = labelKeyProblems(aliasLabelName)[0];
    if (problem !== undefined) {
      throw new ModelError(`${owner}: label key ${quoted(aliasLabelName)} ${problem}`, {
        code: 'failover.state',
        fix: 'write it as a label key, such as "job"',
      });
    }
    if (typeof jsonPath !== 'string' || jsonPath.trim() === '') {
      throw new ModelError(
        `${owner}: JSONPath of label "${aliasLabelName}" must be a string, got ${quoted(jsonPath)}`,
        {
          code: 'failover.state',
          fix: 'write it as kubectl does, from the status on, such as "{.jobID}"',
        },
      );
    }
    if (labels.indexOf(aliasLabelName) !== labels.lastIndexOf(aliasLabelName)) {
      throw new ModelError(`${owner}: label "${aliasLabelName}" is there twice`, {
        code: 'failover.state',
        fix: 'keep one of the two',
      });
    }
  }
}
