import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { planAfterLoss, planOf } from '../../../src/planner';
import { bindingOf, clusterPolicy, core, deployment, duplicated, fleet, pipy, plain, policy } from '../plan/builders';

const rest = fleet.filter(({ name }) => name !== 'member3');
const lost = { kind: 'unjoined', clusters: ['member3'] } as const;

test('a lost definition takes its custom kind with it', () => {
  const crd: KubernetesObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.org' },
    spec: { group: 'example.org', scope: 'Namespaced', names: { kind: 'Thing', plural: 'things' }, versions: [] },
  };
  const thing = { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'one', namespace: 'default' } };
  const objects = [
    crd,
    thing,
    clusterPolicy('crds', [['apiextensions.k8s.io/v1', 'CustomResourceDefinition']], duplicated('member2', 'member3')),
    policy('things', [['example.org/v1', 'Thing']]),
  ];
  const expected = planOf(objects, { fleet: rest }).toJSON();
  expect(planAfterLoss(objects, { fleet }, lost).plan.toJSON()).toEqual(expected);
});

test('the Services of MultiClusterServices follow the fleet', () => {
  const featureGates = { MultiClusterService: true };
  const objects = [
    core('Service', 'web'),
    {
      apiVersion: 'networking.karmada.io/v1alpha1',
      kind: 'MultiClusterService',
      metadata: { name: 'web', namespace: 'default' },
      spec: { types: ['CrossCluster'] },
    },
  ];
  const expected = planOf(objects, { fleet: rest, featureGates }).toJSON();
  expect(planAfterLoss(objects, { fleet, featureGates }, lost).plan.toJSON()).toEqual(expected);
});

test('workloads that must run together move together', () => {
  const featureGates = { WorkloadAffinity: true };
  const together = (cluster: readonly string[]) => ({
    placement: { clusterAffinity: { clusterNames: cluster }, workloadAffinity: { affinity: { groupByLabelKey: 'g' } } },
  });
  const labels = { g: 'one' };
  const other = ['apps/v1', 'Deployment', 'other'] as const;
  const objects = [
    deployment('pipy', 1, { labels }),
    deployment('other', 1, { labels }),
    policy('p', [pipy], together(['member3'])),
    policy('o', [other], together(['member2', 'member3'])),
  ];
  const bindings = [bindingOf('pipy', { member3: 1 }), bindingOf('other', { member3: 1 })];
  const after = planAfterLoss(objects, { fleet, bindings, featureGates }, { kind: 'evicted', clusters: ['member3'] });
  const outcome = after.plan.template('Deployment/default/pipy')?.outcome;
  expect(outcome && plain(outcome)).toMatchObject({ kind: 'unschedulable' });
  expect(after.affected.map(({ template }) => template)).toEqual([
    'Deployment/default/pipy',
    'Deployment/default/other',
  ]);
});

test('a policy that waits does not move anything, but the eviction counts', () => {
  const spec = { ...duplicated('member2', 'member3'), activationPreference: 'Lazy' };
  const objects = [deployment('pipy', 1), policy('p', [pipy], spec)];
  const options = { fleet, bindings: [bindingOf('pipy', { member3: 1 })], deployed: [deployment('pipy', 1)] };
  const after = planAfterLoss(objects, options, { kind: 'evicted', clusters: ['member3'] });
  const outcome = after.running('Deployment/default/pipy');
  expect(outcome && plain(outcome)).toMatchObject({ kind: 'unschedulable', reason: 'LazyActivation', kept: {} });
});
