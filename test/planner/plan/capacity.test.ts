import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster, ResourceModel } from '../../../src/karmada/cluster';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { type PlanOptions, planOf, type TemplatePlan } from '../../../src/planner';
import { deployment, duplicated, policy } from './builders';

const key = 'Deployment/default/web';
const time = '2026-11-29T10:00:00.000Z';

/** A cluster with as many free CPUs. */
const member = (name: string, cpu: number, more: Partial<Cluster> = {}): Cluster => ({
  name,
  resourceSummary: { allocatable: { cpu, pods: 1000 } },
  ...more,
});
const fleet = [member('member1', 6), member('member2', 12), member('member3', 18)];

/** A Deployment whose replicas request one CPU each. */
const web = (replicas: number, name = 'web') =>
  deployment(name, replicas, { podSpec: { containers: [{ name, resources: { requests: { cpu: '1' } } }] } });

const dividedBy = (scheduling: object, more: object = {}) => ({
  placement: { replicaScheduling: { replicaSchedulingType: 'Divided', ...scheduling }, ...more },
});
const dynamic = { replicaDivisionPreference: 'Weighted', weightPreference: { dynamicWeight: 'AvailableReplicas' } };
const aggregated = { replicaDivisionPreference: 'Aggregated' };
const all = [['apps/v1', 'Deployment']] as const;

function planned(objects: readonly KubernetesObject[], options: Partial<PlanOptions> = {}): TemplatePlan {
  return planOf(objects, { fleet, capacityTime: time, ...options }).template(key)!;
}

const certain = (replicas: Readonly<Record<string, number>>) => ({
  kind: 'certain',
  replicas: new Map(Object.entries(replicas)),
});

describe('free capacity from the clusters', () => {
  // Facts D.9: N = 12 over room for 6, 12 and 18.
  test('makes dynamic weights and aggregated division certain', () => {
    const weighted = planned([web(12), policy('p', all, dividedBy(dynamic))]);
    expect(weighted.outcome).toEqual(certain({ member1: 2, member2: 4, member3: 6 }));
    expect(weighted.capacity).toEqual({
      time,
      available: new Map([
        ['member1', 6],
        ['member2', 12],
        ['member3', 18],
      ]),
    });
    expect(planned([web(24), policy('p', all, dividedBy(aggregated))]).outcome).toEqual(
      certain({ member2: 10, member3: 14 }),
    );
  });

  test('is overruled by the capacities file, cluster by cluster', () => {
    const { outcome } = planned([web(20), policy('p', all, dividedBy(aggregated))], {
      capacities: { [key]: { member3: 0, member1: 11 } },
    });
    expect(outcome).toEqual(certain({ member1: 10, member2: 10 }));
  });

  test('is an upper bound where scheduler-estimators run', () => {
    const objects = [web(12), policy('p', all, dividedBy(dynamic))];
    for (const options of [
      { schedulerEstimators: true },
      { fleet: fleet.map((cluster) => ({ ...cluster, schedulerEstimator: true })) },
    ]) {
      const { outcome, capacity } = planned(objects, options);
      expect(outcome).toMatchObject({
        kind: 'atRunTime',
        why: 'the dynamic weight depends on the room in each cluster, and a scheduler-estimator may find less than it reports',
        bounds: new Map([
          ['member1', { min: 0, max: 6 }],
          ['member2', { min: 0, max: 12 }],
          ['member3', { min: 0, max: 12 }],
        ]),
      });
      expect(capacity).toBeUndefined();
    }
  });

  test('is unknown for a cluster without a summary', () => {
    const some = [...fleet, { name: 'member4' }];
    expect(planned([web(12), policy('p', all, dividedBy(dynamic))], { fleet: some }).outcome.kind).toBe('atRunTime');
  });

  test('is not said where it does not matter', () => {
    const { outcome, capacity } = planned([web(2), policy('p', all, duplicated('member1'))]);
    expect(outcome).toEqual(certain({ member1: 2 }));
    expect(capacity).toBeUndefined();
  });

  test('decides which clusters a spread constraint selects', () => {
    const spread = { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }] };
    expect(planned([web(4), policy('p', all, dividedBy(dynamic, spread))]).outcome).toEqual(certain({ member3: 4 }));
    expect(planned([web(19), policy('p', all, dividedBy(dynamic, spread))]).outcome).toMatchObject({
      kind: 'unschedulable',
      reason: 'SchedulerError',
    });
  });

  test('templates with other requests do not share their answers', () => {
    const small = deployment('small', 12, {
      podSpec: { containers: [{ name: 'c', resources: { requests: { cpu: '6' } } }] },
    });
    const plan = planOf([web(12), small, policy('p', all, dividedBy(aggregated))], { fleet });
    expect(plan.template(key)?.outcome).toEqual(certain({ member3: 12 }));
    expect(plan.template('Deployment/default/small')?.outcome.kind).toBe('unschedulable');
  });
});

