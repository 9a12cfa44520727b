import type { Duration } from 'cdk8s';
import { failoverCauses } from '../admission/rules/failover';
import {
  type ApplicationFailoverSpec,
  type ClusterFailoverSpec,
  type FailoverSpec,
  type StatePreservationSpec,
  specProperties,
} from '../karmada/policy-spec';
import { behaviourOf, karmadaVersions } from '../karmada/release';
import { frozen } from '../kubernetes/freeze';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { firstTwice, quoted } from '../problem/words';
import { wholeSeconds } from './duration-seconds';
import { refuse } from './refuse';

/** When a workload moves away from a cluster because the workload or the cluster fails. */
export interface FailoverProperties {
  /** Move a workload that is unhealthy in its cluster. The policy must propagate dependencies too. @default - it stays */
  readonly application?: ApplicationFailover;
  /** How to move workloads from a cluster whose NoExecute taint evicts them. @default - gracefully */
  readonly cluster?: ClusterFailover;
}

/** How a workload that is unhealthy in its cluster is moved to another. */
export interface ApplicationFailover {
  /** How long it must be unhealthy before it moves, in whole seconds; zero moves it immediately. @default Duration.minutes(5) */
  readonly unhealthyFor?: Duration;
  /** What happens to the old copy. Gracefully: it is removed when the new one is healthy. Never: it must be removed manually. @default 'Gracefully' */
  readonly purgeMode?: 'Directly' | 'Gracefully' | 'Never';
  /** How long a graceful move waits for the new copy, in whole seconds. @default Duration.minutes(10) */
  readonly gracePeriod?: Duration;
  /** Labels of the new copy: label key to the JSONPath (kubectl syntax) of its value in the old copy's status. For `Directly` only. @default - nothing */
  readonly statePreservation?: Readonly<Record<string, string>>;
}

/** How workloads are moved from a cluster that fails. */
export interface ClusterFailover {
  /** What happens to the old copies. @default 'Gracefully' */
  readonly purgeMode?: 'Directly' | 'Gracefully';
  /** Labels of the new copy: label key to the JSONPath (kubectl syntax) of its value in the old copy's status. For `Directly` only. @default - nothing */
  readonly statePreservation?: Readonly<Record<string, string>>;
}

/**
 * When and how workloads move to another cluster. Immutable.
 *
 * @example
 * ```ts
 * Failover.of({ application: { unhealthyFor: Duration.minutes(2), purgeMode: 'Directly', statePreservation: { job: '{.jobID}' } } })
 * ```
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, FailoverBehavior
 */
export class Failover {
  /**
   * Failover of applications, of clusters, or of both.
   *
   * @throws ModelError `failover.…`, `duration.…`, `property.…`
   */
  static of(properties: FailoverProperties): Failover {
    checkProperties(properties, ['application', 'cluster'], 'Failover.of');
    const { application, cluster } = properties;
    return new Failover({
      ...(application !== undefined && { application: applicationSpec(application) }),
      ...(cluster !== undefined && { cluster: clusterSpec(cluster) }),
    });
  }

  /**
   * Reads a failover from a manifest.
   *
   * @throws ModelError for what Karmada rejects or ignores
   */
  static fromSpec(spec: FailoverSpec): Failover {
    return new Failover(spec);
  }

  private readonly spec: FailoverSpec;

  private constructor(spec: FailoverSpec) {
    checkFailover(spec);
    this.spec = frozen(spec);
    Object.freeze(this);
  }

  /** Whether the policy must propagate dependencies: Karmada rejects application failover otherwise. */
  get needsPropagateDeps(): boolean {
    return this.spec.application !== undefined;
  }

  /** The failover for a manifest: frozen. */
  toSpec(): FailoverSpec {
    return this.spec;
  }
}

