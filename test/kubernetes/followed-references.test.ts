import { describe, expect, test } from 'vitest';
import { referencesOf } from '../../src/kubernetes/followed-references';
import type { KubernetesObject } from '../../src/kubernetes/object';

const of = (object: KubernetesObject) => referencesOf(object).map(({ kind, name }) => `${kind} ${name}`);
const pod = (spec: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'main' }], ...spec },
});
const templated = (kind: string, spec: object, more: object = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind,
  spec: { template: { spec: { containers: [], ...spec } }, ...more },
});

// The list of what Karmada follows: pkg/util/helper/pod.go of v1.18.2.
describe('referencesOf', () => {
  test.each([
    ['a ConfigMap volume', { volumes: [{ configMap: { name: 'x' } }] }, ['ConfigMap x']],
    ['a Secret volume', { volumes: [{ secret: { secretName: 'x' } }] }, ['Secret x']],
    ['a volume claim', { volumes: [{ persistentVolumeClaim: { claimName: 'x' } }] }, ['PersistentVolumeClaim x']],
    [
      'a projected volume',
      {
        volumes: [
          { projected: { sources: [{ configMap: { name: 'x' } }, { secret: { name: 'y' } }, { downwardAPI: {} }] } },
        ],
      },
      ['ConfigMap x', 'Secret y'],
    ],
    ['an Azure file volume', { volumes: [{ azureFile: { secretName: 'x' } }] }, ['Secret x']],
    ['a CSI volume', { volumes: [{ csi: { nodePublishSecretRef: { name: 'x' } } }] }, ['Secret x']],
    ...['cephfs', 'cinder', 'flexVolume', 'rbd', 'scaleIO', 'iscsi', 'storageos'].map(
      (type) => [`a ${type} volume`, { volumes: [{ [type]: { secretRef: { name: 'x' } } }] }, ['Secret x']] as const,
    ),
    ['an image pull secret', { imagePullSecrets: [{ name: 'x' }] }, ['Secret x']],
    ['a ServiceAccount', { serviceAccountName: 'x' }, ['ServiceAccount x']],
    ['the default ServiceAccount, which every namespace has', { serviceAccountName: 'default' }, []],
    ...['containers', 'initContainers', 'ephemeralContainers'].map(
      (list) =>
        [
          `variables of ${list}`,
          {
            [list]: [
              {
                env: [
                  { valueFrom: { configMapKeyRef: { name: 'a' } } },
                  { valueFrom: { secretKeyRef: { name: 'b' } } },
                  { name: 'PLAIN', value: 'x' },
                ],
                envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 'd' } }],
              },
            ],
          },
          ['ConfigMap c', 'Secret d', 'ConfigMap a', 'Secret b'],
        ] as const,
    ),
    ['an empty directory', { volumes: [{ emptyDir: {} }] }, []],
  ] as const)('follows %s', (_name, spec, expected) => {
    expect(of(pod(spec))).toStrictEqual(expected);
  });

  test.each(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'])(
    'looks into the template of a %s',
    (kind) => {
      expect(of(templated(kind, { serviceAccountName: 'x' }))).toStrictEqual(['ServiceAccount x']);
    },
  );

  test('looks into the Jobs of a CronJob', () => {
    const spec = { jobTemplate: { spec: { template: { spec: { containers: [], serviceAccountName: 'x' } } } } };
    expect(of({ apiVersion: 'batch/v1', kind: 'CronJob', spec })).toStrictEqual(['ServiceAccount x']);
  });

  test('leaves out the claims that a StatefulSet makes itself', () => {
    const volumes = ['data', 'shared'].map((claimName) => ({ persistentVolumeClaim: { claimName } }));
    const volumeClaimTemplates = [{ metadata: { name: 'data' } }];
    expect(of(templated('StatefulSet', { volumes }, { volumeClaimTemplates }))).toStrictEqual([
      'PersistentVolumeClaim shared',
    ]);
  });

  test('follows the certificates of an Ingress, and not its backends', () => {
    const spec = { tls: [{ secretName: 'cert' }], defaultBackend: { service: { name: 'web' } } };
    expect(of({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec })).toStrictEqual(['Secret cert']);
  });

  test('follows a ServiceImport to the Service that Karmada derives', () => {
    expect(
      of({ apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ServiceImport', metadata: { name: 'web' } }),
    ).toStrictEqual(['Service derived-web']);
  });

  test.each(['Service', 'ConfigMap', 'HorizontalPodAutoscaler', 'RoleBinding'])('finds nothing in a %s', (kind) => {
    expect(of({ apiVersion: 'v1', kind, spec: { scaleTargetRef: { name: 'x' } } })).toStrictEqual([]);
  });
});