// Recorded: schedule_capacity-0239 asks for one set where the spread constraints select one cluster.
test('a workload of several pod templates needs room for a whole set in the only cluster', () => {
  const requesting = (cpu: string) => ({ spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }] } });
  const job = (cpu: string) => ({
    apiVersion: 'kubeflow.org/v1',
    kind: 'PyTorchJob',
    metadata: { name: 'train', namespace: 'default' },
    spec: {
      pytorchReplicaSpecs: {
        Master: { template: requesting('1') },
        Worker: { replicas: 3, template: requesting(cpu) },
      },
    },
  });
  const api = [{ groupVersion: 'kubeflow.org/v1', kinds: ['PyTorchJob'] }];
  const serving = fleet.map((cluster) => ({ ...cluster, apiEnablements: api }));
  const one = { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }] };
  const outcomeWith = (cpu: string) =>
    planOf([job(cpu), policy('p', [['kubeflow.org/v1', 'PyTorchJob']], dividedBy(dynamic, one))], {
      fleet: serving,
      featureGates: { MultiplePodTemplatesScheduling: true },
    }).template('PyTorchJob/default/train')?.outcome;
  expect(outcomeWith('5')).toEqual(certain({ member3: 0 }));
  expect(outcomeWith('6')).toMatchObject({ kind: 'unschedulable', reason: 'SchedulerError' });
});

describe('a single candidate without known capacity', () => {
  const only = { clusterAffinity: { clusterNames: ['member1'] } };
  const objects = [web(17), policy('p', all, dividedBy(dynamic, only))];

  test('gets all replicas, with a note that they may not fit', () => {
    const { outcome, notes } = planned(objects, { fleet: [{ name: 'member1' }, { name: 'member2' }] });
    expect(outcome).toEqual(certain({ member1: 17 }));
    expect(notes).toEqual([
      'member1 is the only candidate and its free capacity is unknown: it gets 17 replicas, or nothing changes if they do not fit there',
    ]);
  });

  test('is unschedulable where an upper bound is too low, else decided at run time', () => {
    expect(planned(objects, { schedulerEstimators: true }).outcome.kind).toBe('unschedulable');
    const large = [member('member1', 17, { schedulerEstimator: true })];
    expect(planned(objects, { fleet: large }).outcome.kind).toBe('atRunTime');
  });
});

