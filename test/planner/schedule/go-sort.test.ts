import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goSorted } from '../../../src/planner/schedule/go-sort';

interface Item {
  readonly value: number;
  readonly place: number;
}

const before = (a: Item, b: Item) => a.value > b.value;
const itemsOf = (values: readonly number[]): Item[] => values.map((value, place) => ({ value, place }));

test('sorts whatever is given, and loses nothing', () => {
  const values = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 }),
    fc.array(fc.integer(), { maxLength: 200 }),
  );
  fc.assert(
    fc.property(values, (given) => {
      const sorted = goSorted(itemsOf(given), before);
      expect(sorted.map(({ value }) => value)).toEqual([...given].sort((a, b) => b - a));
      expect(new Set(sorted.map(({ place }) => place)).size).toBe(given.length);
    }),
  );
});

test('up to twelve items it is stable', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), (given) => {
      expect(goSorted(itemsOf(given), before)).toEqual([...itemsOf(given)].sort((a, b) => b.value - a.value));
    }),
  );
});

test('patterns that defeat a plain quicksort are sorted too', () => {
  const patterns: readonly ((place: number) => number)[] = [
    (place) => place,
    (place) => -place,
    (place) => place % 7,
    (place) => Math.abs(500 - place),
    (place) => (place * 7919) % 997,
  ];
  for (const pattern of patterns) {
    const given = Array.from({ length: 1000 }, (_, place) => pattern(place));
    expect(goSorted(itemsOf(given), before).map(({ value }) => value)).toEqual([...given].sort((a, b) => b - a));
  }
});

// Recorded: schedule_capacity-0231, Karmada v1.18.2. The first three of six equal clusters are used.
test('the order of equal items is that of Go', () => {
  const names = 'm07 m03 m02 m05 m08 m11 m14 m01 m04 m10 m13 m00 m06 m09 m12 m15'.split(' ');
  const room = (name: string) => 3 + (Number(name.slice(1)) % 3);
  const sorted = goSorted(names, (a, b) => room(a) > room(b));
  expect(sorted.slice(0, 3).sort()).toEqual(['m02', 'm11', 'm14']);
});
