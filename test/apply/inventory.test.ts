import { describe, expect, test } from 'vitest';
import { covered, extended, inventoryName, inventoryObject } from '../../src/apply/inventory';
import { config, deployment } from '../support/workloads';

describe('inventoryName', () => {
  test('is that of the application, where Kubernetes takes it', () => {
    expect(inventoryName('shop')).toBe('cdk8s-karmada-shop');
    expect(inventoryName('@acme/Shop')).toMatch(/^cdk8s-karmada-acme-shop-[0-9a-f]{8}$/);
    expect(inventoryName('---')).toMatch(/^cdk8s-karmada-[0-9a-f]{8}$/);
  });

  test('differs for names that Kubernetes would confuse', () => {
    const names = ['a b', 'a-b', 'A-B', 'a_b', '@a/b'].map(inventoryName);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an inventory', () => {
  const web = deployment('web', 1);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'u1' } };

  test('remembers what was there before, one object a line', () => {
    const first = extended(new Map(), [web, namespace], [namespace]);
    expect(inventoryObject('shop', 'karmada-system', first)['data']).toEqual({
      objects: 'apps/v1 Deployment default web made -\nv1 Namespace - shop adopted u1',
    });
    // Once made, it stays made: the second apply finds its own object.
    const second = extended(first, [web], [{ ...web, metadata: { ...web.metadata, uid: 'u2' } }]);
    expect(inventoryObject('shop', 'karmada-system', second)['data']).toEqual({
      objects: 'apps/v1 Deployment default web made u2\nv1 Namespace - shop adopted u1',
    });
  });

  test('knows an object under another version of its API', () => {
    const before = extended(new Map(), [{ ...web, apiVersion: 'apps/v1beta1' }, config('ConfigMap', 'gone')], []);
    expect([...covered(before, [web]).values()].map(({ object }) => object.kind)).toEqual(['Deployment']);
  });
});
