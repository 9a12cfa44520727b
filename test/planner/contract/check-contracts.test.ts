import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../src/karmada/cluster';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { Clusters } from '../../../src/model/clusters';
import { Contract } from '../../../src/model/contract';
import { Losses, type PlanOptions, planOf } from '../../../src/planner';
import { checkContracts } from '../../../src/planner/contract/check-contracts';
import { demo, deployment, policy, weighted } from '../../support/report-plans';

const demoFleet: readonly Cluster[] = [
  { name: 'k3d-cluster-1', region: 'eu' },
  { name: 'k3d-cluster-2', region: 'eu' },
  { name: 'k3d-cluster-3', region: 'us' },
];

function check(
  objects: readonly KubernetesObject[],
  contracts: readonly Contract[],
  options: Partial<PlanOptions> = {},
) {
  const known = { fleet: demoFleet, ...options };
  const plan = planOf(objects, known);
  return checkContracts(contracts, { plan, losses: () => Losses.of(objects, known) });
}

const verdicts = (...parameters: Parameters<typeof check>) => check(...parameters).map(({ verdict }) => verdict);

describe('the demo: two replicas over three equal clusters, a client in the third one', () => {
  const curl = 'Deployment/default/curl';
  const pipy = 'Deployment/default/pipy';

  test('one replica is left after any loss, two are not', () => {
    expect(verdicts(demo(), [Contract.on(pipy).keeps(1).whenLosing('any cluster')])).toEqual(['holds']);
    const [two] = check(demo(), [Contract.on(pipy).keeps(2).whenLosing('any cluster')]);
    expect(two).toMatchObject({
      contract: 'Deployment/default/pipy keeps 2 replicas when any cluster is lost',
      template: pipy,
      verdict: 'broken',
      counterexample: { losing: ['k3d-cluster-1'], tie: 'ascending', replicas: { 'k3d-cluster-2': 1 } },
    });
    expect(two?.why).toMatch(/^losing k3d-cluster-1 leaves 1 of 2 replicas, if the UID of .* first names$/);
  });

  test('the loss of the region eu may leave nothing', () => {
    const [region] = check(demo(), [Contract.on(pipy).keeps(1).whenLosing('any region')]);
    expect(region).toMatchObject({ verdict: 'broken', counterexample: { tie: 'ascending', replicas: {} } });
    expect(verdicts(demo(), [Contract.on(pipy).keeps(1).whenLosing(['region=us'])])).toEqual(['holds']);
  });

  test('the client may be without a server, by the tie', () => {
    const [together] = check(demo(), [Contract.on(curl).togetherWith(pipy)]);
    expect(together).toMatchObject({ verdict: 'broken', template: curl });
    expect(together?.why).toMatch(
      /^Deployment\/default\/pipy has no replica in k3d-cluster-3, where .*curl runs, if the UID of/,
    );
    expect(verdicts(demo(), [Contract.on(pipy).togetherWith(curl, { by: 'region' })])).toEqual(['broken']);
  });

  test('without the cluster, both replicas are placed again', () => {
    const unjoined = Contract.on(pipy).keeps(2).whenLosing('any cluster', { mode: 'unjoined' });
    expect(verdicts(demo(), [unjoined])).toEqual(['holds']);
    const client = Contract.on(curl).keeps(1).whenLosing('any cluster', { mode: 'unjoined' });
    expect(check(demo(), [client])).toMatchObject([
      { verdict: 'broken', counterexample: { losing: ['k3d-cluster-3'] } },
    ]);
  });

  test('what is placed in certain clusters stays there, with everything that goes along', () => {
    const inEu = Contract.on('namespace/default').only(Clusters.where({ region: 'eu' }));
    expect(
      check(demo(), [inEu])
        .filter(({ verdict }) => verdict === 'broken')
        .map(({ template }) => template),
    ).toEqual([pipy, 'Service/default/pipy', curl]);
    expect(verdicts(demo(), [Contract.on(curl).only(Clusters.in('k3d-cluster-3'))])).toEqual(['holds']);
    const byProvider = Contract.on(curl).only(Clusters.where({ provider: 'aws' }));
    expect(check(demo(), [byProvider])).toMatchObject([
      { verdict: 'cannotTell', why: 'the fleet does not say in which provider k3d-cluster-3 is' },
    ]);
  });
});

