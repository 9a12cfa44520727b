import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { planOf } from '../../../src/planner';
import { bindingOf, deployment, evenUid, fleet, outcomeOf, pipy, policy } from './builders';

const dynamic = {
  placement: {
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { dynamicWeight: 'AvailableReplicas' },
    },
  },
};
const annotations = { 'policy.karmada.io/applied-placement': JSON.stringify(dynamic.placement) };
const status = { lastScheduledTime: '2026-01-02T00:00:00Z' };
const capacities = { 'Deployment/default/pipy': { member1: 6, member2: 12, member3: 18 } };
const manifests = [deployment('pipy', 12), policy('p', [pipy], dynamic)];

const key = 'Deployment/default/pipy';

describe('a WorkloadRebalancer', () => {
  const rebalancer = (extra: object = {}, namespace = 'default'): KubernetesObject => ({
    apiVersion: 'apps.karmada.io/v1alpha1',
    kind: 'WorkloadRebalancer',
    metadata: { name: 'again', ...extra },
    spec: { workloads: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'pipy' }] },
  });
  const kept = { kind: 'certain', replicas: { member1: 12 } };
  // Weights are what fits and what runs: 18, 12 and 18.
  const fresh = { kind: 'certain', replicas: { member1: 5, member2: 3, member3: 4 } };
  const bindings = [bindingOf('pipy', { member1: 12 }, { uid: evenUid, annotations, status })];
  const outcomeWith = (object: KubernetesObject, more: object = {}) =>
    outcomeOf([...manifests, object], { bindings, capacities, ...more });

  test('has the replicas of the workloads that it names divided anew', () => {
    expect(outcomeWith(rebalancer())).toEqual(fresh);
    const plan = planOf([...manifests, rebalancer()], { fleet, bindings, capacities });
    expect(plan.template(key)?.look).toMatchObject({ mode: 'fresh', because: 'rebalance' });
  });

  test('does nothing to other workloads', () => {
    expect(outcomeWith(rebalancer({}, 'other'))).toEqual(kept);
  });

  test('acts once: its creation time counts', () => {
    expect(outcomeWith(rebalancer({ creationTimestamp: '2026-01-03T00:00:00Z' }))).toEqual(fresh);
    const old = rebalancer({ creationTimestamp: '2026-01-01T00:00:00Z' });
    expect(outcomeWith(old)).toEqual(kept);
    expect(outcomeWith(rebalancer(), { deployed: [old] })).toEqual(kept);
  });

  test('does nothing where the workload was never scheduled', () => {
    const unscheduled = [bindingOf('pipy', {}, { uid: evenUid })];
    const plan = planOf([...manifests, rebalancer()], { fleet, bindings: unscheduled, capacities });
    expect(plan.template(key)?.look).toMatchObject({ mode: 'steady', because: 'placement' });
  });
});

describe('the next look of the scheduler', () => {
  const lookAt = (objects: readonly KubernetesObject[], binding: KubernetesObject, clusters = fleet) =>
    planOf(objects, { fleet: clusters, bindings: [binding], capacities }).template(key)?.look;

  test('is unknown without a binding', () => {
    expect(planOf(manifests, { fleet, capacities }).template(key)?.look).toBeUndefined();
  });

  test.each([
    { name: 'nothing changed', replicas: 12, targets: { member1: 12 }, expected: { mode: 'kept', attempts: [] } },
    { name: 'the replicas changed', replicas: 13, targets: { member1: 12 }, expected: { because: 'replicas' } },
    { name: 'nothing fits', replicas: 900, targets: { member1: 12 }, expected: { mode: 'steady', retried: true } },
  ])('$name', ({ replicas, targets, expected }) => {
    const binding = bindingOf('pipy', targets, { uid: evenUid, annotations, status });
    const objects = [deployment('pipy', replicas), policy('p', [pipy], dynamic)];
    expect(lookAt(objects, binding)).toMatchObject(expected);
  });

  test('leaves a target that is being removed', () => {
    const binding = bindingOf('pipy', { member1: 12 }, { uid: evenUid, annotations, status });
    const leaving = fleet.map((cluster) => (cluster.name === 'member1' ? { ...cluster, deleting: true } : cluster));
    const plan = planOf(manifests, { fleet: leaving, bindings: [binding], capacities });
    expect(plan.template(key)?.look).toMatchObject({ because: 'targetRemoved' });
    expect(plan.template(key)?.exclusions).toEqual([
      {
        cluster: 'member1',
        reasons: [{ plugin: 'ClusterDeletion', why: 'it is being removed from the control plane' }],
      },
    ]);
    expect(plan.template(key)?.replicasIn('member1')).toEqual({ min: 0, max: 0 });
  });

  test('bars clusters from which the workload is being evicted, and says so', () => {
    const binding = bindingOf('pipy', { member2: 8 }, { uid: evenUid, annotations, status });
    const evicted = {
      ...binding,
      spec: { ...(binding.spec as object), gracefulEvictionTasks: [{ fromCluster: 'member1' }] },
    };
    const template = planOf(manifests, { fleet, bindings: [evicted], capacities }).template(key);
    expect(template?.look).toMatchObject({ because: 'replicas', leaving: ['member1'] });
    expect(template?.exclusions.map(({ cluster }) => cluster)).toEqual(['member1']);
    expect(template?.replicasIn('member1')).toEqual({ min: 0, max: 0 });
  });

  test('leaves a binding alone whose scheduling is suspended', () => {
    const binding = bindingOf('pipy', { member1: 3 }, { uid: evenUid, annotations, status });
    const suspended = { ...binding, spec: { ...(binding.spec as object), suspension: { scheduling: true } } };
    const template = planOf(manifests, { fleet, bindings: [suspended], capacities }).template(key);
    expect(template?.look).toMatchObject({ mode: 'kept' });
    expect(template?.replicasIn('member1')).toEqual({ min: 3, max: 3 });
  });

  test('keeps what runs if the applied placement cannot be read', () => {
    const broken = { 'policy.karmada.io/applied-placement': '{' };
    const binding = bindingOf('pipy', { member1: 12 }, { uid: evenUid, annotations: broken, status });
    expect(lookAt(manifests, binding)).toMatchObject({ mode: 'kept' });
  });
});
