import type { Duration } from 'cdk8s';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { checkWholeNumber } from '../problem/whole-number';
import { wholeSeconds } from './duration-seconds';
import { type Quantity, quantitySpec } from './resource-amount';

/** How fast an autoscaler may act, in either direction. */
export interface ScalingBehavior {
  /** @default - the higher of 4 pods and 100 percent every 15 seconds, at once */
  readonly scaleUp?: ScalingRules;
  /** @default - down to the minimum, by the highest recommendation of the last 5 minutes */
  readonly scaleDown?: ScalingRules;
}

/** How fast an autoscaler may act in one direction. */
export interface ScalingRules {
  /** How far back recommendations count, up to an hour, so that a short dip or peak changes nothing. @default - none up, 5 minutes down */
  readonly stabilizationWindow?: Duration;
  /** Which policy counts when several apply; `Disabled` never scales this way. @default 'Max' */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /** The most that may change within a time. @default - Karmada's, see {@link ScalingBehavior} */
  readonly policies?: readonly ScalingPolicy[];
  /** How far the metric may be from its target, as a share, before anything happens: `'0.1'` is ten percent. @default - ten percent */
  readonly tolerance?: Quantity;
}

/** The most that an autoscaler may change within a time. */
export interface ScalingPolicy {
  /** What `value` counts. */
  readonly type: 'Pods' | 'Percent';
  /** At least 1. */
  readonly value: number;
  /** One second to half an hour. */
  readonly period: Duration;
}

/**
 * `spec.behavior` of a FederatedHPA.
 *
 * @param owner - the construct it belongs to, for messages
 * @throws ModelError `property.…`, `number.range`, `duration.…`, `scaling.window`, `scaling.period`, `scaling.policies`
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go
 */
export function scalingBehaviorSpec(behavior: ScalingBehavior, owner: string): object {
  checkProperties(behavior, ['scaleUp', 'scaleDown'], `behavior of ${owner}`);
  const { scaleUp, scaleDown } = behavior;
  return {
    ...(scaleUp && { scaleUp: rulesSpec(scaleUp, `scaleUp of ${owner}`) }),
    ...(scaleDown && { scaleDown: rulesSpec(scaleDown, `scaleDown of ${owner}`) }),
  };
}

function rulesSpec(rules: ScalingRules, owner: string): object {
  checkProperties(rules, ['stabilizationWindow', 'selectPolicy', 'policies', 'tolerance'], owner);
  const { stabilizationWindow, selectPolicy, policies, tolerance } = rules;
  if (selectPolicy !== undefined) checkOneOf(selectPolicy, ['Max', 'Min', 'Disabled'], `selectPolicy of ${owner}`);
  if (policies?.length === 0) {
    throw new ModelError(`${owner} has an empty list of policies`, {
      code: 'scaling.policies',
      fix: 'give at least one, or leave policies out for those of Karmada',
    });
  }
  return {
    ...(stabilizationWindow && {
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
