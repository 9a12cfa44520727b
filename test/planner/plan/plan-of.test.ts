import { describe, expect, test } from 'vitest';
import { planOf } from '../../../src/planner';
import {
  bindingOf,
  clusters,
  core,
  deployment,
  duplicated,
  even,
  evenUid,
  fleet,
  oddUid,
  outcomeOf,
  pipy,
  plain,
  policy,
  weighted,
} from './builders';

describe('planOf schedules', () => {
  describe('with static weights', () => {
    test('says both results where the UID decides, and what is guaranteed', () => {
      // The demo: 2 replicas over 10:10:10.
      expect(outcomeOf([deployment('pipy', 2), policy('p', [pipy], even)])).toEqual({
        kind: 'either',
        ascending: { member1: 1, member2: 1 },
        descending: { member2: 1, member3: 1 },
        guaranteed: { member2: 1 },
        decidedBy: 'Deployment/default/pipy',
      });
    });

    test.each([
      { uid: evenUid, replicas: { member1: 1, member2: 1 } },
      { uid: oddUid, replicas: { member2: 1, member3: 1 } },
    ])('is certain once the UID is known: $uid', ({ uid, replicas }) => {
      expect(outcomeOf([deployment('pipy', 2, { uid }), policy('p', [pipy], even)])).toEqual({
        kind: 'certain',
        replicas,
      });
      const bindings = [bindingOf('pipy', {}, { uid })];
      expect(outcomeOf([deployment('pipy', 2), policy('p', [pipy], even)], { bindings })).toEqual({
        kind: 'certain',
        replicas,
      });
    });

    test('is certain where no tie decides', () => {
      const replicas = { member1: 1, member2: 1, member3: 1 };
      expect(outcomeOf([deployment('pipy', 3), policy('p', [pipy], even)])).toEqual({ kind: 'certain', replicas });
    });

    test('counts one replica where none is written, as the API server does', () => {
      const { spec, ...rest } = deployment('pipy', 7);
      const { replicas: _, ...unscaled } = spec as { replicas: number };
      const plan = planOf([{ ...rest, spec: unscaled }, policy('p', [pipy], weighted({ member1: 1 }))], { fleet });
      expect(plan.template('Deployment/default/pipy')?.replicas).toBe(1);
      expect(plan.objectsIn('member1')).toMatchObject([{ object: { spec: { replicas: 1 } } }]);
    });
  });

  test('sends what counts no replicas to every candidate', () => {
    const objects = [core('Service', 'pipy'), policy('p', [['v1', 'Service', 'pipy']], even)];
    expect(outcomeOf(objects, {}, 'Service/default/pipy')).toEqual({
      kind: 'certain',
      replicas: { member1: 0, member2: 0, member3: 0 },
    });
  });

  test('sends a policy without placement everywhere', () => {
    expect(outcomeOf([deployment('pipy', 2), policy('p', [pipy])])).toEqual({
      kind: 'certain',
      replicas: { member1: 2, member2: 2, member3: 2 },
    });
  });

  describe('with dynamic weights and aggregated division', () => {
    const dynamic = {
      placement: {
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: { dynamicWeight: 'AvailableReplicas' },
        },
      },
    };
    const aggregated = {
      placement: { replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' } },
    };
    const capacities = { 'Deployment/default/pipy': { member1: 6, member2: 12, member3: 18 } };

    test('leaves it to run time without capacities, with bounds', () => {
      expect(outcomeOf([deployment('pipy', 12), policy('p', [pipy], dynamic)])).toEqual({
        kind: 'atRunTime',
        why: 'the dynamic weight depends on the room in each cluster',
        clusters: ['member1', 'member2', 'member3'],
        bounds: { member1: { min: 0, max: 12 }, member2: { min: 0, max: 12 }, member3: { min: 0, max: 12 } },
        guaranteed: [],
      });
    });

    test.each([
      { name: 'dynamic', spec: dynamic, replicas: 12, expected: { member1: 2, member2: 4, member3: 6 } },
      { name: 'aggregated', spec: aggregated, replicas: 12, expected: { member3: 12 } },
      { name: 'aggregated', spec: aggregated, replicas: 24, expected: { member2: 10, member3: 14 } },
    ])('computes $name with $replicas replicas from capacities', ({ spec, replicas, expected }) => {
      const outcome = outcomeOf([deployment('pipy', replicas), policy('p', [pipy], spec)], { capacities });
      expect(outcome).toEqual({ kind: 'certain', replicas: expected });
    });

    test('stays undecided where the capacity of a candidate is not given', () => {
      const outcome = outcomeOf([deployment('pipy', 12), policy('p', [pipy], dynamic)], {
        capacities: { 'Deployment/default/pipy': { member1: 6 } },
      });
      expect(outcome).toMatchObject({ kind: 'atRunTime' });
    });

    test('is unschedulable where the capacities are short', () => {
      const outcome = outcomeOf([deployment('pipy', 40), policy('p', [pipy], dynamic)], { capacities });
      expect(outcome).toEqual({
        kind: 'unschedulable',
        reason: 'Unschedulable',
        why: 'the clusters have too little room: 36 of 40 replicas fit',
        kept: {},
      });
    });

    test('needs no capacities to keep or to take away what runs', () => {
      const bindings = [bindingOf('pipy', { member1: 4, member2: 8 }, { uid: evenUid })];
      const scaled = (replicas: number) =>
        outcomeOf([deployment('pipy', replicas), policy('p', [pipy], dynamic)], { bindings });
      expect(scaled(12)).toEqual({ kind: 'certain', replicas: { member1: 4, member2: 8 } });
      expect(scaled(6)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 4 } });
    });

    test('keeps what runs while it adds', () => {
      const bindings = [bindingOf('pipy', { member1: 4 })];
      expect(outcomeOf([deployment('pipy', 6), policy('p', [pipy], dynamic)], { bindings })).toMatchObject({
        kind: 'atRunTime',
        bounds: { member1: { min: 4, max: 6 }, member2: { min: 0, max: 6 } },
        guaranteed: ['member1'],
      });
    });

    test('divides anew after a rebalancing was asked for', () => {
      const fresh = bindingOf(
        'pipy',
        { member1: 12 },
        {
          uid: evenUid,
          rescheduleTriggeredAt: '2026-01-02T00:00:00Z',
          status: { lastScheduledTime: '2026-01-01T00:00:00Z' },
        },
      );
      const outcome = outcomeOf([deployment('pipy', 12), policy('p', [pipy], dynamic)], {
        bindings: [fresh],
        capacities,
      });
      // Weights are what fits and what runs: 18, 12 and 18.
      expect(outcome).toEqual({ kind: 'certain', replicas: { member1: 5, member2: 3, member3: 4 } });
    });
  });

  describe('with affinity groups', () => {
    const groups = (first: string, second: string) => ({
      placement: {
        clusterAffinities: [
          { affinityName: 'primary', clusterNames: [first] },
          { affinityName: 'backup', clusterNames: [second] },
        ],
      },
    });

    test('falls back to the next group where no cluster fits the first', () => {
      const plan = planOf([deployment('pipy', 2), policy('p', [pipy], groups('gone', 'member2'))], { fleet });
      const template = plan.template('Deployment/default/pipy');
      expect(template && plain(template.outcome)).toEqual({ kind: 'certain', replicas: { member2: 2 } });
      expect(template?.affinityTerm).toBe('backup');
      expect(template?.candidates).toEqual(['member2']);
    });

    test('never goes back to an earlier group of its own accord', () => {
      const bindings = [bindingOf('pipy', { member2: 2 }, { status: { schedulerObservingAffinityName: 'backup' } })];
      const outcome = outcomeOf([deployment('pipy', 3), policy('p', [pipy], groups('member1', 'member2'))], {
        bindings,
      });
      expect(outcome).toEqual({ kind: 'certain', replicas: { member2: 3 } });
    });

    test.each([
      { karmada: '1.18', replicas: { member2: 2 } },
      { karmada: '1.19', replicas: { member1: 2 } },
    ] as const)('goes to $replicas when rebalanced by Karmada $karmada', ({ karmada, replicas }) => {
      const status = { schedulerObservingAffinityName: 'backup', lastScheduledTime: '2026-01-01T00:00:00Z' };
      const rescheduleTriggeredAt = '2026-01-02T00:00:00Z';
      const bindings = [bindingOf('pipy', { member2: 2 }, { status, rescheduleTriggeredAt })];
      const objects = [deployment('pipy', 2), policy('p', [pipy], groups('member1', 'member2'))];
      expect(outcomeOf(objects, { bindings, karmada })).toEqual({ kind: 'certain', replicas });
    });
  });

  test('reports every reason against a cluster that is no candidate', () => {
    const tainted = [
      ...clusters('member1'),
      { name: 'member2', taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }], apiEnablements: [] },
    ];
    const plan = planOf([deployment('pipy', 1), policy('p', [pipy], duplicated('member2'))], { fleet: tainted });
    const template = plan.template('Deployment/default/pipy');
    expect(template && plain(template.outcome)).toEqual({
      kind: 'unschedulable',
      reason: 'NoClusterFit',
      why: "none of the 2 clusters passes the scheduler's filters",
      kept: {},
    });
    expect(template?.candidates).toEqual([]);
    expect(template?.exclusions).toEqual([
      {
        cluster: 'member1',
        reasons: [{ plugin: 'ClusterAffinity', why: 'it does not match the cluster affinity of the placement' }],
      },
      {
        cluster: 'member2',
        reasons: [
          { plugin: 'APIEnablement', why: 'it does not serve apps/v1 Deployment' },
          { plugin: 'TaintToleration', why: 'its taint dedicated=gpu:NoSchedule is not tolerated' },
        ],
      },
    ]);
  });

  test('takes a workload away where no cluster fits any more, and leaves it on other failures', () => {
    const bindings = [bindingOf('pipy', { member1: 2 })];
    const gone = outcomeOf([deployment('pipy', 3), policy('p', [pipy], duplicated('gone'))], { bindings });
    expect(gone).toMatchObject({ kind: 'unschedulable', reason: 'NoClusterFit', kept: {} });
    const unsupported = { placement: { spreadConstraints: [{ spreadByLabel: 'rack', minGroups: 1 }] } };
    const failing = outcomeOf([deployment('pipy', 3), policy('p', [pipy], unsupported)], { bindings });
    expect(failing).toMatchObject({ kind: 'unschedulable', reason: 'SchedulerError', kept: { member1: 2 } });
  });
});
