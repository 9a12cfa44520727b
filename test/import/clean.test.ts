import { describe, expect, test } from 'vitest';
import { importManifests } from '../../src/import';
import { cleanManifests } from '../../src/import/clean';
import type { KubernetesObject } from '../../src/kubernetes/object';

const server = {
  uid: 'u',
  resourceVersion: '7',
  generation: 2,
  creationTimestamp: '2026-01-01T00:00:00Z',
  managedFields: [{}],
};

function live(object: object, metadata: object = {}): KubernetesObject {
  const { metadata: own, ...rest } = object as KubernetesObject;
  return { ...rest, metadata: { ...own, ...server, ...metadata } } as KubernetesObject;
}

function clean(...objects: readonly KubernetesObject[]) {
  const { manifests, skipped } = cleanManifests(
    objects.map((object, index) => ({ object, origin: { type: 'memory', index } })),
  );
  return { objects: manifests.map(({ object }) => object), skipped };
}

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
  },
};

/** As an API server with Karmada returns it. */
const stored = live(
  {
    ...deployment,
    spec: {
      ...deployment.spec,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        metadata: { creationTimestamp: null, labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'web:1',
              imagePullPolicy: 'IfNotPresent',
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
            },
          ],
          dnsPolicy: 'ClusterFirst',
          restartPolicy: 'Always',
          schedulerName: 'default-scheduler',
          securityContext: {},
          terminationGracePeriodSeconds: 30,
        },
      },
    },
    status: { replicas: 2 },
  },
  {
    labels: { 'propagationpolicy.karmada.io/permanent-id': 'x', 'resourcetemplate.karmada.io/retain-replicas': 'true' },
    annotations: {
      'propagationpolicy.karmada.io/name': 'web',
      'propagationpolicy.karmada.io/namespace': 'shop',
      'deployment.kubernetes.io/revision': '1',
    },
  },
);

describe('objects of a control plane', () => {
  test('lose what the server and Karmada add', () => {
    expect(clean(stored).objects).toEqual([
      {
        ...deployment,
        metadata: { ...deployment.metadata, labels: { 'resourcetemplate.karmada.io/retain-replicas': 'true' } },
      },
    ]);
  });

  test('are what kubectl applied, if nothing was changed later', () => {
    const applied = { ...deployment, spec: { ...deployment.spec, revisionHistoryLimit: 10 } };
    const annotation = (object: object) => ({
      labels: {},
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object) },
    });
    expect(clean(live(stored, annotation(applied))).objects).toEqual([applied]);
    const scaled = { ...applied, spec: { ...applied.spec, replicas: 5 } };
    expect(clean(live(stored, annotation(scaled))).objects).toEqual([deployment]);
    const labelled = live(stored, { ...annotation(applied), labels: { tier: 'web' } });
    expect(clean(labelled).objects[0]?.metadata?.labels).toEqual({ tier: 'web' });
  });

  test('keep a pull policy that is not the default of the tag', () => {
    const withImage = (image: string, imagePullPolicy: string) =>
      live({
        ...deployment,
        spec: { ...deployment.spec, template: { spec: { containers: [{ name: 'web', image, imagePullPolicy }] } } },
      });
    const policyOf = (object: KubernetesObject) => JSON.stringify(object).includes('imagePullPolicy');
    const images = [
      withImage('host:5000/web', 'Always'),
      withImage('web:latest', 'IfNotPresent'),
      withImage('web@sha256:0', 'IfNotPresent'),
    ];
    expect(clean(...images).objects.map(policyOf)).toEqual([false, true, false]);
  });

  test('lose the defaults of other kinds', () => {
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' } };
    const spec = { accessModes: ['ReadWriteOnce'] };
    expect(clean(live({ ...claim, spec: { ...spec, volumeMode: 'Filesystem' } })).objects).toEqual([
      { ...claim, spec },
    ]);
  });

  test('are left out if controllers make them', () => {
    const of = (apiVersion: string, kind: string, name: string, more: object = {}) =>
      live({ apiVersion, kind, metadata: { name, namespace: 'shop' }, ...more });
    const { objects, skipped } = clean(
      of('v1', 'ConfigMap', 'kube-root-ca.crt'),
      of('v1', 'Secret', 'sh.helm.release.v1.web.v1', { type: 'helm.sh/release.v1' }),
      of('work.karmada.io/v1alpha2', 'ResourceBinding', 'web-deployment'),
      live(of('apps/v1', 'ReplicaSet', 'web-1'), { ownerReferences: [{ kind: 'Deployment', name: 'web' }] }),
      of('v1', 'ConfigMap', 'web'),
    );
    expect(objects.map(({ metadata }) => metadata?.name)).toEqual(['web']);
    expect(skipped.map(({ why }) => why)).toEqual([
      'a controller makes it',
      'Helm keeps its release in it',
      'Karmada makes it',
      'Deployment "web" makes it',
    ]);
  });

  test('stay as they are if they come from a file', () => {
    const written = { ...deployment, status: {}, spec: { ...deployment.spec, revisionHistoryLimit: 10 } };
    expect(clean(written).objects[0]).toBe(written);
  });

  test('belong to the policy that has claimed them', () => {
    const policy = (name: string) =>
      live({
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'PropagationPolicy',
        metadata: { name, namespace: 'shop' },
        spec: {
          conflictResolution: 'Abort',
          placement: { clusterAffinity: { clusterNames: ['member1'] } },
          preemption: 'Never',
          priority: 0,
          resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }],
          schedulerName: 'default-scheduler',
        },
      });
    const { report, files } = importManifests([stored, policy('another'), policy('web')]);
    const forms = report.objects.map(({ kind, name, form }) => `${kind} ${name} ${form}`);
    expect(forms.sort()).toEqual([
      'Deployment web app',
      'PropagationPolicy another policy',
      'PropagationPolicy web app',
    ]);
    expect(files.find(({ path }) => path === 'apps/web.ts')?.text).toContain(`\
    const web = new FederatedApp(this, 'web', { policyName: 'web', placement: fleet.over('member1') });
`);
  });
});
