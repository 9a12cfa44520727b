import type { Duration } from 'cdk8s';
import type { FailoverSpec, StatePreservationSpec } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { wholeSeconds } from './duration-seconds';
import { checkFailover } from './failover-check';

/** When a workload moves from the cluster it fails in, and when from a cluster that fails. */
export interface FailoverProperties {
  /** Move a workload that is unhealthy in its cluster. The policy must propagate dependencies too. @default - it stays */
  readonly application?: ApplicationFailover;
  /** How to move workloads from a cluster whose NoExecute taint evicts them. @default - gracefully */
  readonly cluster?: ClusterFailover;
}

/** How a workload that is unhealthy in its cluster is moved to another. */
export interface ApplicationFailover {
  /** How long it is unhealthy before it moves, in whole seconds; zero moves it at once. @default Duration.minutes(5) */
  readonly unhealthyFor?: Duration;
  /** What happens to the old copy. Gracefully: it goes once the new one is healthy. Never: somebody removes it by hand. @default 'Gracefully' */
  readonly purgeMode?: 'Directly' | 'Gracefully' | 'Never';
  /** How long a graceful move waits for the new copy, in whole seconds. @default Duration.minutes(10) */
  readonly gracePeriod?: Duration;
  /** Label of the new copy to the kubectl JSONPath of its value in the old copy's status. For `Directly` only. @default - nothing */
  readonly statePreservation?: Readonly<Record<string, string>>;
}

/** How workloads are moved from a cluster that fails. */
export interface ClusterFailover {
  /** What happens to the old copies. @default 'Gracefully' */
  readonly purgeMode?: 'Directly' | 'Gracefully';
  /** Label of the new copy to the kubectl JSONPath of its value in the old copy's status. For `Directly` only. @default - nothing */
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
   * The failover that a manifest holds.
   *
   * @throws ModelError for what Karmada would refuse, and for what it would ignore
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

  /** Whether the policy must propagate dependencies too: Karmada refuses application failover without. */
  get needsPropagateDeps(): boolean {
    return this.spec.application !== undefined;
  }

  /** The failover as a manifest holds it: frozen. */
  toSpec(): FailoverSpec {
    return this.spec;
  }
}

function applicationSpec(application: ApplicationFailover): NonNullable<FailoverSpec['application']> {
  const owner = 'failover of applications';
  checkProperties(application, ['unhealthyFor', 'purgeMode', 'gracePeriod', 'statePreservation'], owner);
  const { unhealthyFor, purgeMode, gracePeriod, statePreservation } = application;
  return {
    // Karmada requires the object, and fills in its only field.
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
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ModelError(`${owner}: statePreservation must be an object, got ${quoted(given)}`, {
      code: 'property.type',
      fix: 'write it like { job: "{.jobID}" }',
    });
  }
  return { rules: Object.entries(labels).map(([aliasLabelName, jsonPath]) => ({ aliasLabelName, jsonPath })) };
}
