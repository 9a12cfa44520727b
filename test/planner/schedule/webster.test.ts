import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TieBreak } from '../../../src/planner/outcome';
import { divideByWeight } from '../../../src/planner/schedule/webster';
import { propertyRuns } from '../../support/property-runs';

/** One seat at a time, as Karmada's queue does: the definition, without any shortcut. */
function oneByOne(replicas: number, weights: ReadonlyMap<string, number>, tie: TieBreak): Map<string, number> {
  const names = [...weights.keys()].sort();
  const inOrder = tie === 'ascending' ? names : [...names].reverse();
  const seats = new Map(names.map((name) => [name, 0]));
  if (![...weights.values()].some((weight) => weight > 0)) return seats;
  for (let given = 0; given < replicas; given++) {
    let best: string | undefined;
    for (const name of inOrder) {
      if ((weights.get(name) ?? 0) === 0) continue;
      if (best === undefined || isAhead(name, best)) best = name;
    }
    seats.set(best as string, (seats.get(best as string) ?? 0) + 1);
  }
  return seats;

  function isAhead(a: string, b: string): boolean {
    const priority = (name: string) => (weights.get(name) ?? 0) / (2 * (seats.get(name) ?? 0) + 1);
    if (priority(a) !== priority(b)) return priority(a) > priority(b);
    return (seats.get(a) ?? 0) < (seats.get(b) ?? 0);
  }
}

const tieBreaks = fc.constantFrom<TieBreak>('ascending', 'descending');
const smallWeights = fc.integer({ min: 0, max: 12 });
const anyWeight = fc.oneof(smallWeights, fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
const weightsOf = (weight: fc.Arbitrary<number>) =>
  fc
    .array(weight, { minLength: 1, maxLength: 12 })
    .map((list) => new Map(list.map((each, index) => [`member${index + 1}`, each])));

describe('divideByWeight', () => {
  test.each([
    // Worked examples, by running Karmada v1.18.2.
    { replicas: 9, weights: [1, 2], ascending: [3, 6], descending: [3, 6] },
    { replicas: 9, weights: [1, 3], ascending: [2, 7], descending: [2, 7] },
    { replicas: 5, weights: [1, 1], ascending: [3, 2], descending: [2, 3] },
    { replicas: 10, weights: [1, 1, 1], ascending: [4, 3, 3], descending: [3, 3, 4] },
    { replicas: 11, weights: [1, 1, 1], ascending: [4, 4, 3], descending: [3, 4, 4] },
    { replicas: 1, weights: [1, 1, 1], ascending: [1, 0, 0], descending: [0, 0, 1] },
    { replicas: 2, weights: [2, 1], ascending: [1, 1], descending: [1, 1] },
    { replicas: 3, weights: [5, 1, 1], ascending: [2, 1, 0], descending: [2, 0, 1] },
    { replicas: 5, weights: [170, 110, 60], ascending: [2, 2, 1], descending: [2, 2, 1] },
    { replicas: 13, weights: [3, 2, 1], ascending: [7, 4, 2], descending: [7, 4, 2] },
    { replicas: 10, weights: [70, 20, 10], ascending: [7, 2, 1], descending: [7, 2, 1] },
    { replicas: 4, weights: [9, 1], ascending: [4, 0], descending: [4, 0] },
    { replicas: 5, weights: [9, 1], ascending: [4, 1], descending: [4, 1] },
    { replicas: 7, weights: [0, 0], ascending: [0, 0], descending: [0, 0] },
    { replicas: 7, weights: [0, 1], ascending: [0, 7], descending: [0, 7] },
    { replicas: 0, weights: [1, 1], ascending: [0, 0], descending: [0, 0] },
  ])('$replicas replicas over $weights', ({ replicas, weights, ascending, descending }) => {
    const byName = new Map(weights.map((weight, index) => [`member${index + 1}`, weight]));
    expect([...divideByWeight(replicas, byName, 'ascending').values()]).toEqual(ascending);
    expect([...divideByWeight(replicas, byName, 'descending').values()]).toEqual(descending);
  });

  test('equals giving one seat after the other, in every order of ties', () => {
    fc.assert(
      fc.property(fc.nat(400), weightsOf(anyWeight), tieBreaks, (replicas, weights, tie) => {
        const expected = [...oneByOne(replicas, weights, tie)].sort(([a], [b]) => (a < b ? -1 : 1));
        expect([...divideByWeight(replicas, weights, tie)]).toEqual(expected);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  test('hands out exactly the replicas asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        weightsOf(fc.integer({ min: 1, max: 5000 })),
        tieBreaks,
        (replicas, weights, tie) => {
          const given = [...divideByWeight(replicas, weights, tie).values()];
          expect(given.reduce((sum, each) => sum + each, 0)).toBe(replicas);
        },
      ),
    );
  });

  test('one more replica never takes one away', () => {
    fc.assert(
      fc.property(fc.nat(2000), weightsOf(anyWeight), tieBreaks, (replicas, weights, tie) => {
        const before = divideByWeight(replicas, weights, tie);
        for (const [name, after] of divideByWeight(replicas + 1, weights, tie)) {
          expect(after).toBeGreaterThanOrEqual(before.get(name) as number);
        }
      }),
    );
  });

  test('does not depend on the order in which the weights are written', () => {
    fc.assert(
      fc.property(fc.nat(300), weightsOf(smallWeights), tieBreaks, (replicas, weights, tie) => {
        const reversed = new Map([...weights].reverse());
        expect(divideByWeight(replicas, reversed, tie)).toEqual(divideByWeight(replicas, weights, tie));
      }),
    );
  });
});
