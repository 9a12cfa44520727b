import { describe, expect, test } from 'vitest';
import { nativeReplicas, replicasField } from '../../src/kubernetes/replicas';

describe('nativeReplicas', () => {
  test.each([
    ['apps/v1', 'Deployment', { replicas: 3 }, 3],
    ['apps/v1', 'StatefulSet', {}, 1],
    ['batch/v1', 'Job', { parallelism: 5, completions: 2 }, 2],
    ['batch/v1', 'Job', { parallelism: 5 }, 5],
    ['v1', 'Pod', {}, 1],
    ['apps/v1', 'DaemonSet', {}, undefined],
    ['apps.kruise.io/v1beta1', 'StatefulSet', { replicas: 3 }, undefined],
  ])('%s %s with %j has %s', (apiVersion, kind, spec, expected) => {
    expect(nativeReplicas({ apiVersion, kind, spec })).toBe(expected);
  });
});

describe('replicasField', () => {
  test.each([
    ['apps/v1', 'ReplicaSet', 'replicas'],
    ['batch/v1', 'Job', 'parallelism'],
    ['batch/v1', 'CronJob', undefined],
  ])('%s %s states them in %s', (apiVersion, kind, field) => {
    expect(replicasField({ apiVersion, kind })).toBe(field);
  });
});
