import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEqualData } from '../../src/kubernetes/plain-data';
import { base64Of, byteLength } from '../../src/kubernetes/text-bytes';

const value = fc.jsonValue({ maxDepth: 4 });

describe('plain data', () => {
  test('is equal as Node compares it', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(isEqualData(one, other)).toBe(isDeepStrictEqual(one, other));
        expect(isEqualData(one, structuredClone(one))).toBe(true);
      }),
    );
  });

  test.each([
    [{ toString: 1 }, { toString: 1 }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: undefined }, { b: undefined }, false],
    [JSON.parse('{"__proto__": {"a": 1}}'), {}, false],
    [[], {}, false],
    [null, {}, false],
    [[1], ['1'], false],
  ])('%j against %j', (one, other, expected) => {
    expect(isEqualData(one, other)).toBe(expected);
  });
});

describe('bytes of a text', () => {
  test('are counted and encoded as Node does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(byteLength(text)).toBe(Buffer.byteLength(text));
        expect(base64Of(text)).toBe(Buffer.from(text).toString('base64'));
      }),
    );
  });
});
