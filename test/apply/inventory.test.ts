import { describe, expect, test } from 'vitest';
import {
  inventoryName,
  inventoryObject,
  otherOwners,
  readInventories,
  writeInventory,
} from '../../src/apply/inventory';
import { Kubectl } from '../../src/apply/kubectl';
import { identityOf } from '../../src/apply/release';
import { FakeApiServer } from '../support/fake-api-server';
import { standInKubectl } from '../support/kubectl-stand-in';
import { deployment } from '../support/workloads';

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

  test('has one object a line', () => {
    expect(inventoryObject('shop', 'karmada-system', [namespace, web])['data']).toEqual({
      objects: 'apps/v1 Deployment default web\nv1 Namespace - shop',
    });
  });

  test('knows an object under another version of its API', async () => {
    const server = new FakeApiServer();
    const kubectl = new Kubectl(
      { kubeconfig: '', context: '' },
      standInKubectl(() => server),
    );
    await writeInventory(kubectl, 'shop', 'karmada-system', [{ ...web, apiVersion: 'apps/v1beta1' }]);
    const inventories = await readInventories(kubectl, 'karmada-system');
    expect([...inventories.get('shop')!.keys()]).toEqual([identityOf(web)]);
  });

  test('fails when a line is not a reference to an object', async () => {
    const server = new FakeApiServer();
    const kubectl = new Kubectl(
      { kubeconfig: '', context: '' },
      standInKubectl(() => server),
    );
    server.add({ ...inventoryObject('shop', 'karmada-system', []), data: { objects: 'v1 ConfigMap' } });
    await expect(readInventories(kubectl, 'karmada-system')).rejects.toThrow(
      'the inventory karmada-system/cdk8s-karmada-shop contains "v1 ConfigMap", which is not a reference to an object',
    );
  });
});

describe('otherOwners', () => {
  const of = (...fields: object[]) => otherOwners({ ...deployment('web', 1), metadata: { managedFields: fields } });

  test('are those who made an object, or apply it too', () => {
    expect(of({ manager: 'helm' }, { manager: 'cdk8s-karmada' }, { manager: 'kubectl-create' })).toEqual([
      'helm',
      'kubectl-create',
    ]);
  });

  test('are not Karmada, those who write a part of its state, and people who edit it', () => {
    const ours = { manager: 'cdk8s-karmada' };
    expect(of(ours, { manager: 'karmada-controller-manager' }, { manager: 'kubectl-edit' })).toEqual([]);
    expect(of(ours, { manager: 'kube-controller-manager', subresource: 'status' })).toEqual([]);
    expect(otherOwners(deployment('web', 1))).toEqual([]);
  });
});
