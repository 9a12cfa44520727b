import { expect, test } from 'vitest';
import { stageOf } from '../../src/apply/stages';

test.each([
  ['v1', 'Namespace', 'namespaces'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'definitions'],
  ['v1', 'Secret', 'configuration'],
  ['v1', 'Service', 'configuration'],
  ['networking.k8s.io/v1', 'Ingress', 'configuration'],
  ['policy/v1', 'PodDisruptionBudget', 'configuration'],
  ['config.karmada.io/v1alpha1', 'ResourceInterpreterCustomization', 'configuration'],
  ['policy.karmada.io/v1alpha1', 'ClusterOverridePolicy', 'overrides'],
  ['policy.karmada.io/v1alpha1', 'PropagationPolicy', 'policies'],
  ['policy.karmada.io/v1alpha1', 'ClusterTaintPolicy', 'configuration'],
  ['apps/v1', 'DaemonSet', 'workloads'],
  ['batch/v1', 'CronJob', 'workloads'],
  ['apps.kruise.io/v1alpha1', 'CloneSet', 'workloads'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'autoscaling'],
  ['autoscaling.karmada.io/v1alpha1', 'FederatedHPA', 'autoscaling'],
  ['apps.karmada.io/v1alpha1', 'WorkloadRebalancer', 'autoscaling'],
])('%s %s belongs to the %s', (apiVersion, kind, stage) => {
  expect(stageOf({ apiVersion, kind })).toBe(stage);
});
