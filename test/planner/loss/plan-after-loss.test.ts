import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { type Loss, Losses, type LossPlan, type PlanOptions, planAfterLoss, planOf } from '../../../src/planner';
import {
  bindingOf,
  clusterPolicy,
  core,
  deployment,
  duplicated,
  evenUid,
  fleet,
  oddUid,
  pipy,
  plain,
  policy,
  weighted,
} from '../plan/builders';

const key = 'Deployment/default/pipy';
const even = weighted({ member1: 1, member2: 1, member3: 1 });

function losing(
  kind: Loss['kind'],
  objects: readonly KubernetesObject[],
  lost: readonly string[] = ['member3'],
  options: Partial<PlanOptions> = {},
): LossPlan {
  return planAfterLoss(objects, { fleet, ...options }, { kind, clusters: lost });
}

function running(plan: LossPlan, when?: 'during' | 'after'): unknown {
  const outcome = plan.running(key, when);
  return outcome && plain(outcome);
}

function texts({ timeline }: LossPlan): string {
  return timeline.map(({ since, seconds, text }) => `${since} ${seconds ?? ''} ${text}`).join('\n');
}

function placed(plan: LossPlan): unknown {
  const outcome = plan.plan.template(key)?.outcome;
  return outcome && plain(outcome);
}

const tolerating = (seconds?: number) => ({
  clusterTolerations: [
    { key: 'cluster.karmada.io/not-ready', operator: 'Exists', ...(seconds && { tolerationSeconds: seconds }) },
  ],
});

const withPlacement = (placed: object, extra: object): object => {
  const { placement } = placed as { placement: object };
  return { placement: { ...placement, ...extra } };
};

const taintPolicy = (taint: object): KubernetesObject => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'ClusterTaintPolicy',
  metadata: { name: 'loss' },
  spec: {
    addOnConditions: [{ conditionType: 'Ready', operator: 'NotIn', statusValues: ['True'] }],
    taints: [taint],
  },
});

describe('lost', () => {
  const plan = losing('lost', [deployment('pipy', 6), policy('p', [pipy], even)]);

  test('nothing moves, and what runs there is gone', () => {
    expect(placed(plan)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2, member3: 2 } });
    expect(running(plan)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2 } });
    expect(plan.affected).toEqual([
      {
        template: key,
        lostIn: ['member3'],
        replicas: { before: { min: 6, max: 6 }, during: { min: 4, max: 4 }, after: { min: 4, max: 4 } },
      },
    ]);
  });

  test('says what a change does meanwhile', () => {
    expect(texts(plan)).toMatch(/static weights give it the full share/);
    expect(plan.timeline.map(({ what }) => what)).not.toContain('evicted');
  });

  test('keeps both results of a tie', () => {
    const tied = losing('lost', [deployment('pipy', 2), policy('p', [pipy], even)]);
    expect(running(tied)).toMatchObject({ ascending: { member1: 1, member2: 1 }, descending: { member2: 1 } });
    expect(tied.affected[0]?.replicas.after).toEqual({ min: 1, max: 2 });
  });
});

