import { describe, expect, test } from 'vitest';
import { clustersLost } from '../../../src/planner';

const fleet = [
  { name: 'member1', region: 'eu', provider: 'p1', zones: ['eu-a'], labels: { tier: 'prod' } },
  { name: 'member2', region: 'eu', provider: 'p2', zones: ['eu-a', 'eu-b'] },
  { name: 'member3', region: 'us', provider: 'p1', labels: { tier: 'test' } },
];

describe('clustersLost', () => {
  test.each([
    ['member2', ['member2']],
    ['member3, member1', ['member1', 'member3']],
    ['region=eu', ['member1', 'member2']],
    ['provider=p1', ['member1', 'member3']],
    ['zone=eu-b', ['member2']],
    ['tier=test', ['member3']],
    ['region=us,member1', ['member1', 'member3']],
  ])('%s', (text, expected) => {
    expect(clustersLost(text, fleet)).toEqual(expected);
  });

  test.each([
    ['memmber2', /no cluster "memmber2"[\s\S]*write member2/],
    ['region=ue', /no cluster of the fleet has region=ue[\s\S]*write one of eu, us/],
    ['rack=1', /no cluster of the fleet has a label "rack"/],
    [' , ', /names no cluster/],
  ])('%s is an error', (text, message) => {
    expect(() => clustersLost(text, fleet)).toThrow(message);
  });

  test('a fleet without regions says so', () => {
    expect(() => clustersLost('region=eu', [{ name: 'a' }])).toThrow(/no cluster of the fleet has a region/);
  });
});
