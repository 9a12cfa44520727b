import { describe, expect, test } from 'vitest';
import { metadataCauses, metadataUpdateCauses } from '../../src/kubernetes/metadata';
import { dnsSubdomainProblems } from '../../src/kubernetes/names';
import type { ObjectMetadata } from '../../src/kubernetes/object';

const told = (metadata: ObjectMetadata, namespaced = false): readonly string[] =>
  [...metadataCauses(metadata, namespaced, dnsSubdomainProblems)].map(({ path, message }) => `${path}: ${message}`);

const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'shop', uid: '1' };

// Kubernetes apimachinery pkg/api/validation/objectmeta.go.
describe('metadata of a new object', () => {
  test.each<{ what: string; metadata: ObjectMetadata; expected: readonly string[] }>([
    { what: 'a name is missing', metadata: {}, expected: ['metadata.name: the object has no name'] },
    {
      what: 'a prefix for names is none',
      metadata: { generateName: 'Shop-' },
      expected: [
        'metadata.generateName: "Shop-" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
      ],
    },
    {
      what: 'a cluster-scoped object has a namespace',
      metadata: { name: 'shop', namespace: 'team' },
      expected: ['metadata.namespace: objects of this kind are cluster-scoped'],
    },
    {
      what: 'the generation is negative',
      metadata: { name: 'shop', generation: -1 },
      expected: ['metadata.generation: must not be negative'],
    },
    {
      what: 'finalizers are none, or contradict each other',
      metadata: { name: 'shop', finalizers: ['a b', 'orphan', 'foregroundDeletion'] },
      expected: [
        'metadata.finalizers: "a b" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
        'metadata.finalizers: orphan and foregroundDeletion cannot be combined',
      ],
    },
    {
      what: 'owners are incomplete, events, or several controllers',
      metadata: {
        name: 'shop',
        ownerReferences: [
          { ...owner, uid: '', controller: true },
          { ...owner, kind: 'Event', controller: true },
        ],
      },
      expected: [
        'metadata.ownerReferences: an owner has no uid',
        'metadata.ownerReferences: an Event cannot own an object',
        'metadata.ownerReferences: several owners are marked as controller',
      ],
    },
  ])('fails when $what', ({ metadata, expected }) => {
    expect(told(metadata)).toEqual(expected);
  });

  test('fails when a namespaced object has none, or one of no proper name', () => {
    expect(told({ name: 'shop' }, true)).toEqual(['metadata.namespace: objects of this kind are namespaced']);
    expect(told({ name: 'shop', namespace: 'a.b' }, true)).toEqual([
      'metadata.namespace: "a.b" must be lower case letters, digits and "-", with a letter or digit at both ends',
    ]);
  });

  test('names may be generated, and keys of annotations in any case', () => {
    expect(told({ generateName: 'shop-', annotations: { 'Example.COM/Note': 'any text!' } })).toEqual([]);
  });
});

test('fails when an object that is being deleted gets a finalizer', () => {
  const before = { name: 'shop', deletionTimestamp: '2026-01-31T08:00:00Z', finalizers: ['example.com/a'] };
  const after = { ...before, finalizers: ['example.com/a', 'example.com/b'] };
  expect([...metadataUpdateCauses(after, before)].map(({ message }) => message)).toEqual([
    'the object is being deleted, so ["example.com/b"] cannot be added',
  ]);
});