describe('weights', () => {
  const web = deployment('web', 9);
  const db = deployment('db', 2);
  const objects = [
    web,
    db,
    weighted('web', { 'k3d-cluster-1': 6, 'k3d-cluster-2': 2, 'k3d-cluster-3': 1 }, [web]),
    policy('db', [db], { clusterAffinity: { clusterNames: ['k3d-cluster-3'] } }),
  ];

  test.each([
    [Contract.on('web').keeps(3).whenLosing('any cluster'), 'holds'],
    [Contract.on('web').keeps(4).whenLosing('any cluster'), 'broken'],
    [
      Contract.on('web')
        .keepsShare(1 / 3)
        .whenLosing('any cluster'),
      'holds',
    ],
    [Contract.on('web').keepsShare(0.34).whenLosing('any cluster'), 'broken'],
    [Contract.on('web').keepsShare(0.6).whenLosing(['k3d-cluster-2', 'k3d-cluster-3']), 'holds'],
    [Contract.on('web').atMost(6), 'holds'],
    [Contract.on('web').atMost(5), 'broken'],
    [Contract.on('web').atMost(7, { by: 'region' }), 'broken'],
    [Contract.on('web').maxSkew(5), 'holds'],
    [Contract.on('web').maxSkew(4), 'broken'],
    [Contract.on('web').maxSkew(7, { by: 'region' }), 'holds'],
    [Contract.on('web').apartFrom('db'), 'broken'],
    [Contract.on('db').togetherWith('web'), 'holds'],
    [Contract.on('db').keeps(1).whenLosing('any provider'), 'cannotTell'],
    [Contract.on('wep').keeps(1).whenLosing('any cluster'), 'cannotTell'],
    [Contract.on('web').apartFrom('dbb'), 'cannotTell'],
  ])('%s: %s', (contract, verdict) => {
    expect(verdicts(objects, [contract as Contract])).toEqual([verdict]);
  });

  test('says what is missing', () => {
    const [provider, subject] = check(objects, [
      Contract.on('db').keeps(1).whenLosing('any provider'),
      Contract.on('wep').keeps(1).whenLosing('any cluster'),
    ]);
    expect(provider?.why).toBe('the fleet does not say in which provider k3d-cluster-3 is');
    expect([subject?.why, subject?.fix]).toEqual(['"wep" is not among the manifests', 'did you mean "web"?']);
    expect(() => check(objects, [Contract.on('web').keeps(1).whenLosing(['k3d-cluster-4'])])).toThrow(
      /the fleet has no cluster/,
    );
  });

  test('a workload that runs nowhere keeps nothing', () => {
    const alone = deployment('alone', 3);
    expect(check([alone], [Contract.on('alone').keeps(1).whenLosing('any cluster')])).toMatchObject([
      { verdict: 'broken', why: 'losing any cluster leaves 0 of 0 replicas' },
    ]);
  });
});

