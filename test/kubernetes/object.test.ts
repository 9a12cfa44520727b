import { expect, test } from 'vitest';
import { groupKindKey, kindKey, namedKey, objectKey, referenceKey, referenceTo } from '../../src/kubernetes/object';

const pipy = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'pipy', namespace: 'default' } };

test('people name an object by kind, namespace and name', () => {
  expect(objectKey(pipy)).toBe('Deployment/default/pipy');
  expect(objectKey({ kind: 'Namespace', metadata: { name: 'default' } })).toBe('Namespace/default');
  expect(namedKey({ kind: 'ConfigMap', namespace: '', name: 'a' })).toBe('ConfigMap/a');
});

test('two versions of a group name the same object, and two kinds of versions', () => {
  expect(referenceKey(referenceTo(pipy))).toBe(referenceKey(referenceTo({ ...pipy, apiVersion: 'apps/v1beta1' })));
  expect(groupKindKey(pipy)).toBe('apps/Deployment');
  expect(kindKey(pipy)).toBe('apps/v1 Deployment');
});
