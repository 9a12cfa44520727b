import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { prunedForMember } from '../../../src/planner/revise/prune';

// Expectations: facts.md I, "Pruned before sending".
describe('prunedForMember', () => {
  test('status and metadata that a server wrote stay at home', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', uid: 'u', generation: 2, resourceVersion: '3', finalizers: ['f'], labels: { app: 'x' } },
      status: {},
      data: { a: '1' },
    };
    const before = structuredClone(object);
    const pruned = prunedForMember(object);
    expect(pruned).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { app: 'x' } },
      data: { a: '1' },
    });
    expect(pruned['data']).toBe(object.data);
    expect(object).toEqual(before);
  });

  test('an object with nothing to prune is handed on as it is', () => {
    const object: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { clusterIP: 'None' },
    };
    expect(prunedForMember(object)).toBe(object);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['Service', { spec: { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ports: [] } }, { spec: { ports: [] } }],
    [
      'Job',
      {
        spec: {
          ttlSecondsAfterFinished: 5,
          selector: { matchLabels: { 'controller-uid': 'u', own: 'x' } },
          template: { metadata: { labels: { 'job-name': 'j', 'batch.kubernetes.io/job-name': 'j', own: 'x' } } },
        },
      },
      { spec: { selector: { matchLabels: { own: 'x' } }, template: { metadata: { labels: { own: 'x' } } } } },
    ],
    [
      'Job',
      { spec: { manualSelector: true, selector: { matchLabels: { 'controller-uid': 'u' } } } },
      { spec: { manualSelector: true, selector: { matchLabels: { 'controller-uid': 'u' } } } },
    ],
    [
      'Secret',
      { type: 'kubernetes.io/service-account-token', data: { token: 'x' } },
      { type: 'kubernetes.io/service-account-token', data: null },
    ],
    ['Secret', { type: 'Opaque', data: { a: 'x' } }, { type: 'Opaque', data: { a: 'x' } }],
    ['ServiceAccount', { secrets: [{ name: 'a-token-1' }, { name: 'own' }] }, { secrets: [{ name: 'own' }] }],
  ])('%s %#', (kind, fields, expected) => {
    const object = { apiVersion: 'v1', kind, metadata: { name: 'a' }, ...fields };
    expect(prunedForMember(object)).toEqual({ apiVersion: 'v1', kind, metadata: { name: 'a' }, ...expected });
  });

  test('revisions of a Deployment and the node of a claim are dropped', () => {
    const annotated = (kind: string, annotation: string) =>
      prunedForMember({ apiVersion: 'x', kind, metadata: { name: 'a', annotations: { [annotation]: '1', own: 'x' } } });
    expect(annotated('Deployment', 'deployment.kubernetes.io/revision').metadata?.annotations).toEqual({ own: 'x' });
    expect(annotated('PersistentVolumeClaim', 'volume.kubernetes.io/selected-node').metadata?.annotations).toEqual({
      own: 'x',
    });
  });

  test('broken metadata never crashes it', () => {
    const broken = JSON.parse('[{"kind":"Job","metadata":5,"spec":"x"},{"kind":"ServiceAccount","secrets":[1,null]}]');
    for (const object of broken) expect(prunedForMember(object)).toEqual(object);
  });
});
