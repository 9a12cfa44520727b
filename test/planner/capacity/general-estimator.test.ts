import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster, ResourceModel, ResourceSummary } from '../../../src/karmada/cluster';
import { GeneralEstimator } from '../../../src/planner/capacity/general-estimator';

const karmada = '1.18';

const grades: readonly ResourceModel[] = [
  { grade: 0, ranges: [{ name: 'cpu', min: '0', max: '2' }] },
  { grade: 1, ranges: [{ name: 'cpu', min: '2', max: '4' }] },
];

function estimatorOf(resourceSummary: ResourceSummary, resourceModels: readonly ResourceModel[] = []) {
  const cluster: Cluster = { name: 'member1', resourceSummary, resourceModels };
  return new GeneralEstimator([cluster], { karmada });
}

describe('GeneralEstimator', () => {
  test('the scarcest resource decides', () => {
    const estimator = estimatorOf({
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      allocated: { cpu: '1500m', memory: '6Gi', pods: '3' },
    });
    expect(estimator.replicas({ resourceRequest: { cpu: '500m' } })('member1')).toBe(5);
    expect(estimator.replicas({ resourceRequest: { cpu: '500m', memory: '1Gi' } })('member1')).toBe(2);
    expect(estimator.replicas(undefined)('member1')).toBe(107);
  });

  test('nodes of the lowest grade count as nothing', () => {
    const summary = {
      allocatable: { cpu: '2', pods: '20' },
      allocatableModelings: [
        { grade: 0, count: 2 },
        { grade: 1, count: 0 },
      ],
    };
    expect(estimatorOf(summary, grades).replicas({ resourceRequest: { cpu: '500m' } })('member1')).toBe(0);
    expect(estimatorOf(summary).replicas({ resourceRequest: { cpu: '500m' } })('member1')).toBe(4);
  });

  test('a cluster that is not in the fleet, or has no status, has no room', () => {
    expect(estimatorOf({}).replicas({ resourceRequest: { cpu: '1' } })('member1')).toBe(0);
    expect(estimatorOf({ allocatable: { pods: 5 } }).replicas(undefined)('member2')).toBe(0);
  });

  test('more room is never fewer replicas, a larger request never more', () => {
    const amount = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (cpu, more, request, larger) => {
        const replicas = (allocatable: number, requested: number) =>
          estimatorOf({ allocatable: { cpu: `${allocatable}m`, pods: 1_000_000 } }).replicas({
            resourceRequest: { cpu: `${requested}m` },
          })('member1');
        const least = replicas(cpu, request);
        expect(least).toBe(Math.floor(cpu / request));
        expect(replicas(cpu + more, request)).toBeGreaterThanOrEqual(least);
        expect(replicas(cpu, request + larger)).toBeLessThanOrEqual(least);
      }),
    );
  });

  test('a set of one component of one replica packs like single replicas', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 5000 }), (count, request) => {
        const estimator = estimatorOf(
          {
            allocatable: { cpu: '1000', pods: 500 },
            allocatableModelings: [{ grade: 1, count }],
          },
          grades,
        );
        const requirements = { resourceRequest: { cpu: `${request}m` } };
        expect(estimator.componentSets('member1', [{ replicas: 1, requirements }])).toBe(
          estimator.replicas(requirements)('member1'),
        );
      }),
    );
  });

  test('a cluster of absurdly many nodes is refused, not packed for ever', () => {
    const estimator = estimatorOf(
      { allocatable: { cpu: '1E', pods: 2e9 }, allocatableModelings: [{ grade: 1, count: 2e9 }] },
      grades,
    );
    expect(
      estimator.componentSets('member1', [{ replicas: 1, requirements: { resourceRequest: { cpu: '1m' } } }]),
    ).toBeNaN();
  });
});
