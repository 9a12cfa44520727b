import { describe, expect, test } from 'vitest';
import { Metric } from '../../src/model/metric';
import { refusal, untyped } from '../support/refusal';

// What the kinds of metrics look like in a manifest, and that the schema takes them, stands in federated-hpa.test.ts.
describe('Metric', () => {
  test('fails when the target has two amounts', () => {
    const target = untyped({ averageUtilization: 80, averageValue: 1 });
    expect(refusal(() => Metric.resource('cpu', target))).toEqual({
      code: 'metric.target',
      message: `target of Metric.resource "cpu" must have one of averageUtilization, averageValue, has averageUtilization and averageValue
  fix: give only averageUtilization or averageValue`,
    });
  });

  test.each<[string, () => Metric, string]>([
    ['the target is empty', () => Metric.resource('cpu', untyped({})), 'metric.target'],
    [
      'the target does not go with the metric',
      () => Metric.pods('requests', untyped({ value: 1 })),
      'property.unknown',
    ],
    ['the utilization is 0', () => Metric.resource('cpu', { averageUtilization: 0 }), 'number.range'],
    ['the amount is 0', () => Metric.resource('cpu', { averageValue: '0m' }), 'metric.target'],
    ['the amount is 0.0', () => Metric.pods('requests', { averageValue: '0.0' }), 'metric.target'],
    ['the amount is not a quantity', () => Metric.pods('requests', { averageValue: 'many' }), 'quantity.syntax'],
    ['the name is empty', () => Metric.pods('', { averageValue: 1 }), 'metric.name'],
    ['the name is a path', () => Metric.pods('a/b', { averageValue: 1 }), 'metric.name'],
    ['a selector is empty', () => Metric.pods('a', { averageValue: 1 }, {}), 'selector.empty'],
    [
      'the object has no name',
      () => Metric.object(untyped({ kind: 'Ingress' }), 'requests', { value: 1 }),
      'metric.name',
    ],
  ])('fails when %s', (_, make, code) => {
    expect(refusal(make).code).toBe(code);
  });
});
