import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tieBreakOf } from '../../../src/planner/schedule/tie-break';

/** The hash itself, bit by bit. */
function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

describe('tieBreakOf', () => {
  test.each([
    // From Karmada v1.18.2.
    { uid: '4858ca61-3ff8-4095-8267-f3d059d8074c', expected: 'ascending' },
    { uid: 'd43fdeeb-d750-4e2b-bee3-64eb94534f4c', expected: 'descending' },
    { uid: '', expected: 'ascending' },
  ])('$uid counts names $expected', ({ uid, expected }) => {
    expect(tieBreakOf(uid)).toBe(expected);
  });

  test('follows the lowest bit of the FNV-1a hash for every UID', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uuid(), fc.string({ minLength: 1 })), (uid) => {
        expect(tieBreakOf(uid)).toBe(fnv1a32(uid) % 2 === 1 ? 'descending' : 'ascending');
      }),
    );
  });
});