describe('a change while a cluster does not answer', () => {
  const scaled = (
    kind: Loss['kind'],
    placement: object,
    from: number,
    to: number,
    options: Partial<PlanOptions> = {},
  ) => {
    const plan = losing(kind, [deployment('pipy', from), policy('p', [pipy], placement)], ['member3'], options);
    const change = plan.changed([deployment('pipy', to), policy('p', [pipy], placement)]);
    const [bound, runs] = [change.plan.template(key)?.outcome, change.running(key)];
    return [bound && plain(bound), runs && plain(runs)];
  };

  test('static weights give the lost cluster its full share, as recorded', () => {
    expect(scaled('lost', even, 3, 6)).toEqual([
      { kind: 'certain', replicas: { member1: 2, member2: 2, member3: 2 } },
      { kind: 'certain', replicas: { member1: 2, member2: 2 } },
    ]);
  });

  test('aggregated division puts all into the lost cluster that has some, as recorded', () => {
    const aggregated = {
      placement: {
        clusterAffinity: { clusterNames: ['member2', 'member3'] },
        replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
      },
    };
    const capacities = { [key]: { member2: 6, member3: 9 } };
    expect(scaled('lost', aggregated, 2, 4, { capacities })).toEqual([
      { kind: 'certain', replicas: { member3: 4 } },
      { kind: 'certain', replicas: {} },
    ]);
    expect(scaled('evicted', aggregated, 2, 4, { capacities })[0]).toEqual({
      kind: 'certain',
      replicas: { member2: 4 },
    });
  });

  test('a tie stays as it was decided', () => {
    const [bound] = scaled('lost', even, 2, 3);
    // Only in the descending result member3 is a target, so that it stays a candidate.
    expect(bound).toMatchObject({
      ascending: { member1: 2, member2: 1 },
      descending: { member1: 1, member2: 1, member3: 1 },
    });
  });

  test('where the first placement is unknown, the lost cluster may have some', () => {
    const [bound, runs] = scaled('lost', placements['dynamic'] as object, 3, 6);
    expect(bound).toMatchObject({ kind: 'atRunTime', bounds: { member3: { min: 0, max: 6 } } });
    expect(runs).toMatchObject({ kind: 'atRunTime', clusters: ['member1', 'member2'] });
  });

  test('new templates avoid the lost cluster', () => {
    const plan = losing('lost', [deployment('pipy', 3), policy('p', [pipy], even)]);
    const other = ['apps/v1', 'Deployment', 'other'] as const;
    const { plan: changed } = plan.changed([deployment('other', 4), policy('o', [other], even)]);
    expect(changed.template('Deployment/default/other')?.possibleClusters).toEqual(['member1', 'member2']);
  });
});

