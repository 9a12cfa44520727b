import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type ScalingRules, scalingBehaviorSpec } from '../../src/model/scaling-behavior';
import { refusal, untyped } from '../support/refusal';

const policy = { type: 'Pods', value: 4, period: Duration.seconds(15) } as const;

describe('scalingBehaviorSpec', () => {
  test('writes one direction and leaves the other to Karmada', () => {
    expect(scalingBehaviorSpec({ scaleDown: { stabilizationWindow: Duration.seconds(0) } }, 'hpa')).toEqual({
      scaleDown: { stabilizationWindowSeconds: 0 },
    });
  });

  test.each<[string, ScalingRules, string]>([
    ['a property is misspelled', untyped({ policy: [] }), 'property.unknown'],
    ['the choice of policies is unknown', untyped({ selectPolicy: 'Any' }), 'property.value'],
    ['there is an empty list of policies', { policies: [] }, 'scaling.policies'],
    ['a policy counts something else', { policies: [untyped({ ...policy, type: 'Nodes' })] }, 'property.value'],
    ['a policy allows nothing', { policies: [{ ...policy, value: 0 }] }, 'number.range'],
    ['a period is too long', { policies: [{ ...policy, period: Duration.seconds(1801) }] }, 'scaling.period'],
    ['a period is none', { policies: [{ ...policy, period: Duration.seconds(0) }] }, 'scaling.period'],
    ['a window is too long', { stabilizationWindow: Duration.seconds(3601) }, 'scaling.window'],
    ['a tolerance is no amount', { tolerance: '10%' }, 'quantity.syntax'],
  ])('fails when %s', (_, scaleUp, code) => {
    expect(refusal(() => scalingBehaviorSpec({ scaleUp }, 'hpa')).code).toBe(code);
  });

  test('fails when a period is too long, and says how long it may be', () => {
    const scaleUp = { policies: [{ ...policy, period: Duration.hours(1) }] };
    expect(refusal(() => scalingBehaviorSpec({ scaleUp }, 'FederatedHPA "shop/web"')).message).toBe(
      `period of policies[0] of scaleUp of FederatedHPA "shop/web" must be 1 to 1800 seconds, got 3600
  fix: write Duration.seconds(1800) or less`,
    );
  });
});
