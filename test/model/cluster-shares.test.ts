import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Clusters, Fleet, Placement } from '../../src';
import { planOf } from '../../src/planner';
import { refusal } from '../support/refusal';

const fleet = Fleet.of({
  a: { region: 'eu', labels: { tier: 'gold' } },
  b: { region: 'eu' },
  c: { region: 'us' },
  d: { region: 'asia' },
});
const eu = fleet.where({ region: 'eu' });
const us = fleet.where({ region: 'us' });

describe('the clusters of weights by conditions', () => {
  test('are those that any entry selects, in one condition', () => {
    const placement = fleet.weighted([
      { clusters: eu, weight: 3 },
      { clusters: us, weight: 1 },
    ]);
    expect(placement.toSpec().clusterAffinity).toEqual({
      fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu', 'us'] }] },
    });
  });

  test.each<[string, Clusters[], object]>([
    [
      'labels with one value',
      [Clusters.where({ labels: { tier: 'gold' } }), Clusters.where({ labels: { tier: 'iron' } })],
      { labelSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold', 'iron'] }] } },
    ],
    [
      'the same further conditions',
      [
        Clusters.where({ region: 'eu', provider: 'x' }).except('c'),
        Clusters.where({ region: { in: ['us', 'eu'] }, provider: 'x' }).except('c'),
      ],
      {
        fieldSelector: {
          matchExpressions: [
            { key: 'region', operator: 'In', values: ['eu', 'us'] },
            { key: 'provider', operator: 'In', values: ['x'] },
          ],
        },
        exclude: ['c'],
      },
    ],
    ['equal selections', [Clusters.except('a'), Clusters.except('a')], { exclude: ['a'] }],
    ['every cluster among them', [Clusters.where({ region: 'eu' }), Clusters.all()], { labelSelector: {} }],
  ])('are united for %s', (_, selections, affinity) => {
    const weights = selections.map((clusters) => ({ clusters, weight: 1 }));
    expect(Placement.weighted(weights).toSpec().clusterAffinity).toEqual(affinity);
  });

  test('are named by a fleet where one affinity cannot select them', () => {
    const placement = fleet.weighted([
      { clusters: fleet.in('d'), weight: 3 },
      { clusters: eu, weight: 1 },
    ]);
    expect(placement.toSpec().clusterAffinity).toEqual({ clusterNames: ['a', 'b', 'd'] });
  });

  test('fails without a fleet where one affinity cannot select them', () => {
    const weights = [
      { clusters: Clusters.where({ region: 'eu' }), weight: 2 },
      { clusters: Clusters.where({ provider: 'x' }), weight: 1 },
    ];
    const { code, message } = refusal(() => Placement.weighted(weights));
    expect(code).toBe('placement.weights');
    expect(message).toBe(
      'Placement.weighted: the weights select clusters by different conditions, which one affinity cannot combine\n  fix: pass the eligible clusters as the second argument, such as Clusters.in("member1", "member2") or Clusters.all(), or use fleet.weighted',
    );
    expect(Placement.weighted(weights, Clusters.all()).clusters.isAll).toBe(true);
  });

  test('a Service goes to the clusters of the weights only', () => {
    const placement = fleet.weighted([
      { clusters: eu, weight: 3 },
      { clusters: us, weight: 1 },
    ]);
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: {} };
    const plan = planOf([policyFor(placement, service), service], { fleet });
    expect(plan.template('Service/default/web')?.guaranteedClusters).toEqual(['a', 'b', 'c']);
  });
});

