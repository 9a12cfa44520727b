import { describe, expect, test } from 'vitest';
import { Scopes } from '../../src/kubernetes/scope';

const object = (apiVersion: string, kind: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...(namespace !== undefined && { namespace }) },
});

describe('Scopes', () => {
  test.each([
    { apiVersion: 'v1', kind: 'Namespace', expected: 'cluster' },
    { apiVersion: 'apps/v1', kind: 'Deployment', expected: 'namespaced' },
    { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'ClusterOverridePolicy', expected: 'cluster' },
    // Groups of Kubernetes are known as a whole, groups of its special interest groups are not.
    { apiVersion: 'networking.k8s.io/v1', kind: 'ClusterSomething', expected: 'namespaced' },
    { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', expected: 'cluster' },
    { apiVersion: 'example.x-k8s.io/v1', kind: 'ClusterSomething', expected: 'cluster' },
    { apiVersion: 'example.com/v1', kind: 'Clusters', expected: 'namespaced' },
  ] as const)('$kind of $apiVersion is $expected', ({ apiVersion, kind, expected }) => {
    expect(new Scopes().scopeOf(object(apiVersion, kind))).toBe(expected);
  });

  test('a custom kind with a namespace is namespaced, whatever its name', () => {
    expect(new Scopes().scopeOf(object('example.com/v1', 'ClusterThing', 'default'))).toBe('namespaced');
  });

  test('a definition counts before names and tables', () => {
    const scopes = new Scopes();
    const spec = { group: 'example.com', names: { kind: 'ClusterThing' }, scope: 'Namespaced' };
    scopes.learn({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec });
    expect(scopes.scopeOf(object('example.com/v1', 'ClusterThing'))).toBe('namespaced');
  });
});
