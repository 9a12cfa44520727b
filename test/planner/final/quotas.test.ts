import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { planOf, type TemplatePlan } from '../../../src/planner';
import { bindingOf, core, deployment, duplicated, fleet, outcomeOf, pipy, policy } from '../plan/builders';

const asking = (name: string, replicas: number, cpu: string) =>
  deployment(name, replicas, { podSpec: { containers: [{ name, image: 'nginx', resources: { requests: { cpu } } }] } });
const quota = (spec: object): KubernetesObject => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'FederatedResourceQuota',
  metadata: { name: 'q', namespace: 'default' },
  spec,
});
const all = [['apps/v1', 'Deployment'] as const];

function finalIn(objects: readonly KubernetesObject[], cluster: string, name = 'pipy') {
  const template = planOf(objects, { fleet }).template(`Deployment/default/${name}`) as TemplatePlan;
  return template.final.get(cluster);
}

describe('quotas of the members', () => {
  const assigned = quota({
    overall: { cpu: '20' },
    staticAssignments: [
      { clusterName: 'member2', hard: { cpu: '1500m' } },
      { clusterName: 'member2', hard: { cpu: '10' } },
    ],
  });

  test('admit as many pods as fit into the first assignment of the cluster', () => {
    const objects = [asking('pipy', 5, '500m'), policy('p', all, duplicated('member1', 'member2')), assigned];
    expect(finalIn(objects, 'member1')).toEqual({ min: 5, max: 5, because: [] });
    expect(finalIn(objects, 'member2')).toEqual({
      min: 3,
      max: 3,
      because: ['FederatedResourceQuota/default/q leaves 1500m cpu to the namespace in the cluster'],
    });
  });

  test('are shared by the workloads of the namespace', () => {
    const objects = [
      asking('pipy', 2, '500m'),
      asking('curl', 2, '500m'),
      policy('p', all, duplicated('member2')),
      assigned,
    ];
    expect(finalIn(objects, 'member2')).toMatchObject({ min: 1, max: 2 });
    expect(finalIn(objects, 'member2', 'curl')).toMatchObject({ min: 1, max: 2 });
  });

  test('are also those that are propagated', () => {
    const objects = [
      deployment('pipy', 5),
      core('ResourceQuota', 'own', { spec: { hard: { pods: '4' } } }),
      policy('p', [...all, ['v1', 'ResourceQuota']], duplicated('member1')),
    ];
    expect(finalIn(objects, 'member1')).toMatchObject({ min: 4, max: 4 });
  });

  test('leave alone what requests nothing of theirs', () => {
    expect(finalIn([deployment('pipy', 5), policy('p', all, duplicated('member2')), assigned], 'member2')).toEqual({
      min: 5,
      max: 5,
      because: [],
    });
  });
});

// Recorded on a running control plane: extra-01 of live_hold.
describe('the gate FederatedQuotaEnforcement', () => {
  const gate = { featureGates: { FederatedQuotaEnforcement: true } };
  const overall = quota({ overall: { cpu: '2' } });
  const placed = policy('p', all, duplicated('member1'));

  test('refuses a result that exceeds the quota, and what ran before stays', () => {
    const objects = [asking('pipy', 5, '500m'), placed, overall];
    expect(outcomeOf(objects, gate)).toEqual({
      kind: 'unschedulable',
      reason: 'QuotaExceeded',
      why: 'FederatedResourceQuota/default/q allows 2 cpu in all, and the result exceeds it',
      kept: {},
    });
    const bindings = [bindingOf('pipy', { member1: 3 })];
    expect(outcomeOf(objects, { ...gate, bindings })).toMatchObject({ kind: 'unschedulable', kept: { member1: 3 } });
    expect(outcomeOf(objects)).toMatchObject({ kind: 'certain' });
  });

  test('leaves open which of several workloads comes first', () => {
    const objects = [asking('pipy', 3, '500m'), asking('curl', 3, '500m'), placed, overall];
    expect(outcomeOf(objects, gate)).toMatchObject({ kind: 'atRunTime', bounds: { member1: { min: 0, max: 3 } } });
  });

  test('lets a result pass that fits', () => {
    expect(outcomeOf([asking('pipy', 4, '500m'), placed, overall], gate)).toMatchObject({ kind: 'certain' });
  });
});

test('a template whose binding would have no DNS name is not scheduled', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [] };
  const named = (name: string) => ({ ...role, metadata: { name, namespace: 'default' } });
  const objects = [
    named('my_role'),
    named('system:my-role'),
    policy('p', [[role.apiVersion, 'Role']], duplicated('member1')),
    policy('q', [pipy], duplicated('member1')),
  ];
  expect(outcomeOf(objects, {}, 'Role/default/my_role')).toMatchObject({
    kind: 'unschedulable',
    reason: 'BindingRefused',
    why: expect.stringContaining('its binding would be named "my_role-role"'),
  });
  expect(outcomeOf(objects, {}, 'Role/default/system:my-role')).toMatchObject({ kind: 'certain' });
});
