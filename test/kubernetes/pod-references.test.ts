import { describe, expect, test } from 'vitest';
import { isFollowed, podReferencesOf } from '../../src/kubernetes/pod-references';

const workload = (kind: string, spec: object, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: { ...more, template: { spec: { containers: [], ...spec } } },
});

const texts = (object: Parameters<typeof podReferencesOf>[0]) =>
  podReferencesOf(object).map(({ kind, name, path }) => `${kind}/${name} ${path}`);

describe('podReferencesOf', () => {
  test('gives each place with its path within the object', () => {
    const spec = {
      imagePullSecrets: [{ name: 'registry' }],
      containers: [{ envFrom: [{ configMapRef: { name: 'env' } }] }],
      volumes: [{ projected: { sources: [{ secret: { name: 'token' } }] } }],
      serviceAccountName: 'web',
      priorityClassName: 'high',
    };
    expect(texts(workload('Deployment', spec))).toEqual([
      'Secret/registry spec.template.spec.imagePullSecrets[0].name',
      'ConfigMap/env spec.template.spec.containers[0].envFrom[0].configMapRef.name',
      'Secret/token spec.template.spec.volumes[0].projected.sources[0].secret.name',
      'ServiceAccount/web spec.template.spec.serviceAccountName',
      'PriorityClass/high spec.template.spec.priorityClassName',
    ]);
  });

  test('leaves out the claims that a StatefulSet makes itself', () => {
    const volumes = ['data', 'shared'].map((claimName) => ({ persistentVolumeClaim: { claimName } }));
    const own = { volumeClaimTemplates: [{ metadata: { name: 'data' } }] };
    expect(podReferencesOf(workload('StatefulSet', { volumes }, own)).map(({ name }) => name)).toEqual(['shared']);
  });

  test('pods start without what is optional, and without what an ephemeral container names', () => {
    const optional = { valueFrom: { secretKeyRef: { name: 'a', optional: true } } };
    const needed = { valueFrom: { secretKeyRef: { name: 'b' } } };
    const spec = { containers: [{ env: [optional, needed] }], ephemeralContainers: [{ env: [needed] }] };
    expect(podReferencesOf(workload('Deployment', spec)).map((each) => each.optional)).toEqual([true, false, true]);
  });

  test('is empty for objects without pods', () => {
    expect(podReferencesOf({ apiVersion: 'v1', kind: 'ConfigMap' })).toEqual([]);
  });
});

test('propagateDeps follows core kinds, but not the default ServiceAccount', () => {
  const spec = { serviceAccountName: 'default', runtimeClassName: 'gvisor', imagePullSecrets: [{ name: 'registry' }] };
  const followed = podReferencesOf(workload('Deployment', spec)).filter(isFollowed);
  expect(followed.map(({ kind }) => kind)).toEqual(['Secret']);
});
