import { describe, expect, test } from 'vitest';
import type { PlacementSpec } from '../../src/karmada/policy-spec';
import { Clusters } from '../../src/model/clusters';
import { Placement } from '../../src/model/placement';
import { Toleration } from '../../src/model/toleration';

const divided = { replicaDivisionPreference: 'Weighted', replicaSchedulingType: 'Divided' };
const weight = (cluster: string, weight: number) => ({ targetCluster: { clusterNames: [cluster] }, weight });
const names = (...clusterNames: string[]) => ({ clusterNames });

describe('Placement', () => {
  test.each<[string, Placement, PlacementSpec]>([
    [
      // The placement of pipy-propagation, the demo's first policy.
      'weights by name',
      Placement.weighted({ 'k3d-cluster-1': 10, 'k3d-cluster-2': 10, 'k3d-cluster-3': 10 }),
      {
        clusterAffinity: names('k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'),
        replicaScheduling: {
          ...divided,
          weightPreference: {
            staticWeightList: [weight('k3d-cluster-1', 10), weight('k3d-cluster-2', 10), weight('k3d-cluster-3', 10)],
          },
        },
      },
    ],
    [
      'weights by what clusters are like',
      Placement.weighted([
        { clusters: Clusters.where({ region: 'eu' }), weight: 2 },
        { clusters: Clusters.all(), weight: 1 },
      ]),
      {
        clusterAffinity: { labelSelector: {} },
        replicaScheduling: {
          ...divided,
          weightPreference: {
            staticWeightList: [
              {
                targetCluster: {
                  fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
                },
                weight: 2,
              },
              { targetCluster: {}, weight: 1 },
            ],
          },
        },
      },
    ],
    [
      'weights in a list, in its order',
      Placement.weighted([
        { clusters: Clusters.in('b'), weight: 2 },
        { clusters: Clusters.in('a'), weight: 1 },
      ]),
      {
        clusterAffinity: names('b', 'a'),
        replicaScheduling: { ...divided, weightPreference: { staticWeightList: [weight('b', 2), weight('a', 1)] } },
      },
    ],
    [
      'weights among given clusters',
      Placement.weighted({ a: 1 }, Clusters.in('a', 'b')),
      {
        clusterAffinity: names('a', 'b'),
        replicaScheduling: { ...divided, weightPreference: { staticWeightList: [weight('a', 1)] } },
      },
    ],
    ['equal parts', Placement.evenly('a', 'b'), { clusterAffinity: names('a', 'b'), replicaScheduling: divided }],
    [
      'all replicas everywhere',
      Placement.duplicated('a', 'b'),
      { clusterAffinity: names('a', 'b'), replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
    ],
    [
      'every cluster, said in the affinity',
      Placement.duplicated(Clusters.all()),
      {
        clusterAffinity: { labelSelector: {} },
        replicaScheduling: { replicaSchedulingType: 'Duplicated' },
      },
    ],
    [
      'as few clusters as have room',
      Placement.aggregated('a', 'b'),
      {
        clusterAffinity: names('a', 'b'),
        replicaScheduling: { replicaDivisionPreference: 'Aggregated', replicaSchedulingType: 'Divided' },
      },
    ],
    [
      'the room that clusters have',
      Placement.dynamicallyWeighted(Clusters.in('a', 'b')),
      {
        clusterAffinity: names('a', 'b'),
        replicaScheduling: { ...divided, weightPreference: { dynamicWeight: 'AvailableReplicas' } },
      },
    ],
    [
      'a spread, in the order given',
      Placement.duplicated('a').spreadOver({ region: { min: 1, max: 2 }, cluster: { max: 4 } }),
      {
        clusterAffinity: names('a'),
        spreadConstraints: [
          { spreadByField: 'region', minGroups: 1, maxGroups: 2 },
          { spreadByField: 'cluster', maxGroups: 4 },
        ],
        replicaScheduling: { replicaSchedulingType: 'Duplicated' },
      },
    ],
    [
      'tolerations, in the order given',
      Placement.duplicated('a')
        .tolerating(Toleration.of({ key: 'x' }))
        .tolerating(Toleration.of({ key: 'y', value: 'z' })),
      {
        clusterAffinity: names('a'),
        clusterTolerations: [
          { key: 'x', operator: 'Exists' },
          { key: 'y', operator: 'Equal', value: 'z' },
        ],
        replicaScheduling: { replicaSchedulingType: 'Duplicated' },
      },
    ],
    [
      'affinity groups, in order',
      Placement.aggregated('a').named('primary').orElse('backup', 'b', 'c').orElse('rest', Clusters.except('a')),
      {
        clusterAffinities: [
          { affinityName: 'primary', ...names('a') },
          { affinityName: 'backup', ...names('b', 'c') },
          { affinityName: 'rest', exclude: ['a'] },
        ],
        replicaScheduling: { replicaDivisionPreference: 'Aggregated', replicaSchedulingType: 'Divided' },
      },
    ],
    [
      'affinity groups with weights of their own',
      Placement.weighted({ a: 2, b: 1 }).named('primary').orElse('backup', { b: 1, c: 3 }),
      {
        clusterAffinities: [
          { affinityName: 'primary', ...names('a', 'b') },
          { affinityName: 'backup', ...names('b', 'c') },
        ],
        replicaScheduling: {
          ...divided,
          weightPreference: { staticWeightList: [weight('a', 2), weight('b', 1), weight('c', 3)] },
        },
      },
    ],
    [
      'overflow of the last group',
      Placement.dynamicallyWeighted('a')
        .named('own')
        .overflowingTo('rented', 'b')
        .overflowingTo('dear', 'c')
        .orElse('far', 'd'),
      {
        clusterAffinities: [
          {
            affinityName: 'own',
            ...names('a'),
            overflowAffinities: [
              { affinityName: 'rented', ...names('b') },
              { affinityName: 'dear', ...names('c') },
            ],
          },
          { affinityName: 'far', ...names('d') },
        ],
        replicaScheduling: { ...divided, weightPreference: { dynamicWeight: 'AvailableReplicas' } },
      },
    ],
    [
      'affinity to other workloads',
      Placement.duplicated('a').withWorkloadAffinity('app.group').withWorkloadAntiAffinity('example.com/tenant'),
      {
        clusterAffinity: names('a'),
        replicaScheduling: { replicaSchedulingType: 'Duplicated' },
        workloadAffinity: {
          affinity: { groupByLabelKey: 'app.group' },
          antiAffinity: { groupByLabelKey: 'example.com/tenant' },
        },
      },
    ],
  ])('writes %s, and reads it back as the same value', (_, placement, spec) => {
    expect(placement.toSpec()).toEqual(spec);
    expect(Placement.fromSpec(spec)).toEqual(placement);
  });

  test('of exactly so many here and there weighs clusters by their replicas, and knows the total', () => {
    const placement = Placement.exactly({ a: 3, b: 1 });
    expect(placement.toSpec()).toEqual(Placement.weighted({ a: 3, b: 1 }).toSpec());
    expect(placement.replicas).toBe(4);
    expect(Placement.weighted({ a: 3, b: 1 }).replicas).toBeUndefined();
  });

  test('stays as it is when refined', () => {
    const placement = Placement.duplicated('a');
    const before = placement.toSpec();
    placement
      .tolerating(Toleration.all())
      .spreadOver({ cluster: { max: 1 } })
      .named('primary')
      .orElse('backup', 'b');
    expect(placement.toSpec()).toEqual(before);
  });

  test('cannot be changed, nor through what it was made of', () => {
    const weights = { a: 1 };
    const placement = Placement.weighted(weights);
    weights.a = 7;
    expect(placement.toSpec().replicaScheduling?.weightPreference?.staticWeightList?.[0]?.weight).toBe(1);
    expect(Object.isFrozen(placement)).toBe(true);
    expect(Object.isFrozen(placement.groups)).toBe(true);
    expect(Object.isFrozen(placement.toSpec().clusterAffinity?.clusterNames)).toBe(true);
  });

  test('is its own for each order of weights, and refuses what only reads like weights that were given before', () => {
    const targets = (placement: Placement) => placement.clusters.names;
    expect(targets(Placement.weighted({ one: 1, two: 2 }))).toEqual(['one', 'two']);
    expect(targets(Placement.weighted({ two: 2, one: 1 }))).toEqual(['two', 'one']);
    expect(() => Placement.weighted({ one: '1', two: 2 } as never)).toThrow('got "1"');
    expect(() => Placement.weighted({ 'one=1,two': 2 })).toThrow('must be lower case letters');
  });

  test('replaces a spread by a later one', () => {
    const placement = Placement.duplicated('a')
      .spreadOver({ cluster: { max: 1 } })
      .spreadOver({ cluster: { max: 2 } });
    expect(placement.toSpec().spreadConstraints).toEqual([{ spreadByField: 'cluster', maxGroups: 2 }]);
  });

  test('names every cluster that it mentions, once', () => {
    const placement = Placement.aggregated('a', 'b')
      .named('own')
      .overflowingTo('rented', 'c')
      .orElse('rest', Clusters.except('a', 'd'));
    expect(placement.mentionedClusters).toEqual(['a', 'b', 'c', 'd']);
    expect(Placement.weighted({ a: 1 }, Clusters.all()).mentionedClusters).toEqual(['a']);
  });

  test.each<[string, PlacementSpec, PlacementSpec]>([
    ['nothing', {}, {}],
    ['an affinity for every cluster', { clusterAffinity: {} }, { clusterAffinity: {} }],
    // CRD default Divided, webhook default Weighted: what the API server stores.
    ['an empty replicaScheduling', { replicaScheduling: {} }, { replicaScheduling: divided }],
    ['empty lists', { clusterAffinities: [], spreadConstraints: [], clusterTolerations: [] }, {}],
    [
      'a spread without a field',
      { spreadConstraints: [{ minGroups: 0, maxGroups: 2 }] },
      { spreadConstraints: [{ minGroups: 0, maxGroups: 2 }] },
    ],
    ['an empty workload affinity', { workloadAffinity: {} }, { workloadAffinity: {} }],
    [
      'empty selectors, which Karmada stores',
      { clusterAffinity: { labelSelector: {}, fieldSelector: {}, clusterNames: [] } },
      { clusterAffinity: { labelSelector: {}, fieldSelector: {} } },
    ],
  ])('reads %s from a manifest', (_, spec, again) => {
    expect(Placement.fromSpec(spec).toSpec()).toEqual(again);
  });
});
