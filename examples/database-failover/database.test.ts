import { Contract, Federation } from 'cdk8s-karmada';
import { planAfterLoss } from 'cdk8s-karmada/planner';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { expect, test } from 'vitest';
import { Database } from './database';
import { fleet } from './fleet';

const federation = new Federation({ fleet, featureGates: ['Failover'] });
const { server, orders } = new Database(federation, 'database');

test('one server runs at site A, with its Service and settings', () => {
  expectPlan(federation)
    .toPlace('StatefulSet/orders-db', { 'site-a': 1 })
    .toPlace('Service/orders-db', ['site-a'])
    .toPlace('ConfigMap/orders-db', ['site-a']);
});

test('it moves to site B when site A fails, and only with failover', () => {
  const keepsOne = Contract.on(server).keeps(1);
  expectPlan(federation).toFulfil(keepsOne.whenLosing(['site-a'], { mode: 'evicted' }));
  expect(() => expectPlan(federation).toFulfil(keepsOne.whenLosing(['site-a']))).toThrow(/site-a/);
});

test('it never runs at the edge', () => {
  expectPlan(federation).toFulfil(Contract.on(orders).only(fleet.in('site-a', 'site-b')));
});

test('site B waits until the old server is certainly deleted', () => {
  const after = planAfterLoss(federation, { fleet }, { kind: 'evicted', clusters: ['site-a'] });
  const moved = after.affected.find(({ template }) => template.startsWith('StatefulSet/'));
  // 31 s until Karmada sees the outage, then 120 s of toleration.
  expect(moved?.eviction).toMatchObject({ afterSeconds: 151, arrivesIn: ['site-b'], heldBack: true });
});

test('the linter finds nothing', () => {
  expectNoFindings(federation);
});