describe('evicted', () => {
  test('static weights are divided over the rest, as recorded', () => {
    const plan = losing('evicted', [deployment('pipy', 6), policy('p', [pipy], even)]);
    expect(running(plan, 'during')).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2 } });
    expect(running(plan)).toEqual({ kind: 'certain', replicas: { member1: 3, member2: 3 } });
    expect(plan.affected[0]?.eviction).toMatchObject({ afterSeconds: 31, purgeMode: 'Gracefully', heldBack: false });
  });

  test('a toleration in seconds delays it', () => {
    const plan = losing('evicted', [deployment('pipy', 6), policy('p', [pipy], withPlacement(even, tolerating(30)))]);
    expect(plan.affected[0]?.eviction?.afterSeconds).toBe(61);
    expect(texts(plan)).toMatch(/outage 61 Evicted after 30 s of toleration and scheduled again at once/);
  });

  test('a toleration without seconds prevents it', () => {
    const plan = losing('evicted', [deployment('pipy', 6), policy('p', [pipy], withPlacement(even, tolerating()))]);
    expect(plan.affected[0]?.eviction).toBeUndefined();
    expect(running(plan)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2 } });
  });

  test('the taints of the ClusterTaintPolicies count', () => {
    const objects = [deployment('pipy', 6), policy('p', [pipy], withPlacement(even, tolerating()))];
    const other = losing('evicted', [...objects, taintPolicy({ key: 'lost', effect: 'NoExecute' })]);
    expect(running(other)).toEqual({ kind: 'certain', replicas: { member1: 3, member2: 3 } });
    const harmless = losing('evicted', [
      deployment('pipy', 6),
      policy('p', [pipy], even),
      taintPolicy({ key: 'lost', effect: 'NoSchedule' }),
    ]);
    expect(running(harmless)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2 } });
    expect(texts(harmless)).toMatch(/nothing is evicted/);
  });

  test('the second affinity group takes over, and keeps it', () => {
    const groups = {
      placement: {
        clusterAffinities: [
          { affinityName: 'first', clusterNames: ['member3'] },
          { affinityName: 'second', clusterNames: ['member1', 'member2'] },
        ],
        replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
      },
    };
    const plan = losing('evicted', [deployment('pipy', 4), policy('p', [pipy], groups)]);
    expect(running(plan)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2 } });
    expect(plan.plan.template(key)?.affinityTerm).toBe('second');
    expect(texts(plan)).toMatch(/Still in the later affinity group/);
  });

  test('Directly holds back a replacement that has no copy yet', () => {
    const spec = { ...duplicatedGroups(), failover: { cluster: { purgeMode: 'Directly' } } };
    const plan = losing('evicted', [deployment('pipy', 2), policy('p', [pipy], spec)]);
    expect(plan.affected[0]?.eviction).toMatchObject({ purgeMode: 'Directly', arrivesIn: ['member2'], heldBack: true });
    expect(texts(plan)).toMatch(/before 631 s/);
  });

  test('what has no other place is not replaced', () => {
    const plan = losing('evicted', [deployment('pipy', 2), policy('p', [pipy], duplicated('member3'))]);
    expect(placed(plan)).toMatchObject({ kind: 'unschedulable', reason: 'NoClusterFit', kept: {} });
    expect(plan.affected[0]?.replicas.after).toEqual({ min: 0, max: 0 });
    expect(texts(plan)).toMatch(/bars the old cluster for 10 minutes/);
  });

  test('a tie that is open before may be closed afterwards', () => {
    const plan = losing('evicted', [deployment('pipy', 2), policy('p', [pipy], even)]);
    expect(running(plan, 'during')).toMatchObject({ kind: 'either' });
    expect(running(plan)).toEqual({ kind: 'certain', replicas: { member1: 1, member2: 1 } });
  });

  test('a tie may open, unless the UID is known', () => {
    const objects = [deployment('pipy', 9), policy('p', [pipy], even)];
    const lost = ['member2', 'member3'];
    const four = [...fleet, { name: 'member4' }];
    const wide = weighted({ member1: 1, member2: 1, member3: 1, member4: 1 });
    const open = losing('evicted', [deployment('pipy', 9), policy('p', [pipy], wide)], lost, { fleet: four });
    expect(running(open)).toMatchObject({
      ascending: { member1: 5, member4: 4 },
      descending: { member1: 4, member4: 5 },
    });
    const uid = [deployment('pipy', 9, { uid: oddUid }), ...objects.slice(1)];
    expect(running(losing('evicted', uid))).toEqual({ kind: 'certain', replicas: { member1: 4, member2: 5 } });
  });

  test('dependencies go with the templates that need them', () => {
    const pod = { containers: [{ name: 'x', image: 'x', envFrom: [{ configMapRef: { name: 'conf' } }] }] };
    const spec = { ...duplicatedGroups(), propagateDeps: true };
    const plan = losing('evicted', [
      deployment('pipy', 1, { podSpec: pod }),
      core('ConfigMap', 'conf'),
      policy('p', [pipy], spec),
    ]);
    expect(plan.before.template('ConfigMap/default/conf')?.possibleClusters).toEqual(['member3']);
    expect(plan.plan.template('ConfigMap/default/conf')?.possibleClusters).toEqual(['member2']);
    expect(plan.affected.map(({ template }) => template)).toEqual([key, 'ConfigMap/default/conf']);
  });

  test('a loss that touches nothing leaves the plan as it is', () => {
    const plan = losing('evicted', [deployment('pipy', 2), policy('p', [pipy], duplicated('member1'))]);
    expect(plan.affected).toEqual([]);
    expect(running(plan)).toEqual({ kind: 'certain', replicas: { member1: 2 } });
  });
});

function duplicatedGroups(): object {
  return {
    placement: {
      clusterAffinities: [
        { affinityName: 'first', clusterNames: ['member3'] },
        { affinityName: 'second', clusterNames: ['member2'] },
      ],
    },
  };
}

test('a cluster that the fleet does not have is an error', () => {
  expect(() => losing('lost', [], ['member9'])).toThrow(/no cluster "member9"/);
  expect(() => losing('unjoined', [], ['member1', 'member2', 'member3'])).toThrow(/no cluster would be left/);
});