describe('notes', () => {
  const grades: readonly ResourceModel[] = [0, 4].map((min, grade) => ({ grade, ranges: [{ name: 'cpu', min }] }));

  test('name clusters whose nodes count as nothing', () => {
    const small = member('member1', 6, {
      resourceModels: grades,
      resourceSummary: { allocatable: { cpu: 6, pods: 1000 }, allocatableModelings: [{ grade: 0, count: 3 }] },
    });
    const { notes } = planned([web(4), policy('p', all, dividedBy(dynamic))], { fleet: [small, member('member2', 9)] });
    expect(notes).toEqual([
      'resource models count the nodes of member1 as too small for a replica, although the sum of their free resources is enough: it gets none until spec.resourceModels of the Cluster has finer grades or is null',
    ]);
  });

  test('name clusters that are full, where the placement does not ask', () => {
    const { outcome, notes } = planned([web(8), policy('p', all, duplicated('member1', 'member2'))]);
    expect(outcome).toEqual(certain({ member1: 8, member2: 8 }));
    expect(notes).toEqual([
      'pods may stay Pending in member1 (8 more, 6 fit): this placement does not consider free capacity',
    ]);
  });

  test('name clusters whose nodes are too small for a replica on average', () => {
    const nodes = [member('member1', 6, { nodes: 12 })];
    const { notes } = planned([web(2), policy('p', all, dividedBy(dynamic))], { fleet: nodes });
    expect(notes).toEqual([
      'a replica requests more than an average node has in member1 (cpu): Karmada adds up the nodes, so its pods may stay Pending',
    ]);
  });

  test('name clusters to which the templates bring too much together', () => {
    const objects = [web(10), web(12, 'api'), policy('p', all, dividedBy(aggregated))];
    expect(planOf(objects, { fleet }).notes).toEqual([
      'the templates together request more than is left in member3 (cpu: 22 requested, 18 left): Karmada counts the room for each template alone, so pods may stay Pending',
    ]);
    expect(planOf([web(10), policy('p', all, dividedBy(aggregated))], { fleet }).notes).toEqual([]);
  });

  // Seen on a running v1.18.2: 8 replicas in one region, all in the other one after scaling up to 30.
  test('say that a scale-up moves the whole workload', () => {
    const placed = dividedBy(dynamic, {
      spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }],
    });
    const binding: KubernetesObject = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: 'web-deployment', namespace: 'default' },
      spec: { resource: { kind: 'Deployment', name: 'web' }, clusters: [{ name: 'member1', replicas: 5 }] },
    };
    const { outcome, notes } = planned([web(17), policy('p', all, placed)], { bindings: [binding] });
    expect(outcome).toEqual(certain({ member3: 17 }));
    expect(notes).toEqual([
      'from 5 to 17 replicas the whole workload leaves member1 for member3: other clusters are selected now, or groups are filled anew',
    ]);
  });
});

test('the plan says the time of the capacity in its JSON', () => {
  const plan = planOf([web(12), policy('p', all, dividedBy(dynamic))], { fleet, capacityTime: time });
  expect(plan.toJSON()).toMatchObject({
    capacityTime: time,
    templates: [{ capacity: { time, available: { member1: 6, member2: 12, member3: 18 } } }],
  });
});

test('survives clusters of any content', () => {
  const anything = fc.anything({ values: [fc.integer(), fc.double(), fc.constantFrom('1', '8Gi', '-5', '9e99', '')] });
  const amounts = fc.oneof(anything, fc.dictionary(fc.constantFrom('cpu', 'pods', 'memory'), anything));
  const modelings = fc.array(fc.record({ grade: anything, count: anything }));
  const summary = fc.record({
    allocatable: amounts,
    allocated: amounts,
    allocatableModelings: fc.oneof(anything, modelings),
  });
  const ranges = fc.array(fc.record({ name: fc.constantFrom('cpu', 'memory'), min: anything }));
  const models = fc.array(fc.record({ grade: anything, ranges: fc.oneof(anything, ranges) }));
  fc.assert(
    fc.property(fc.oneof(anything, summary), fc.oneof(anything, models), (resourceSummary, resourceModels) => {
      const rubbish = { name: 'member4', resourceSummary, resourceModels } as Cluster;
      for (const karmada of ['1.17', '1.18'] as const) {
        const plan = planOf([web(12), policy('p', all, dividedBy(dynamic))], { fleet: [...fleet, rubbish], karmada });
        expect(plan.toJSON().templates).toHaveLength(1);
      }
    }),
  );
});
