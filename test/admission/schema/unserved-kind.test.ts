import { describe, expect, test } from 'vitest';
import { admit } from '../../../src/admission';

const causesOf = (apiVersion: string, kind: string, others: Parameters<typeof admit>[0][] = []) =>
  admit({ apiVersion, kind, metadata: { name: 'web' } }, { others }).causes.filter(
    ({ code }) => code === 'unknown-kind',
  );

describe('a kind that the API server does not have', () => {
  // What kubectl answered, or what the tables of Kubernetes' and Karmada's releases say.
  test.each([
    ['policy.karmada.io/v1', 'PropagationPolicy', 'write apiVersion: policy.karmada.io/v1alpha1'],
    ['policy.karmada.io/v1beta1', 'OverridePolicy', 'write apiVersion: policy.karmada.io/v1alpha1'],
    ['policy.karmada.io/v1alpha1', 'PropogationPolicy', 'write kind: PropagationPolicy'],
    ['policy.karmada.io/v1alpha1', 'PropagationPolicies', 'write kind: PropagationPolicy'],
    ['policy.karmada.io/v1alpha1', 'propagationpolicy', 'write kind: PropagationPolicy'],
    ['work.karmada.io/v1alpha2', 'PropagationPolicy', 'write apiVersion: policy.karmada.io/v1alpha1'],
    ['karmada.io/v1alpha1', 'PropagationPolicy', 'write apiVersion: policy.karmada.io/v1alpha1'],
    ['propagation.karmada.io/v1alpha1', 'ClusterOverridePolicy', 'write apiVersion: policy.karmada.io/v1alpha1'],
    ['autoscaling.karmada.io/v1alpha1', 'FederatedHorizontalPodAutoscaler', 'write kind: FederatedHPA'],
    ['work.karmada.io/v1', 'ResourceBinding', 'write apiVersion: work.karmada.io/v1alpha2'],
    ['cluster.karmada.io/v1', 'Cluster', 'write apiVersion: cluster.karmada.io/v1alpha1'],
    ['extensions/v1beta1', 'Ingress', 'write apiVersion: networking.k8s.io/v1'],
    ['extensions/v1beta1', 'Deployment', 'write apiVersion: apps/v1'],
    ['apps/v1beta2', 'Deployment', 'write apiVersion: apps/v1'],
    ['app/v1', 'Deployment', 'write apiVersion: apps/v1'],
    ['v1', 'Deployment', 'write apiVersion: apps/v1'],
    ['apps/v1', 'Deploymant', 'write kind: Deployment'],
    ['apps/v1', 'Service', 'write apiVersion: v1'],
    ['batch/v1beta1', 'CronJob', 'write apiVersion: batch/v1'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'write apiVersion: autoscaling/v2'],
    ['networking.k8s.io/v1beta1', 'Ingress', 'write apiVersion: networking.k8s.io/v1'],
    ['network.k8s.io/v1', 'Ingress', 'write apiVersion: networking.k8s.io/v1'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', 'write apiVersion: rbac.authorization.k8s.io/v1'],
    [
      'policy/v1beta1',
      'PodSecurityPolicy',
      'use a kind that the API server has, or add its CustomResourceDefinition to the manifests',
    ],
    ['apps.karmada.io/v1alpha1', 'Whatever', 'use a kind of this group: WorkloadRebalancer'],
  ])('%s %s', (apiVersion, kind, fix) => {
    expect(causesOf(apiVersion, kind).map((cause) => [cause.message, cause.fix])).toEqual([
      [`no matches for kind "${kind}" in version "${apiVersion}"`, fix],
    ]);
  });
});

test.each([
  ['autoscaling/v1', 'HorizontalPodAutoscaler'],
  ['events.k8s.io/v1', 'Event'],
  ['v1', 'Binding'],
  ['v1', 'List'],
  ['networking.k8s.io/v1beta1', 'ServiceCIDR'],
  ['scheduling.k8s.io/v1alpha1', 'Workload'],
  ['resource.k8s.io/v1', 'ResourceClaim'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'],
  ['multicluster.x-k8s.io/v1alpha1', 'ServiceExport'],
  ['batch.volcano.sh/v1alpha1', 'Job'],
  ['apps.kruise.io/v1beta1', 'StatefulSet'],
  ['crd.projectcalico.org/v1', 'NetworkPolicy'],
  ['serving.knative.dev/v1', 'Service'],
  ['cluster.karmada.io/v1alpha1', 'Cluster'],
  ['work.karmada.io/v1alpha1', 'Work'],
  ['search.karmada.io/v1alpha1', 'ResourceRegistry'],
  ['operator.karmada.io/v1alpha1', 'Karmada'],
])('%s %s is served, or may be', (apiVersion, kind) => {
  expect(causesOf(apiVersion, kind)).toEqual([]);
});

test('a CustomResourceDefinition among the other objects adds its kind to a group', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'shops.demo.karmada.io' },
    spec: { group: 'demo.karmada.io', names: { kind: 'Shop' } },
  };
  expect(causesOf('demo.karmada.io/v1', 'Shop')).toHaveLength(1);
  expect(causesOf('demo.karmada.io/v1', 'Shop', [definition])).toEqual([]);
});
