import { describe, expect, test } from 'vitest';
import { checkOneOf, checkProperties } from '../../src/problem/check-properties';
import { joinWords, nearMiss, quoted } from '../../src/problem/words';
import { refusal } from '../support/refusal';

describe('checkKnownProperties', () => {
  test('lets known and undefined properties pass', () => {
    expect(() => checkProperties({ image: 'x', tag: undefined }, ['image'], 'app')).not.toThrow();
  });

  test('fails when a property is misspelled, and names the one that was meant', () => {
    expect(refusal(() => checkProperties({ iamge: 'x' }, ['image', 'replicas'], 'app "pipy"'))).toEqual({
      code: 'property.unknown',
      message: 'app "pipy" has no property "iamge"\n  fix: write "image" in place of "iamge"',
    });
  });

  test('fails when a property resembles none, and lists them', () => {
    expect(refusal(() => checkProperties({ colour: 'x' }, ['image', 'replicas'], 'app'))).toEqual({
      code: 'property.unknown',
      message: 'app has no property "colour"\n  fix: use one of image, replicas',
    });
  });

  test.each([null, 3, 'x', ['image']])('fails when the value is %j', (value) => {
    expect(refusal(() => checkProperties(value, ['image', 'replicas'], 'app'))).toEqual({
      code: 'property.type',
      message: `app must be an object, got ${JSON.stringify(value)}\n  fix: give an object with image or replicas`,
    });
  });

  test('is not misled by what objects inherit', () => {
    expect(refusal(() => checkProperties({ constructor: 1 }, ['image'], 'app')).code).toBe('property.unknown');
  });
});

describe('checkOneOf', () => {
  test('fails when a word is misspelled, and names the one that was meant', () => {
    expect(refusal(() => checkOneOf('overwrite', ['Abort', 'Overwrite'], 'conflictResolution'))).toEqual({
      code: 'property.value',
      message: 'conflictResolution must be Abort or Overwrite, got "overwrite"\n  fix: write "Overwrite"',
    });
  });

  test('fails when the value is no word', () => {
    expect(refusal(() => checkOneOf(true, ['Abort', 'Overwrite'], 'conflictResolution')).message).toBe(
      'conflictResolution must be Abort or Overwrite, got true\n  fix: use one of Abort, Overwrite',
    );
  });
});

describe('nearMiss', () => {
  test.each([
    ['regoin', ['region', 'provider'], 'region'],
    ['PLACEMENT', ['placement'], 'placement'],
    ['op', ['operator', 'path'], 'operator'],
    ['member3', ['member1', 'member2'], undefined],
    ['x', ['region'], undefined],
    ['mix', ['min', 'max'], undefined],
  ])('of %j among %j is %j', (word, candidates, expected) => {
    expect(nearMiss(word, candidates)).toBe(expected);
  });
});

test('lists are cut to a few and a count', () => {
  expect(joinWords(['a', 'b', 'c'])).toBe('a, b, c');
  expect(joinWords(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  expect(joinWords(Array.from({ length: 20 }, (_, index) => `c${index}`))).toBe(
    'c0, c1, c2, c3, c4, c5, c6 and 13 more',
  );
});

test('any value can be shown', () => {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  expect([undefined, Number.NaN, () => 1, 3n, Symbol('x'), self, 'x'.repeat(100)].map(quoted)).toEqual([
    'undefined',
    'NaN',
    'a function',
    'the bigint 3',
    'the symbol Symbol(x)',
    'a value that refers to itself',
    `"${'x'.repeat(76)}...`,
  ]);
});