/** Workloads of several strategies, with ties and bindings. */
const world = fc
  .array(
    fc.record({
      replicas: fc.integer({ min: 0, max: 9 }),
      strategy: fc.constantFrom('even', 'weighted', 'duplicated', 'dynamic', 'groups'),
      uid: fc.constantFrom(undefined, evenUid, oddUid),
      bound: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((apps) => {
    const objects = apps.flatMap(({ replicas, strategy, uid }, at) => {
      const name = `app${at}`;
      return [
        deployment(name, replicas, {
          ...(uid && { uid }),
          podSpec: { containers: [{ name, image: 'x', resources: {} }] },
        }),
        policy(name, [['apps/v1', 'Deployment', name]], placements[strategy]),
      ];
    });
    const bindings = apps.flatMap(({ bound, replicas }, at) =>
      bound ? [bindingOf(`app${at}`, { member1: replicas })] : [],
    );
    return { objects: [...objects, core('Service', 'web'), clusterPolicy('rest', [['v1', 'Service']])], bindings };
  });

const placements: Readonly<Record<string, object>> = {
  even,
  weighted: weighted({ member1: 3, member2: 2, member3: 1 }),
  duplicated: duplicated('member1', 'member3'),
  dynamic: {
    placement: {
      replicaScheduling: {
        replicaSchedulingType: 'Divided',
        replicaDivisionPreference: 'Weighted',
        weightPreference: { dynamicWeight: 'AvailableReplicas' },
      },
    },
  },
  groups: duplicatedGroups(),
};
const anyLost = fc.subarray(['member1', 'member2', 'member3'], { minLength: 1, maxLength: 2 });

test('unjoined is the plan of the fleet without these clusters', () => {
  fc.assert(
    fc.property(world, anyLost, ({ objects, bindings }, lost) => {
      const rest = fleet.filter(({ name }) => !lost.includes(name));
      const expected = planOf(objects, { fleet: rest, bindings }).toJSON();
      const { plan } = losing('unjoined', objects, lost, { bindings });
      expect(plan.toJSON()).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('evicted is the plan of the tainted fleet, with bindings from which the clusters are evicted', () => {
  fc.assert(
    fc.property(world, anyLost, ({ objects, bindings }, lost) => {
      const losses = Losses.of(objects, { fleet, bindings });
      const { before } = losses;
      const known = before.templates.filter(({ outcome, manifest }) => {
        return outcome.kind === 'certain' && manifest.object.kind === 'Deployment';
      });
      const taints = ['NoSchedule', 'NoExecute'].map((effect) => ({ key: 'cluster.karmada.io/not-ready', effect }));
      const tainted = fleet.map((cluster) => (lost.includes(cluster.name) ? { ...cluster, taints } : cluster));
      const evicted = known.map(({ manifest, outcome, policy: claiming, affinityTerm }) => {
        const replicas = outcome.kind === 'certain' ? outcome.replicas : new Map<string, number>();
        const { name = '', uid } = manifest.object.metadata ?? {};
        const applied = (claiming?.object.spec as { placement?: object } | undefined)?.placement;
        const binding = bindingOf(
          name,
          Object.fromEntries([...replicas].filter(([cluster]) => !lost.includes(cluster))),
          {
            ...(typeof uid === 'string' && { uid }),
            annotations: { 'policy.karmada.io/applied-placement': JSON.stringify(applied) },
            status: { schedulerObservingAffinityName: affinityTerm, lastScheduledTime: '2026-01-01T00:00:00Z' },
          },
        );
        const tasks = [...replicas.keys()].filter((cluster) => lost.includes(cluster));
        const gracefulEvictionTasks = tasks.map((fromCluster) => ({ fromCluster }));
        return { ...binding, spec: { ...(binding.spec as object), gracefulEvictionTasks } };
      });
      const expected = planOf(objects, { fleet: tainted, bindings: evicted });
      const { plan } = losses.after({ kind: 'evicted', clusters: lost });
      for (const { key: template } of known) {
        expect(plain(plan.template(template)!.outcome)).toEqual(plain(expected.template(template)!.outcome));
      }
    }),
    { numRuns: 60 },
  );
});

describe('a policy that the API server refuses', () => {
  const refused = policy('refused', [pipy], { ...even, preemption: 'Sometimes' });

  test.each(['unjoined', 'lost', 'evicted'] as const)('claims nothing before and after clusters are %s', (kind) => {
    const objects = [deployment('pipy', 3), refused];
    const losses = Losses.of(objects, { fleet });
    expect(losses.before.template(key)?.outcome).toEqual(planOf(objects, { fleet }).template(key)?.outcome);
    const after = losses.after({ kind, clusters: ['member3'] });
    expect(after.plan.template(key)?.outcome.kind).toBe('unmatched');
    expect(after.changed(objects).plan.template(key)?.outcome.kind).toBe('unmatched');
  });
});
