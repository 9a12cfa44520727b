import { failoverCauses } from '../admission/rules/failover';
import {
  type ApplicationFailoverSpec,
  type ClusterFailoverSpec,
  type FailoverSpec,
  type StatePreservationSpec,
  specProperties,
} from '../karmada/policy-spec';
import { behaviourOf, karmadaVersions } from '../karmada/release';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { refuse } from './refuse';

/**
 * Refuses a failover that Karmada refuses, or parts of it that it ignores.
 *
 * @throws ModelError `failover.…`, `property.…`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateFailover
 */
export function checkFailover(spec: FailoverSpec): void {
  checkProperties(spec, specProperties.FailoverSpec, 'failover');
  if (spec.application === undefined && spec.cluster === undefined) {
    throw new ModelError('failover is empty', {
      code: 'failover.empty',
      fix: 'give application, cluster or both, or leave failover out',
    });
  }
  if (spec.application !== undefined) checkApplication(spec.application);
  if (spec.cluster !== undefined) checkCluster(spec.cluster);
  refuse(failoverCauses(stored(spec), 'failover', oldest), {
    'grace-period-needs-gracefully': 'failover.grace-period',
    'alias-label-name': 'failover.state',
  });
}

/** The failover with the defaults of the CustomResourceDefinition, which the webhook sees. */
function stored({ application, ...rest }: FailoverSpec): FailoverSpec {
  if (application === undefined) return rest;
  const decisionConditions = { tolerationSeconds: 300, ...application.decisionConditions };
  return { ...rest, application: { purgeMode: 'Gracefully', ...application, decisionConditions } };
}

// A value does not know which release will read it; the oldest one accepts the most words.
const oldest = karmadaVersions[0]!;
const { directPurgeModes: directly, gracefulPurgeModes: gracefully } = behaviourOf(oldest);
const purgeModes = ['Directly', 'Gracefully', 'Never'];
const deprecated = [...directly, ...gracefully].filter((mode) => !purgeModes.includes(mode));
const mostSeconds = 2 ** 31 - 1;

function checkApplication(application: ApplicationFailoverSpec): void {
  const owner = 'failover of applications';
  checkProperties(application, specProperties.ApplicationFailoverSpec, owner);
  const { decisionConditions, purgeMode = 'Gracefully', gracePeriodSeconds, statePreservation } = application;
  if (decisionConditions === undefined) {
    throw new ModelError(`${owner} needs decisionConditions`, {
      code: 'failover.seconds',
      fix: 'write decisionConditions: {} for the default of 300 seconds',
    });
  }
  checkProperties(decisionConditions, specProperties.DecisionConditionsSpec, `${owner}: decisionConditions`);
  checkSeconds(decisionConditions.tolerationSeconds, 0, `${owner}: the time it is unhealthy`);
  checkOneOf(purgeMode, deprecated.includes(purgeMode) ? deprecated : purgeModes, `${owner}: purgeMode`);
  checkSeconds(gracePeriodSeconds, 1, `${owner}: the grace period`);
  if (statePreservation !== undefined) checkState(statePreservation, purgeMode, owner);
}

function checkCluster(cluster: ClusterFailoverSpec): void {
  const owner = 'failover of clusters';
  checkProperties(cluster, specProperties.ClusterFailoverSpec, owner);
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
  checkProperties(state, specProperties.StatePreservationSpec, `${owner}: statePreservation`);
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
    if (typeof aliasLabelName !== 'string') {
      throw new ModelError(`${owner}: label key ${quoted(aliasLabelName)} must be a string`, {
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