describe('shares', () => {
  test('are divided among the clusters of their entry, as the smallest whole weights', () => {
    const { clusters, division } = fleet.weighted([
      { clusters: eu, share: 3 },
      { clusters: us, share: 1 },
    ]);
    expect(clusters.toSpec()).toEqual({ clusterNames: ['a', 'b', 'c'] });
    expect(division?.type === 'weighted' && division.weights.map(({ weight }) => weight)).toEqual([3, 3, 2]);
  });

  test('need no fleet for clusters by name', () => {
    const placement = Placement.weighted([
      { clusters: Clusters.in('x', 'y'), share: 1 },
      { clusters: Clusters.in('z'), share: 1 },
    ]);
    expect(placement.toSpec().replicaScheduling?.weightPreference?.staticWeightList).toEqual([
      { targetCluster: { clusterNames: ['x'] }, weight: 1 },
      { targetCluster: { clusterNames: ['y'] }, weight: 1 },
      { targetCluster: { clusterNames: ['z'] }, weight: 2 },
    ]);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'they are mixed with weights',
      () =>
        fleet.weighted([
          { clusters: eu, share: 1 },
          { clusters: us, weight: 1 },
        ] as never),
      'placement.weights',
      'fleet.weighted has weights and shares\n  fix: use one of the two: a weight counts for each cluster of its entry, a share for all of them together',
    ],
    [
      'an entry has both',
      () => fleet.weighted([{ clusters: eu, share: 1, weight: 1 }] as never),
      'placement.weights',
      'fleet.weighted has weights and shares\n  fix: use one of the two: a weight counts for each cluster of its entry, a share for all of them together',
    ],
    [
      'the fleet is not known',
      () => Placement.weighted([{ clusters: Clusters.where({ region: 'eu' }), share: 1 }]),
      'placement.weights',
      'Placement.weighted cannot count the clusters of a share that are not selected by name\n  fix: use fleet.weighted, or name the clusters with Clusters.in(…)',
    ],
    [
      'a cluster has two shares',
      () =>
        fleet.weighted([
          { clusters: eu, share: 1 },
          { clusters: fleet.in('a'), share: 1 },
        ]),
      'placement.weights',
      'fleet.weighted has two shares for cluster "a"\n  fix: keep "a" in one of them, for example with except("a")',
    ],
    [
      'no cluster matches',
      () => fleet.weighted([{ clusters: fleet.where({ region: 'mars' }), share: 1 }]),
      'placement.weights',
      'fleet.weighted: no cluster of the fleet matches the clusters of share 1\n  fix: correct the conditions, or leave the share out',
    ],
    [
      'a share is no whole number',
      () => fleet.weighted([{ clusters: eu, share: 0.5 }]),
      'placement.weight',
      'share must be a whole number of at least 1, got 0.5\n  fix: give whole numbers: only their proportion counts',
    ],
    [
      'a share is too great',
      () =>
        fleet.weighted([
          { clusters: eu, share: Number.MAX_SAFE_INTEGER },
          { clusters: us, share: Number.MAX_SAFE_INTEGER - 1 },
        ]),
      'placement.weights',
      `fleet.weighted: the weights of the shares would be above ${Number.MAX_SAFE_INTEGER}\n  fix: give smaller shares: only their proportion counts`,
    ],
    [
      'the eligible clusters are given as well',
      () => fleet.weighted([{ clusters: eu, share: 1 }], Clusters.all()),
      'placement.weights',
      'Placement.weighted has shares and eligible clusters\n  fix: leave the second argument out: the clusters of the shares are eligible',
    ],
  ])('fails when %s', (_, make, code, message) => {
    expect(refusal(make)).toMatchObject({ code, message });
  });

  /**
   * Webster rounds each weight / λ to the nearest whole number, for one λ. So a cluster is at most 1/2 from its weight / λ, the total
   * at most k/2 for k clusters, and a group of n at most n/2 + k/2 times its part of all shares.
   */
  test('give each group its part of the replicas, up to the rounding of Karmada', () => {
    const anyGroups = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 5 }), share: fc.integer({ min: 1, max: 9 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(anyGroups, fc.integer({ min: 1, max: 60 }), (groups, replicas) => {
        const named = groups.map(({ size, share }, group) => ({
          clusters: Clusters.in(...Array.from({ length: size }, (_, index) => `g${group}-${index}`)),
          share,
        }));
        const placement = Placement.weighted(named);
        const names = placement.clusters.names;
        const plan = planOf([policyFor(placement, deployment(replicas)), deployment(replicas)], {
          fleet: Fleet.of(Object.fromEntries(names.map((name) => [name, {}]))),
        });
        const outcome = plan.template('Deployment/default/web')?.outcome;
        const results =
          outcome?.kind === 'either'
            ? [outcome.ascending, outcome.descending]
            : outcome?.kind === 'certain'
              ? [outcome.replicas]
              : [];
        expect(results).not.toEqual([]);
        const all = named.reduce((sum, { share }) => sum + share, 0);
        for (const result of results) {
          for (const { clusters, share } of named) {
            const got = clusters.names.reduce((sum, name) => sum + (result.get(name) ?? 0), 0);
            const bound = clusters.names.length / 2 + (names.length / 2) * (share / all);
            expect(Math.abs(got - (replicas * share) / all)).toBeLessThanOrEqual(bound + 1e-9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('give each group exactly its part where the replicas can be divided without rest', () => {
    const placement = fleet.weighted([
      { clusters: eu, share: 3 },
      { clusters: us, share: 1 },
    ]);
    const plan = planOf([policyFor(placement, deployment(16)), deployment(16)], { fleet });
    expect(plan.template('Deployment/default/web')?.outcome).toEqual({
      kind: 'certain',
      replicas: new Map([
        ['a', 6],
        ['b', 6],
        ['c', 4],
      ]),
    });
  });
});

function deployment(replicas: number) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas, template: { spec: { containers: [{ name: 'web', image: 'nginx' }] } } },
  };
}

function policyFor(placement: Placement, { apiVersion, kind }: { apiVersion: string; kind: string }) {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'web', namespace: 'default' },
    spec: { resourceSelectors: [{ apiVersion, kind, name: 'web' }], placement: placement.toSpec() },
  };
}
