import type { Duration } from 'cdk8s';
import { checkOneOf, checkProperties, checkWholeNumber } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { anything, checkValue, listOf } from '../problem/value-kinds';
import { wholeSeconds } from './duration-seconds';
import { type Quantity, quantitySpec } from './resource-amount';

/** How fast an autoscaler may scale up and down. */
export interface ScalingBehavior {
  /** Towards more replicas. @default - the higher of 4 pods and 100 percent every 15 seconds, without a stabilization window */
  readonly scaleUp?: ScalingRules;
  /** Towards fewer replicas. @default - down to the minimum, using the highest recommendation of the last 5 minutes */
  readonly scaleDown?: ScalingRules;
}

/** How fast an autoscaler may scale in one direction. */
export interface ScalingRules {
  /** Period of past recommendations that are considered, to ignore short peaks; at most one hour. @default - none for up, 5 minutes for down */
  readonly stabilizationWindow?: Duration;
  /** Which policy is used if several apply; `Disabled` disables scaling in this direction. @default 'Max' */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /** Maximum change within a period. @default - Karmada's defaults, see {@link ScalingBehavior} */
  readonly policies?: readonly ScalingPolicy[];
  /** Tolerated deviation of the metric from its target, as a fraction: `'0.1'` is ten percent. @default - ten percent */
  readonly tolerance?: Quantity;
}

/** Maximum change by an autoscaler within a period. */
export interface ScalingPolicy {
  /** Unit of `value`. */
  readonly type: 'Pods' | 'Percent';
  /** At least 1. */
  readonly value: number;
  /** From one second to half an hour. */
  readonly period: Duration;
}

/**
 * `spec.behavior` of a FederatedHPA.
 *
 * @param owner - the construct, for messages
 * @throws ModelError `property.…`, `number.range`, `duration.…`, `scaling.window`, `scaling.period`, `scaling.policies`
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go
 */
export function scalingBehaviorSpec(behavior: ScalingBehavior, owner: string): object {
  checkProperties(behavior, ['scaleUp', 'scaleDown'], `behavior of ${owner}`);
  const { scaleUp, scaleDown } = behavior;
  return {
    ...(scaleUp !== undefined && { scaleUp: rulesSpec(scaleUp, `scaleUp of ${owner}`) }),
    ...(scaleDown !== undefined && { scaleDown: rulesSpec(scaleDown, `scaleDown of ${owner}`) }),
  };
}

function rulesSpec(rules: ScalingRules, owner: string): object {
  checkProperties(rules, ['stabilizationWindow', 'selectPolicy', 'policies', 'tolerance'], owner);
  const { stabilizationWindow, selectPolicy, policies, tolerance } = rules;
  if (selectPolicy !== undefined) checkOneOf(selectPolicy, ['Max', 'Min', 'Disabled'], `selectPolicy of ${owner}`);
  if (policies !== undefined) checkValue(policies, listOf(anything), `policies of ${owner}`);
  if (policies?.length === 0) {
    throw new ModelError(`${owner} has an empty list of policies`, {
      code: 'scaling.policies',
      fix: 'give at least one, or omit policies for the defaults of Karmada',
    });
  }
  return {
    ...(stabilizationWindow !== undefined && {
      stabilizationWindowSeconds: secondsUpTo(
        3600,
        stabilizationWindow,
        0,
        `stabilizationWindow of ${owner}`,
        'scaling.window',
      ),
    }),
    ...(selectPolicy && { selectPolicy }),
    ...(policies && {
      policies: policies.map((policy, index) => policySpec(policy, `policies[${index}] of ${owner}`)),
    }),
    ...(tolerance !== undefined && { tolerance: quantitySpec(tolerance, `tolerance of ${owner}`) }),
  };
}

function policySpec(policy: ScalingPolicy, owner: string): object {
  checkProperties(policy, ['type', 'value', 'period'], owner);
  const { type, value, period } = policy;
  checkOneOf(type, ['Pods', 'Percent'], `type of ${owner}`);
  checkWholeNumber(value, { atLeast: 1 }, `value of ${owner}`);
  return { type, value, periodSeconds: secondsUpTo(1800, period, 1, `period of ${owner}`, 'scaling.period') };
}

function secondsUpTo(most: number, duration: Duration, least: number, owner: string, code: string): number {
  const seconds = wholeSeconds(duration, owner);
  if (seconds >= least && seconds <= most) return seconds;
  throw new ModelError(`${owner} must be ${least} to ${most} seconds, got ${seconds}`, {
    code,
    fix: `write Duration.seconds(${seconds < least ? least : most}) or ${seconds < least ? 'more' : 'less'}`,
  });
}
