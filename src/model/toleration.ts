import type { Duration } from 'cdk8s';
import type { TolerationSpec } from '../karmada/policy-spec';
import { specProperties } from '../karmada/policy-spec';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { wholeSeconds } from './duration-seconds';

/** Which taints to tolerate; an omitted field matches any value. */
export interface TolerationProperties {
  /** Key of the taint. @default - any key */
  readonly key?: string;
  /** Value of the taint. @default - any value */
  readonly value?: string;
  /** Effect of the taint: `NoSchedule` keeps workloads away, `NoExecute` evicts them. @default - both effects */
  readonly effect?: 'NoSchedule' | 'NoExecute';
  /** How long a NoExecute taint is tolerated before the workload is evicted. @default - forever */
  readonly during?: Duration;
}

/**
 * Tolerates a taint of clusters. Immutable.
 *
 * @example
 * ```ts
 * Toleration.of({ key: 'maintenance', effect: 'NoSchedule' })
 * Toleration.unreachable(Duration.minutes(5))
 * ```
 * @see Karmada v1.18.2 pkg/scheduler/framework/plugins/tainttoleration
 */
export class Toleration {
  /**
   * Tolerates taints with this key, value and effect.
   *
   * @throws ModelError `toleration.key`, `toleration.value`, `toleration.during`, `duration.…`, `property.…`
   */
  static of(properties: TolerationProperties): Toleration {
    checkProperties(properties, ['key', 'value', 'effect', 'during'], 'Toleration.of');
    const { key, value, effect, during } = properties;
    return new Toleration({
      ...(key !== undefined && { key }),
      operator: value === undefined ? 'Exists' : 'Equal',
      ...(value !== undefined && { value }),
      ...(effect !== undefined && { effect }),
      ...(during !== undefined && { tolerationSeconds: wholeSeconds(during, 'toleration: during') }),
    });
  }

  /**
   * Stays on a cluster that Karmada cannot reach. Has an effect only if the taint has the effect NoExecute.
   *
   * @param during - how long; @default - forever
   */
  static unreachable(during?: Duration): Toleration {
    return Toleration.of({
      key: 'cluster.karmada.io/unreachable',
      effect: 'NoExecute',
      ...(during !== undefined && { during }),
    });
  }

  /**
   * Stays on a cluster that is not ready. Has an effect only if the taint has the effect NoExecute.
   *
   * @param during - how long; @default - forever
   */
  static notReady(during?: Duration): Toleration {
    return Toleration.of({
      key: 'cluster.karmada.io/not-ready',
      effect: 'NoExecute',
      ...(during !== undefined && { during }),
    });
  }

  /** Tolerates every taint. */
  static all(): Toleration {
    return new Toleration({ operator: 'Exists' });
  }

  /**
   * Reads a toleration from a manifest.
   *
   * @throws ModelError for what Karmada rejects, and for what silently tolerates nothing
   */
  static fromSpec(spec: TolerationSpec): Toleration {
    return new Toleration(spec);
  }

  private readonly spec: TolerationSpec;

  private constructor(spec: TolerationSpec) {
    checkToleration(spec);
    this.spec = Object.freeze({ ...spec });
    Object.freeze(this);
  }

  /** The toleration for a manifest: frozen. */
  toSpec(): TolerationSpec {
    return this.spec;
  }
}

function checkToleration(spec: TolerationSpec): void {
  checkProperties(spec, specProperties.TolerationSpec, 'toleration');
  const { key = '', operator = 'Equal', value = '', effect, tolerationSeconds } = spec;
  checkOneOf(operator, ['Exists', 'Equal'], 'toleration: operator');
  // Clusters cannot have PreferNoSchedule taints, so tolerating them would do nothing.
  if (effect !== undefined && effect !== '') {
    checkOneOf(effect, ['NoSchedule', 'NoExecute'], 'toleration: effect');
  }
  const keyProblem = key === '' ? undefined : labelKeyProblems(key)[0];
  if (keyProblem !== undefined) {
    throw new ModelError(`toleration: key ${quoted(key)} ${keyProblem}`, {
      code: 'toleration.key',
      fix: 'write the key exactly as in the taint',
    });
  }
  if (key === '' && operator === 'Equal') {
    throw new ModelError(`toleration: value ${quoted(value)} needs a key`, {
      code: 'toleration.key',
      fix: 'give the key of the taint, or omit the value',
    });
  }
  if (operator === 'Exists' && value !== '') {
    throw new ModelError(`toleration: operator Exists takes no value, got ${quoted(value)}`, {
      code: 'toleration.value',
      fix: 'omit the value, or use Equal',
    });
  }
  const valueProblem = labelValueProblems(value)[0];
  if (valueProblem !== undefined) {
    throw new ModelError(`toleration: value ${quoted(value)} ${valueProblem}`, {
      code: 'toleration.value',
      fix: 'write the value exactly as in the taint',
    });
  }
  if (tolerationSeconds === undefined) return;
  if (!Number.isSafeInteger(tolerationSeconds) || tolerationSeconds < 0) {
    throw new ModelError(
      `toleration: tolerationSeconds must be a whole number of at least 0, got ${quoted(tolerationSeconds)}`,
      {
        code: 'toleration.during',
        fix: 'give whole seconds, or omit it to tolerate the taint forever',
      },
    );
  }
  if (effect !== 'NoExecute') {
    throw new ModelError('toleration: a duration is valid only with effect NoExecute', {
      code: 'toleration.during',
      fix: 'add effect: "NoExecute", or omit the duration',
    });
  }
}