describe('where the running system decides', () => {
  const web = deployment('web', 6);
  const divided = (spreadConstraints: readonly object[] = []) => [
    web,
    policy('web', [web], {
      spreadConstraints,
      replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
    }),
  ];

  test('nothing is told without capacities, and the right thing with them', () => {
    const contract = Contract.on('web').keeps(3).whenLosing('any cluster');
    const [unknown] = check(divided(), [contract]);
    expect(unknown).toMatchObject({ verdict: 'cannotTell' });
    expect(unknown?.fix).toMatch(/capacities/);
    const capacities = (each: number) => ({
      'Deployment/default/web': { 'k3d-cluster-1': each, 'k3d-cluster-2': each, 'k3d-cluster-3': each },
    });
    expect(verdicts(divided(), [contract], { capacities: capacities(3) })).toEqual(['holds']);
    expect(verdicts(divided(), [contract], { capacities: capacities(9) })).toEqual(['broken']);
  });

  test('counting is enough: six replicas in at most two clusters leave at most three', () => {
    const two = divided([{ spreadByField: 'cluster', minGroups: 1, maxGroups: 2 }]);
    expect(verdicts(two, [Contract.on('web').keeps(4).whenLosing('any cluster')])).toEqual(['broken']);
    expect(verdicts(two, [Contract.on('web').keeps(3).whenLosing('any cluster')])).toEqual(['cannotTell']);
    expect(verdicts(two, [Contract.on('web').atMost(2)])).toEqual(['broken']);
    expect(verdicts(two, [Contract.on('web').atMost(6)])).toEqual(['holds']);
    const one = divided([{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }]);
    expect(verdicts(one, [Contract.on('web').keeps(1).whenLosing('any cluster')])).toEqual(['broken']);
  });
});

test('keeps agrees with counting over every result and every loss', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      (weights, replicas, kept) => {
        const web = deployment('web', replicas);
        const clusters = weights.map((_, index) => `m${index}`);
        const objects = [
          web,
          weighted('web', Object.fromEntries(clusters.map((name, index) => [name, weights[index] ?? 1])), [web]),
        ];
        const fleet = clusters.map((name) => ({ name }));
        const { outcome } = planOf(objects, { fleet }).template('Deployment/default/web')!;
        const results =
          outcome.kind === 'either'
            ? [outcome.ascending, outcome.descending]
            : outcome.kind === 'certain'
              ? [outcome.replicas]
              : [];
        const expected = results.every((result) =>
          clusters.every((lost) => replicas - (result.get(lost) ?? 0) >= kept),
        );
        const [verdict] = verdicts(objects, [Contract.on('web').keeps(kept).whenLosing('any cluster')], { fleet });
        expect(verdict).toBe(expected ? 'holds' : 'broken');
      },
    ),
    { numRuns: 60 },
  );
});

describe('what runs in the end counts', () => {
  const web = deployment('web', 6);
  const even = weighted('web', { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1, 'k3d-cluster-3': 1 }, [web]);
  const keeps = (replicas: number) => Contract.on('Deployment/web').keeps(replicas).whenLosing('any cluster');

  test('an override that stops a cluster', () => {
    const override = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
        overrideRules: [
          {
            targetCluster: { clusterNames: ['k3d-cluster-3'] },
            overriders: { plaintext: [{ path: '/spec/replicas', operator: 'replace', value: 0 }] },
          },
        ],
      },
    };
    expect(verdicts([web, even], [keeps(4)])).toEqual(['holds']);
    expect(check([web, even, override], [keeps(4), keeps(2)])).toMatchObject([
      { verdict: 'broken', why: 'losing k3d-cluster-1 leaves 2 of 4 replicas' },
      { verdict: 'holds' },
    ]);
  });

  test('an autoscaler over its whole range: two to nine replicas leave one, by each end and each tie', () => {
    const scaler = {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'FederatedHPA',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 2,
        maxReplicas: 9,
      },
    };
    const scaled = [web, even, scaler];
    expect(verdicts(scaled, [keeps(1), keeps(2)])).toEqual(['holds', 'broken']);
    expect(
      verdicts(scaled, [Contract.on('Deployment/web').atMost(3), Contract.on('Deployment/web').atMost(2)]),
    ).toEqual(['holds', 'broken']);
  });

  test('failover moves replicas, a loss alone does not', () => {
    const evicted = Contract.on('Deployment/web').keeps(6).whenLosing('any cluster', { mode: 'evicted' });
    expect(verdicts([web, even], [evicted, keeps(5)])).toEqual(['holds', 'broken']);
    const everywhere = Contract.on('Deployment/web')
      .keeps(1)
      .whenLosing(['region=eu', 'region=us'], { mode: 'evicted' });
    expect(verdicts([web, even], [everywhere])).toEqual(['broken']);
  });
});
