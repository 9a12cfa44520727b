import { describe, expect, test } from 'vitest';
import { goNumber, goYaml } from '../../../src/planner/override/go-yaml';
import type { Json } from '../../../src/yaml/json';

// Expectations: what `kubectl label --local -o yaml --dry-run=client` (v1.32) prints for the same data; it writes YAML with
// the library that Karmada uses.
describe('goYaml', () => {
  test.each([
    ['yes', '"yes"'],
    ['y', '"y"'],
    ['null', '"null"'],
    ['~', '"~"'],
    ['.nan', '".nan"'],
    ['0x1F', '"0x1F"'],
    ['0b11', '"0b11"'],
    ['0o17', '"0o17"'],
    ['08', '"08"'],
    ['1_000', '"1_000"'],
    ['1e3', '"1e3"'],
    ['.5_0', '".5_0"'],
    ['5.', '"5."'],
    ['', '""'],
    ['2020-01-01', '"2020-01-01"'],
    ['2020-01-01T00:00:00Z', '"2020-01-01T00:00:00Z"'],
    ['2020-13-01', '2020-13-01'],
    ['2020-02-30', '2020-02-30'],
    ['2020-01-01T1:2:3', '2020-01-01T1:2:3'],
    ['1:30', '"1:30"'],
    ['1:60', '1:60'],
    ['1e400', '1e400'],
    ['0x', '0x'],
    ['<<', '<<'],
    ['=', '='],
    ['-', "'-'"],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['? a', "'? a'"],
    ['?a', '?a'],
    ['a: b', "'a: b'"],
    ['a:', "'a:'"],
    ['a #b', "'a #b'"],
    ['a#b', 'a#b'],
    ['#a', "'#a'"],
    ['@a', "'@a'"],
    ['&a', "'&a'"],
    ['[a', "'[a'"],
    ['a, b', 'a, b'],
    [' a', "' a'"],
    ['a ', "'a '"],
    ["it's", "it's"],
    ["'it", "'''it'"],
    ['"q"', '\'"q"\''],
    ['a\\b', 'a\\b'],
    ['a\tb', '"a\\tb"'],
    ['é', 'é'],
    ['😀', '"\\U0001F600"'],
    ['a\n', '|\n  a'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    ['\na', '|2-\n\n  a'],
    ['a\n b', '|-\n  a\n   b'],
    ['a \nb', '"a \\nb"'],
    ['9223372036854775808', '"9223372036854775808"'],
    ['0xFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFF'],
  ])('the text %j', (text, written) => {
    expect(goYaml({ v: text })).toBe(`v: ${written}\n`);
  });

  test.each<[string, Json, string]>([
    [
      'lists are not indented, lists in lists are',
      { a: ['x', ['y', 'z']], b: [{ c: 1, d: [2] }] },
      'a:\n- x\n- - "y"\n  - z\nb:\n- c: 1\n  d:\n  - 2\n',
    ],
    ['empty collections', { a: {}, b: [], c: null }, 'a: {}\nb: []\nc: null\n'],
    ['a list at the top', [1, { a: true }], '- 1\n- a: true\n'],
    [
      'numbers in keys are ordered by value, letters after them',
      { a10: 1, a2: 1, B: 1, _x: 1, '10': 1, '9': 1 },
      '_x: 1\n"9": 1\n"10": 1\nB: 1\na2: 1\na10: 1\n',
    ],
    ['a key that is too long stands by itself', { ['k'.repeat(129)]: { a: 1 } }, `? ${'k'.repeat(129)}\n: a: 1\n`],
  ])('%s', (_, value, written) => {
    expect(goYaml(value)).toBe(written);
  });

  test('long texts are folded at the first space beyond column 80', () => {
    const text = 'word '.repeat(20).trim();
    expect(goYaml({ v: text })).toBe(`v: ${'word '.repeat(16).trim()}\n  ${'word '.repeat(4).trim()}\n`);
  });

  test.each([
    [0, '0'],
    [-5, '-5'],
    [1.5, '1.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [999999.5, '999999.5'],
    [1234567.5, '1.2345675e+06'],
    [1e21, '1e+21'],
    [9007199254740991, '9007199254740991'],
  ])('the number %d', (value, written) => {
    expect(goNumber(value)).toBe(written);
    expect(goYaml({ v: value })).toBe(`v: ${written}\n`);
  });
});
