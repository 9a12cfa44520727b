import { describe, expect, test } from 'vitest';
import { listItems, unfolded } from '../../src/kubernetes/list';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { objectsOf } from '../../src/manifests/read-objects';
import { planOf } from '../../src/planner';
import { parseYaml } from '../../src/yaml/parse';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
const memory = { type: 'memory', index: 0 } as const;

describe('listItems', () => {
  test('gives the items of a List', () => {
    expect(listItems({ apiVersion: 'v1', kind: 'List', items: [pod] })).toEqual([pod]);
  });

  test('completes the items of a typed list', () => {
    const list = { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' } }] };
    expect(listItems(list)).toEqual([pod]);
  });

  test('keeps what an item of a typed list says itself', () => {
    const item = { apiVersion: 'apps/v1', kind: 'Deployment' };
    expect(listItems({ apiVersion: 'v1', kind: 'PodList', items: [item] })).toEqual([item]);
  });

  test('takes a List without items for an empty one', () => {
    expect(listItems({ apiVersion: 'v1', kind: 'List' })).toEqual([]);
  });

  test.each([
    pod,
    { apiVersion: 'example.com/v1', kind: 'AllowList', spec: {} },
    { items: [pod] },
    { kind: 'List', items: [pod] },
    null,
  ])('%j is no list', (object) => {
    expect(listItems(object)).toBeUndefined();
  });
});

describe('unfolded', () => {
  test('unfolds lists in lists, in order, and leaves out what is no object', () => {
    const inner = { apiVersion: 'v1', kind: 'PodList', items: [pod, null, 'text'] };
    const object = { apiVersion: 'v1', kind: 'List', items: [inner, { ...pod, metadata: { name: 'b' } }] };
    const objects = unfolded([{ object, origin: memory }]).map((manifest) => manifest.object.metadata?.name);
    expect(objects).toEqual(['a', 'b']);
  });

  test('gives each item an origin of its own', () => {
    const object = { apiVersion: 'v1', kind: 'List', items: [pod, pod] };
    const [first, second] = unfolded([{ object, origin: memory }]);
    expect(first?.origin).not.toBe(second?.origin);
  });
});

test('a DeploymentList handed to planOf is the same templates as the same text read from a file', () => {
  const text = `apiVersion: apps/v1
kind: DeploymentList
items:
  - metadata: { name: pipy, namespace: default }
    spec: { replicas: 2 }
  - metadata: { name: curl, namespace: default }
    spec: { replicas: 1 }
`;
  const { documents } = parseYaml(text);
  const read = documents.flatMap((document) => objectsOf(document, 'list.yaml', () => expect.unreachable()));
  const handedOver = documents.map(({ value }) => value as unknown as KubernetesObject);
  const options = { fleet: [{ name: 'member1' }] };
  const keys = planOf(handedOver, options).templates.map(({ key }) => key);
  expect(keys).toEqual(['Deployment/default/pipy', 'Deployment/default/curl']);
  expect(planOf(handedOver, options).toJSON()).toEqual(planOf(read, options).toJSON());
});
