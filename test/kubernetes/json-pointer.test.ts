import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapedToken, pointerTokens, valueAtPointer } from '../../src/kubernetes/json-pointer';

describe('JSON pointers', () => {
  // RFC 6901, section 5
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, '~1': 9 };

  test.each([
    ['', document],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/m~0n', 8],
    ['/~01', 9],
    ['/foo/2', undefined],
    ['/toString', undefined],
    ['/foo/0/length', undefined],
  ])('%j leads to its value', (pointer, expected) => {
    expect(valueAtPointer(document, pointer)).toEqual(expected);
  });

  test('any key is a token, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const pointer = keys.map((key) => `/${escapedToken(key)}`).join('');
        expect(pointerTokens(pointer)).toEqual(keys);
      }),
    );
  });
});
