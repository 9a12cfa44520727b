import { describe, expect, test } from 'vitest';
import { defaulted, pruned } from '../../../src/admission/schema/stored-form';
import { defaultKarmadaVersion } from '../../../src/karmada/release';
import type { KubernetesObject, ObjectMetadata } from '../../../src/kubernetes/object';

const head = { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'PropagationPolicy' };
const selectors = { resourceSelectors: [{ apiVersion: 'v1', kind: 'Service' }] };

function policy(spec: object, metadata: object = { name: 'pipy' }): KubernetesObject {
  return { ...head, metadata: metadata as ObjectMetadata, spec: { ...selectors, ...spec } };
}

const policyDefaults = {
  conflictResolution: 'Abort',
  preemption: 'Never',
  priority: 0,
  schedulerName: 'default-scheduler',
};

describe('defaulted', () => {
  test('fills the defaults of the CustomResourceDefinition, at every depth', () => {
    const spec = { placement: { replicaScheduling: {} }, failover: { application: { decisionConditions: {} } } };
    expect(defaulted(policy(spec), defaultKarmadaVersion).spec).toEqual({
      ...selectors,
      ...policyDefaults,
      placement: { replicaScheduling: { replicaSchedulingType: 'Divided' } },
      failover: { application: { decisionConditions: { tolerationSeconds: 300 }, purgeMode: 'Gracefully' } },
    });
  });

  test('fills defaults in list items', () => {
    const cron = { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'CronFederatedHPA' };
    expect(defaulted({ ...cron, spec: { rules: [{ name: 'day' }] } }, defaultKarmadaVersion).spec).toEqual({
      rules: [{ name: 'day', suspend: false, successfulHistoryLimit: 3, failedHistoryLimit: 3 }],
    });
  });

  test('takes null for absent', () => {
    expect(defaulted(policy({ priority: null, placement: null }), defaultKarmadaVersion).spec).toEqual({
      ...selectors,
      ...policyDefaults,
    });
  });

  test('keeps null where the schema keeps anything', () => {
    const override = { ...head, kind: 'OverridePolicy' };
    const spec = { overriders: { plaintext: [{ path: '/a', operator: 'add', value: { inner: null } }] } };
    expect(defaulted({ ...override, spec }, defaultKarmadaVersion).spec).toEqual(spec);
  });

  test('keeps null in a list, where it will not pass the check', () => {
    const { spec } = defaulted(policy({ dependentOverrides: [null] }), defaultKarmadaVersion);
    expect(spec).toMatchObject({ dependentOverrides: [null] });
  });

  test('reads null labels as empty and other null metadata as absent', () => {
    const metadata = { name: 'pipy', labels: { app: null }, creationTimestamp: null };
    expect(defaulted(policy({}, metadata), defaultKarmadaVersion).metadata).toEqual({
      name: 'pipy',
      labels: { app: '' },
    });
  });

  test('leaves its argument and other kinds alone', () => {
    const object = policy({});
    defaulted(object, defaultKarmadaVersion);
    expect(object).toEqual(policy({}));
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
    expect(defaulted(deployment, defaultKarmadaVersion)).toBe(deployment);
  });
});

describe('pruned', () => {
  test('drops what the schema does not know, at every depth', () => {
    const object = { ...policy({ a: 1, placement: { b: 1, clusterAffinity: { c: 1, clusterNames: ['x'] } } }), d: 1 };
    expect(pruned(object, defaultKarmadaVersion)).toEqual(
      policy({ placement: { clusterAffinity: { clusterNames: ['x'] } } }),
    );
  });

  test('drops unknown metadata and keeps what metadata has', () => {
    const object = policy({}, { name: 'pipy', finalizers: ['a'], nonsense: 1 });
    expect(pruned(object, defaultKarmadaVersion).metadata).toEqual({ name: 'pipy', finalizers: ['a'] });
  });

  test('keeps the values of maps and what is open to any field', () => {
    const work = { apiVersion: 'work.karmada.io/v1alpha1', kind: 'Work', metadata: { name: 'w' } };
    const spec = { workload: { manifests: [{ apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.b': 'c' } }] } };
    expect(pruned({ ...work, spec }, defaultKarmadaVersion)).toEqual({ ...work, spec });
  });

  test('drops a field of a later release', () => {
    const spec = { placement: { workloadAffinity: { affinity: { groupByLabelKey: 'app' } } } };
    expect(pruned(policy(spec), '1.16')).toEqual(policy({ placement: {} }));
    expect(pruned(policy(spec), '1.17')).toEqual(policy(spec));
  });
});
