import { describe, expect, test } from 'vitest';
import { objectNameProblem } from '../../src/kubernetes/names';

// By hand from Kubernetes: the rules of apimachinery's validation of each kind.
describe('objectNameProblem', () => {
  test.each([
    ['v1', 'ConfigMap', 'a.b-c.1'],
    ['v1', 'ConfigMap', '1'],
    ['v1', 'ConfigMap', 'a'.repeat(253)],
    ['v1', 'Service', 'web'],
    ['v1', 'Service', '1web'],
    ['v1', 'Namespace', '1-shop'],
    ['serving.knative.dev/v1', 'Service', '1web'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'system:Reader_1'],
    ['batch/v1', 'CronJob', 'a'.repeat(52)],
    ['batch/v1', 'Job', 'a'.repeat(63)],
    ['apiregistration.k8s.io/v1', 'APIService', 'v1beta1.metrics.k8s.io'],
  ])('takes %s %s %s', (apiVersion, kind, name) => {
    expect(objectNameProblem({ apiVersion, kind }, name)).toBeUndefined();
  });

  test.each([
    ['v1', 'ConfigMap', ''],
    ['v1', 'ConfigMap', undefined],
    ['v1', 'ConfigMap', 'Settings'],
    ['v1', 'ConfigMap', 'a_b'],
    ['v1', 'ConfigMap', 'a..b'],
    ['v1', 'ConfigMap', '-a'],
    ['v1', 'ConfigMap', 'a.'],
    ['v1', 'ConfigMap', 'a'.repeat(254)],
    ['v1', 'Service', '-web'],
    ['v1', 'Service', 'a.b'],
    ['v1', 'Service', 'a'.repeat(64)],
    ['v1', 'Namespace', 'a.b'],
    ['v1', 'Namespace', 'a'.repeat(64)],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'a/b'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', '..'],
    ['batch/v1', 'CronJob', 'a'.repeat(53)],
    ['batch/v1', 'Job', 'a'.repeat(64)],
  ])('refuses %s %s %s', (apiVersion, kind, name) => {
    expect(objectNameProblem({ apiVersion, kind }, name)).toMatch(/^(is|may|must) /);
  });
});
