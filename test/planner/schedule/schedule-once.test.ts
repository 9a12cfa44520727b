import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../src/karmada/cluster';
import type { PlacementSpec } from '../../../src/karmada/policy-spec';
import { defaultKarmadaVersion, type KarmadaVersion } from '../../../src/karmada/release';
import { filtersFor } from '../../../src/planner/schedule/filters';
import { scheduleOnce } from '../../../src/planner/schedule/schedule-once';
import type { BindingToSchedule, ScheduleOptions } from '../../../src/planner/schedule/types';

const fleet: readonly Cluster[] = ['a', 'b', 'c'].map((name) => ({ name }));

function bindingWith(
  placement: PlacementSpec,
  replicas: number,
  extra: Partial<BindingToSchedule> = {},
): BindingToSchedule {
  return { placement, replicas, hasReplicaRequirements: false, apiVersion: 'apps/v1', kind: 'Deployment', ...extra };
}

/** The result as cluster to replicas, or the reason of the failure. */
function answer(binding: BindingToSchedule, options: Partial<ScheduleOptions> = {}, clusters = fleet): unknown {
  const result = scheduleOnce(binding, clusters, { karmada: defaultKarmadaVersion, tieBreak: 'ascending', ...options });
  if (result.kind === 'failed') return result.reason;
  return Object.fromEntries(result.clusters.map(({ name, replicas }) => [name, replicas]));
}

const room = (capacities: Readonly<Record<string, number>>) => ({
  available: (cluster: string) => capacities[cluster],
});

const aggregated: PlacementSpec = {
  replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
};
const dynamic: PlacementSpec = {
  replicaScheduling: { replicaSchedulingType: 'Divided', weightPreference: { dynamicWeight: 'AvailableReplicas' } },
};

describe('scheduleOnce', () => {
  test('takes `replicaScheduling: {}` for divided with equal weights, as the defaults do', () => {
    expect(answer(bindingWith({ replicaScheduling: {} }, 6))).toEqual({ a: 2, b: 2, c: 2 });
  });

  test('drops clusters without replicas, or keeps them where the scheduler is told to', () => {
    const even = bindingWith({ replicaScheduling: {} }, 2);
    expect(answer(even)).toEqual({ a: 1, b: 1 });
    expect(answer(even, { enableEmptyWorkloadPropagation: true })).toEqual({ a: 1, b: 1, c: 0 });
  });

  test('sends a workload with 0 replicas everywhere, unless its pods require something', () => {
    expect(answer(bindingWith({ replicaScheduling: {} }, 0))).toEqual({ a: 0, b: 0, c: 0 });
    expect(answer(bindingWith({ replicaScheduling: {} }, 0, { hasReplicaRequirements: true }))).toEqual({});
  });

  test.each<{ karmada: KarmadaVersion; expected: object }>([
    // Up to v1.16 a cluster that is no longer selected still counts when replicas are taken away.
    { karmada: '1.16', expected: { a: 1, gone: 2 } },
    { karmada: '1.17', expected: { a: 3 } },
    { karmada: defaultKarmadaVersion, expected: { a: 3 } },
  ])('scales down over what runs in v$karmada', ({ karmada, expected }) => {
    const previous = [
      { name: 'a', replicas: 4 },
      { name: 'gone', replicas: 6 },
    ];
    expect(answer(bindingWith(dynamic, 3, { previous }), { karmada })).toEqual(expected);
  });

  describe('with overflow groups', () => {
    const overflowing = (spec: PlacementSpec): PlacementSpec => ({
      ...spec,
      clusterAffinities: [
        {
          affinityName: 'own',
          clusterNames: ['b'],
          overflowAffinities: [{ affinityName: 'rented', clusterNames: ['a', 'c'] }],
        },
      ],
    });

    test('fills the group first, then the next one with what remains', () => {
      const capacities = room({ a: 10, b: 4, c: 20 });
      expect(answer(bindingWith(overflowing(dynamic), 3), capacities)).toEqual({ b: 3 });
      expect(answer(bindingWith(overflowing(dynamic), 10), capacities)).toEqual({ b: 4, a: 2, c: 4 });
      expect(answer(bindingWith(overflowing(aggregated), 10), capacities)).toEqual({ b: 4, c: 6 });
    });

    test('takes from the last group first', () => {
      const previous = [
        { name: 'b', replicas: 4 },
        { name: 'c', replicas: 6 },
      ];
      expect(answer(bindingWith(overflowing(dynamic), 5, { previous }), room({ a: 10, b: 0, c: 14 }))).toEqual({
        b: 4,
        c: 1,
      });
    });

    test('fails when all groups together have no room', () => {
      expect(answer(bindingWith(overflowing(dynamic), 40), room({ a: 10, b: 4, c: 20 }))).toBe('Unschedulable');
    });

    test('knows none before v1.18', () => {
      expect(answer(bindingWith(overflowing(dynamic), 10), { karmada: '1.17', ...room({ b: 20, c: 20 }) })).toEqual({
        b: 10,
      });
    });
  });

  test.each([
    { placement: { clusterAffinity: { clusterNames: ['z'] } }, expected: 'NoClusterFit' },
    { placement: { clusterAffinities: [{ affinityName: 'x', clusterNames: ['z'] }] }, expected: 'NoClusterFit' },
    {
      placement: { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 4, maxGroups: 9 }] },
      expected: 'SchedulerError',
    },
    { placement: { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1 }] }, expected: 'SchedulerError' },
    {
      placement: { spreadConstraints: [{ spreadByLabel: 'rack', minGroups: 1, maxGroups: 2 }] },
      expected: 'SchedulerError',
    },
    {
      placement: { ...aggregated, spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }] },
      expected: 'SchedulerError',
    },
  ])('fails with $expected for $placement', ({ placement, expected }) => {
    expect(answer(bindingWith(placement, 9), room({ a: 3, b: 3, c: 3 }))).toBe(expected);
  });

  test('ignores spread constraints with static weights', () => {
    const spreadConstraints = [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }];
    const weights = { staticWeightList: [{ targetCluster: {}, weight: 1 }] };
    const placement = { spreadConstraints, replicaScheduling: { weightPreference: weights } };
    expect(answer(bindingWith(placement, 3))).toEqual({ a: 1, b: 1, c: 1 });
  });
});

