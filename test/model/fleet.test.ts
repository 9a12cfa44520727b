import { describe, expect, test } from 'vitest';
import { Fleet } from '../../src/model/fleet';
import { ModelError } from '../../src/model/model-error';

/** What a call throws; anything but a ModelError fails the test. */
function refusal(call: () => unknown): { message: string; code: string } {
  try {
    call();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { message: error.message, code: error.code };
  }
  throw new Error('nothing was thrown');
}

describe('Fleet.of', () => {
  test('keeps the clusters in the order given, with what is known about them', () => {
    const fleet = Fleet.of({ member2: { region: 'us', zones: ['a', 'b'] }, member1: {} });
    expect(fleet.names).toEqual(['member2', 'member1']);
    expect(fleet.clusters).toEqual([{ name: 'member2', region: 'us', zones: ['a', 'b'] }, { name: 'member1' }]);
    expect(fleet.get('member2').region).toBe('us');
    expect(fleet.has('member1')).toBe(true);
    expect(fleet.has('member3')).toBe(false);
  });

  test('is not changed by what happens to its input, and cannot be changed itself', () => {
    const properties = { labels: { tier: 'gold' } };
    const fleet = Fleet.of({ member1: properties });
    properties.labels.tier = 'tin';
    expect(fleet.get('member1').labels).toEqual({ tier: 'gold' });
    expect(Object.isFrozen(fleet)).toBe(true);
    expect(Object.isFrozen(fleet.clusters)).toBe(true);
    expect(Object.isFrozen(fleet.get('member1').labels)).toBe(true);
  });
});
