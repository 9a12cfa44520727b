import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctNames } from '../../src/manifests/distinct-names';

const namesOf = (files: readonly (readonly string[])[]) =>
  distinctNames(
    files.map((candidates) => ({ item: candidates.join(' '), candidates })),
    (item) => item,
  );

describe('distinctNames', () => {
  test.each([
    [
      'the first name where nothing else wants it',
      [
        ['a', 'a1'],
        ['b', 'b1'],
      ],
      ['a', 'b'],
    ],
    ['a more precise one for all that share a name', [['a', 'a1'], ['a', 'a2'], ['b']], ['a1', 'a2', 'b']],
    [
      'names that differ by more than case',
      [
        ['A', 'A1'],
        ['a', 'a2'],
      ],
      ['A1', 'a2'],
    ],
    [
      'a name that a more precise one of another item has',
      [
        ['a', 'a1'],
        ['a', 'a2'],
        ['a1', 'a1x'],
      ],
      ['a1', 'a2', 'a1x'],
    ],
  ])('gives %s', (_, files, expected) => {
    expect(namesOf(files)).toEqual(expected);
  });

  test('fails when two items have the same names throughout', () => {
    expect(() =>
      namesOf([
        ['a', 'x'],
        ['a', 'x'],
      ]),
    ).toThrow('a x and a x would share the file x');
  });

  test('never gives one name twice, and gives the same names in any order', () => {
    const file = fc.tuple(fc.constantFrom('a', 'b', 'A'), fc.constantFrom('n', 'm'), fc.uuid());
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ([, , id]) => id, maxLength: 12 }), (files) => {
        const listed = files.map(([a, b, c]) => [a, `${a}.${b}`, `${a}.${b}.${c}`]);
        const names = namesOf(listed);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(files.length);
        expect(namesOf([...listed].reverse())).toEqual([...names].reverse());
      }),
    );
  });
});