describe('filters', () => {
  const reasonsFor = (
    cluster: Partial<Cluster>,
    placement: PlacementSpec = {},
    extra: Partial<BindingToSchedule> = {},
  ) =>
    filtersFor(bindingWith(placement, 1, extra), { karmada: defaultKarmadaVersion, tieBreak: 'ascending' }).reasons({
      name: 'a',
      ...cluster,
    });
  const plugins = (...args: Parameters<typeof reasonsFor>) => reasonsFor(...args).map(({ plugin }) => plugin);

  test.each([
    { toleration: { key: 'k', value: 'v', effect: 'NoSchedule' }, tolerated: true },
    { toleration: { key: 'k', operator: 'Exists' }, tolerated: true },
    { toleration: { operator: 'Exists' }, tolerated: true },
    { toleration: { key: 'k', operator: 'Equal', value: 'other' }, tolerated: false },
    { toleration: { key: 'k', value: 'v', effect: 'NoExecute' }, tolerated: false },
    { toleration: { key: 'k', operator: 'Gt', value: '1' }, tolerated: false },
    { toleration: {}, tolerated: false },
  ])('a taint k=v:NoSchedule with toleration $toleration', ({ toleration, tolerated }) => {
    const taints = [{ key: 'k', value: 'v', effect: 'NoSchedule' }];
    expect(plugins({ taints }, { clusterTolerations: [toleration] })).toEqual(tolerated ? [] : ['TaintToleration']);
  });

  test('a taint with effect PreferNoSchedule keeps nothing away', () => {
    expect(plugins({ taints: [{ key: 'k', effect: 'PreferNoSchedule' }] })).toEqual([]);
  });

  test('what runs in a cluster stays there in spite of a new taint or a missing API, not in spite of the affinity', () => {
    const changed = { taints: [{ key: 'k', effect: 'NoExecute' }], apiEnablements: [] };
    const running = { previous: [{ name: 'a', replicas: 1 }] };
    expect(plugins(changed)).toEqual(['APIEnablement', 'TaintToleration']);
    expect(plugins(changed, {}, running)).toEqual([]);
    expect(plugins(changed, { clusterAffinity: { exclude: ['a'] } }, running)).toEqual(['ClusterAffinity']);
  });

  test('spreading by a property needs the property', () => {
    const constraints = ['provider', 'region', 'zone', 'cluster'].map((spreadByField) => ({ spreadByField }));
    expect(reasonsFor({ provider: 'p', zones: ['z'] }, { spreadConstraints: constraints })).toEqual([
      { plugin: 'SpreadConstraint', why: 'it has no region, by which the placement spreads' },
    ]);
  });

  test('workloads of a group go together or apart, and away from where they are evicted', () => {
    expect(plugins({}, {}, { affinityPeers: [['a', 'b'], ['a']] })).toEqual([]);
    expect(plugins({}, {}, { affinityPeers: [['a'], ['b']] })).toEqual(['WorkloadAffinity']);
    expect(plugins({}, {}, { antiAffinityPeers: [['b'], ['a']] })).toEqual(['WorkloadAntiAffinity']);
    expect(plugins({}, {}, { evictedFrom: ['a'] })).toEqual(['ClusterEviction']);
  });
});
