import type { Duration } from 'cdk8s';
import type { TolerationSpec } from '../karmada/policy-spec';
import { specProperties } from '../karmada/policy-spec';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { wholeSeconds } from './duration-seconds';

/** Which taints to tolerate; what is left out matches anything. */
export interface TolerationProperties {
  /** Key of the taint. @default - any key */
  readonly key?: string;
  /** Value of the taint. @default - any value */
  readonly value?: string;
  /** @default - both effects */
  readonly effect?: 'NoSchedule' | 'NoExecute';
  /** How long a NoExecute taint is tolerated before the workload leaves. @default - for ever */
  readonly during?: Duration;
}

/**
 * A taint of clusters that a placement puts up with. Immutable.
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
   * Tolerates taints of this key, value and effect.
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
   * Stays on a cluster that Karmada cannot reach, once somebody gives its taint the effect NoExecute.
   *
   * @param during - how long; @default - for ever
   */
  static unreachable(during?: Duration): Toleration {
    return Toleration.of({ key: 'cluster.karmada.io/unreachable', effect: 'NoExecute', ...(during && { during }) });
  }

  /**
   * Stays on a cluster that reports itself not ready, once somebody gives its taint the effect NoExecute.
   *
   * @param during - how long; @default - for ever
   */
  static notReady(during?: Duration): Toleration {
    return Toleration.of({ key: 'cluster.karmada.io/not-ready', effect: 'NoExecute', ...(during && { during }) });
  }

  /** Tolerates every taint. */
  static all(): Toleration {
    return new Toleration({ operator: 'Exists' });
  }

  /**
   * The toleration that a manifest holds.
   *
   * @throws ModelError for what Karmada would refuse, and for what would tolerate nothing without an error
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

  /** The toleration as a manifest holds it: frozen. */
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
  const keyProblem = key === '' ? undefined : labelKeyProblems(String(key))[0];
  if (keyProblem !== undefined) {
    throw new ModelError(`toleration: key ${quoted(key)} ${keyProblem}`, {
      code: 'toleration.key',
      fix: 'write the key as the taint has it',
    });
  }
  if (key === '' && operator === 'Equal') {
    throw new ModelError(`toleration: value ${quoted(value)} needs a key`, {
      code: 'toleration.key',
      fix: 'give the key of the taint, or leave the value out',
    });
  }
  if (operator === 'Exists' && value !== '') {
    throw new ModelError(`toleration: operator Exists takes no value, got ${quoted(value)}`, {
      code: 'toleration.value',
      fix: 'leave the value out, or use Equal',
    });
  }
  const valueProblem = labelValueProblems(value)[0];
  if (valueProblem !== undefined) {
    throw new ModelError(`toleration: value ${quoted(value)} ${valueProblem}`, {
      code: 'toleration.value',
      fix: 'write the value as the taint has it',
    });
  }
  if (tolerationSeconds === undefined) return;
  if (!Number.isSafeInteger(tolerationSeconds) || tolerationSeconds < 0) {
    throw new ModelError(
      `toleration: tolerationSeconds must be a whole number of at least 0, got ${quoted(tolerationSeconds)}`,
      {
        code: 'toleration.during',
        fix: 'give whole seconds, or leave it out to tolerate the taint for ever',
      },
    );
  }
  if (effect !== 'NoExecute') {
    throw new ModelError('toleration: a duration counts for effect NoExecute only', {
      code: 'toleration.during',
      fix: 'add effect: "NoExecute", or leave the duration out',
    });
  }
}