function applicationSpec(application: ApplicationFailover): NonNullable<FailoverSpec['application']> {
  const owner = 'failover of applications';
  checkProperties(application, ['unhealthyFor', 'purgeMode', 'gracePeriod', 'statePreservation'], owner);
  const { unhealthyFor, purgeMode, gracePeriod, statePreservation } = application;
  return {
    // Karmada requires the object and defaults its only field.
    decisionConditions: {
      ...(unhealthyFor !== undefined && { tolerationSeconds: wholeSeconds(unhealthyFor, `${owner}: unhealthyFor`) }),
    },
    ...(purgeMode !== undefined && { purgeMode }),
    ...(gracePeriod !== undefined && { gracePeriodSeconds: wholeSeconds(gracePeriod, `${owner}: gracePeriod`) }),
    ...(statePreservation !== undefined && { statePreservation: stateRules(statePreservation, owner) }),
  };
}

function clusterSpec(cluster: ClusterFailover): NonNullable<FailoverSpec['cluster']> {
  const owner = 'failover of clusters';
  checkProperties(cluster, ['purgeMode', 'statePreservation'], owner);
  const { purgeMode, statePreservation } = cluster;
  return {
    ...(purgeMode !== undefined && { purgeMode }),
    ...(statePreservation !== undefined && { statePreservation: stateRules(statePreservation, owner) }),
  };
}

function stateRules(labels: Readonly<Record<string, string>>, owner: string): StatePreservationSpec {
  const given: unknown = labels;
  if (!isPropertyBag(given)) {
    throw new ModelError(`${owner}: statePreservation must be an object, got ${quoted(given)}`, {
      code: 'property.type',
      fix: 'write it like { job: "{.jobID}" }',
    });
  }
  return { rules: Object.entries(labels).map(([aliasLabelName, jsonPath]) => ({ aliasLabelName, jsonPath })) };
}

/**
 * Rejects a failover that Karmada rejects, or of which it ignores parts.
 *
 * @throws ModelError `failover.…`, `property.…`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateFailover
 */
function checkFailover(spec: FailoverSpec): void {
  checkProperties(spec, specProperties.FailoverSpec, 'failover');
  if (spec.application === undefined && spec.cluster === undefined) {
    throw new ModelError('failover is empty', {
      code: 'failover.empty',
      fix: 'give application, cluster or both, or omit failover',
    });
  }
  if (spec.application !== undefined) checkApplication(spec.application);
  if (spec.cluster !== undefined) checkCluster(spec.cluster);
  refuse(failoverCauses(stored(spec), 'failover', oldest), {
    'grace-period-needs-gracefully': 'failover.grace-period',
    'alias-label-name': 'failover.state',
  });
}

/** The failover with the defaults of the CustomResourceDefinition, as the webhook receives it. */
function stored({ application, ...rest }: FailoverSpec): FailoverSpec {
  if (application === undefined) return rest;
  const decisionConditions = { tolerationSeconds: 300, ...application.decisionConditions };
  return { ...rest, application: { purgeMode: 'Gracefully', ...application, decisionConditions } };
}

// The Karmada release is unknown here; the oldest release accepts the most values.
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
    fix: 'give a duration in that range, or omit it for the default',
  });
}

function checkState(state: StatePreservationSpec, purgeMode: string, owner: string): void {
  checkProperties(state, specProperties.StatePreservationSpec, `${owner}: statePreservation`);
  if (!Array.isArray(state.rules) || state.rules.length === 0) {
    throw new ModelError(`${owner}: statePreservation preserves nothing`, {
      code: 'failover.state',
      fix: 'give each label and the JSONPath of its value, or omit statePreservation',
    });
  }
  if (!directly.includes(purgeMode)) {
    throw new ModelError(`${owner}: statePreservation has no effect with purgeMode ${purgeMode}`, {
      code: 'failover.state',
      fix: 'write purgeMode: "Directly", or omit statePreservation',
    });
  }
  for (const rule of state.rules) {
    checkProperties(rule, specProperties.StatePreservationRuleSpec, `${owner}: statePreservation`);
  }
  const twice = firstTwice(state.rules.map(({ aliasLabelName }) => aliasLabelName));
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
          fix: 'write it in kubectl syntax, relative to the status, such as "{.jobID}"',
        },
      );
    }
    if (aliasLabelName === twice) {
      throw new ModelError(`${owner}: label "${aliasLabelName}" is listed twice`, {
        code: 'failover.state',
        fix: 'keep one of the two',
      });
    }
  }
}
