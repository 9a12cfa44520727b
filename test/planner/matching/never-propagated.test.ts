import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import {
  claimedByController,
  isSyncedNamespace,
  neverPropagated,
} from '../../../src/planner/matching/never-propagated';

// Expectations: facts.md C.6.
function object(apiVersion: string, kind: string, namespace?: string, name = 'x'): KubernetesObject {
  return { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
}

describe('neverPropagated', () => {
  test.each([
    [
      object('policy.karmada.io/v1alpha1', 'PropagationPolicy', 'a'),
      'Karmada never propagates the API group policy.karmada.io',
    ],
    [object('v1', 'Event', 'a'), 'Karmada never propagates Events'],
    [object('events.k8s.io/v1', 'Event', 'a'), 'Karmada never propagates the API group events.k8s.io'],
    [object('coordination.k8s.io/v1', 'Lease', 'a'), 'Karmada never propagates Leases'],
    [object('v1', 'ConfigMap', 'karmada-system'), 'Karmada keeps the namespace "karmada-system" to itself'],
    [object('v1', 'ConfigMap', 'karmada-es-member1'), 'Karmada keeps the namespace "karmada-es-member1" to itself'],
    [
      object('v1', 'ConfigMap', 'kube-system'),
      'Karmada does not propagate from namespaces named kube-…, such as "kube-system"',
    ],
  ])('$0.kind', (template, why) => {
    expect(neverPropagated(template)).toBe(why);
  });

  test.each([
    object('apps/v1', 'Deployment', 'default'),
    object('multicluster.x-k8s.io/v1alpha1', 'ServiceExport', 'a'),
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
    object('v1', 'ConfigMap', 'my-kube-system'),
  ])('may propagate $kind in $metadata.namespace', (template) => {
    expect(neverPropagated(template)).toBeUndefined();
  });
});

describe('isSyncedNamespace', () => {
  test.each([
    ['shop', {}, true],
    ['default', {}, false],
    ['kube-public', {}, false],
    ['karmada-cluster', {}, false],
    ['shop', { 'namespace.karmada.io/skip-auto-propagation': 'True' }, false],
    ['shop', { 'namespace.karmada.io/skip-auto-propagation': 'false' }, true],
  ])('namespace %s with labels %j: %s', (name, labels, expected) => {
    expect(isSyncedNamespace({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })).toBe(expected);
  });
});

test('any value of the claimed-by label keeps policies away', () => {
  const labels = { 'resourcetemplate.karmada.io/claimed-by': 'MultiClusterService' };
  expect(claimedByController({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', labels } })).toBe(
    'MultiClusterService',
  );
  expect(claimedByController(object('v1', 'Service', 'a'))).toBeUndefined();
});
