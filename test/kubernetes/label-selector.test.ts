import { describe, expect, test } from 'vitest';
import { compileLabelSelector, isInvalidLabelSelector } from '../../src/kubernetes/label-selector';
import type { LabelSelectorSpec } from '../../src/kubernetes/object';

// Expectations follow Kubernetes' own selector semantics: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
describe('compileLabelSelector', () => {
  test.each<[string, LabelSelectorSpec, Record<string, string> | undefined, boolean]>([
    ['an empty selector matches an object without labels', {}, undefined, true],
    ['all matchLabels must be there', { matchLabels: { app: 'pipy', tier: 'web' } }, { app: 'pipy' }, false],
    ['more labels than asked do no harm', { matchLabels: { app: 'pipy' } }, { app: 'pipy', tier: 'web' }, true],
    ['an empty value equals an empty value', { matchLabels: { app: '' } }, { app: '' }, true],
    ['an empty value does not equal an absent label', { matchLabels: { app: '' } }, {}, false],
    ['In', { matchExpressions: [{ key: 'env', operator: 'In', values: ['a', 'b'] }] }, { env: 'b' }, true],
    ['In needs the label', { matchExpressions: [{ key: 'env', operator: 'In', values: ['a'] }] }, {}, false],
    ['NotIn', { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['a'] }] }, { env: 'a' }, false],
    ['NotIn an absent label', { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['a'] }] }, {}, true],
    ['Exists', { matchExpressions: [{ key: 'env', operator: 'Exists' }] }, { env: '' }, true],
    ['DoesNotExist', { matchExpressions: [{ key: 'env', operator: 'DoesNotExist' }] }, { env: '' }, false],
    [
      'names of Object.prototype are no labels',
      { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] },
      {},
      false,
    ],
    [
      'labels and expressions are ANDed',
      { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'env', operator: 'Exists' }] },
      { app: 'x' },
      false,
    ],
  ])('%s', (_, selector, labels, expected) => {
    expect(compileLabelSelector(selector)(labels)).toBe(expected);
  });

  test.each<[string, LabelSelectorSpec]>([
    ['an unknown operator', { matchExpressions: [{ key: 'env', operator: 'Equals', values: ['a'] }] }],
    ['an operator in another case', { matchExpressions: [{ key: 'env', operator: 'in', values: ['a'] }] }],
    ['In without values', { matchExpressions: [{ key: 'env', operator: 'In', values: [] }] }],
    ['NotIn without values', { matchExpressions: [{ key: 'env', operator: 'NotIn' }] }],
    ['Exists with values', { matchExpressions: [{ key: 'env', operator: 'Exists', values: ['a'] }] }],
    ['a malformed key', { matchLabels: { 'no spaces': 'a' } }],
    ['a malformed prefix', { matchExpressions: [{ key: 'Upper.case/x', operator: 'DoesNotExist' }] }],
    ['a malformed value', { matchLabels: { app: '-a' } }],
    ['a value of 64 characters', { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['x'.repeat(64)] }] }],
  ])('fails when it meets %s: nothing matches', (_, selector) => {
    expect(isInvalidLabelSelector(selector)).toBe(true);
    expect(compileLabelSelector(selector)({ env: 'a', app: '-a' })).toBe(false);
    expect(compileLabelSelector(selector)(undefined)).toBe(false);
  });

  test('broken data is an invalid selector or an unasked question, never a crash', () => {
    const broken = JSON.parse('[{"matchExpressions":[null]},{"matchLabels":{"a":1}},{"matchExpressions":[{"key":3}]}]');
    for (const selector of broken) expect(compileLabelSelector(selector)({ a: '1' })).toBe(false);
  });
});
