import { describe, expect, test } from 'vitest';
import { printable, printableData, printableLines } from '../../src/problem/words';

describe('printable', () => {
  test.each([
    ['plain: Ünïcødé 名前 👍', 'plain: Ünïcødé 名前 👍'],
    ['a\u001b[31mRED', 'a\\u001b[31mRED'],
    ['a\u001b]0;title\u0007', 'a\\u001b]0;title\\u0007'],
    ['a\u009b31m\u007f', 'a\\u009b31m\\u007f'],
    ['a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
    ['a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
    ['user\u202etxt.exe\u2066\u200f\u061c\u200b\ufeff', 'user\\u202etxt.exe\\u2066\\u200f\\u061c\\u200b\\ufeff'],
    ['::error file=x::forged', '\\u003a:error file=x::forged'],
    ['a \u00a0::add-mask::b', 'a \u00a0\\u003a:add-mask::b'],
    ['x##[error]forged', 'x\\u0023#[error]forged'],
    ['a::b', 'a::b'],
  ])('%j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('lines keep their breaks and tabs, and no carriage return', () => {
    expect(printableLines('a\n::error::b\r\n\tc\rd')).toBe('a\n\\u003a:error::b\n\tc\\rd');
  });

  test('data keeps its shape', () => {
    expect(printableData({ a: ['\u001b', 1, null], b: { c: 'x\ny' } })).toEqual({
      a: ['\\u001b', 1, null],
      b: { c: 'x\\ny' },
    });
  });
});
