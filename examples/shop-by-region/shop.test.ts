import { Contract, Federation } from 'cdk8s-karmada';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { test } from 'vitest';
import { fleet } from './fleet';
import { Shop } from './shop';

const federation = new Federation({ fleet });
const { storefront } = new Shop(federation, 'shop');

test('the autoscaler divides two thirds of the replicas over Europe', () => {
  expectPlan(federation).toRun('Deployment/storefront', {
    'eu-central': [2, 10],
    'eu-north': [2, 10],
    'us-east': [1, 5],
    'us-west': [1, 5],
  });
});

test('a region that is lost leaves two replicas at least', () => {
  expectPlan(federation).toFulfil(Contract.on(storefront).keeps(2).whenLosing('any region'));
});

test('each region has its currency and host', () => {
  expectPlan(federation)
    .toDeliver('ConfigMap/storefront', 'eu-north', { data: { currency: 'EUR' } })
    .toDeliver('ConfigMap/storefront', 'us-east', { data: { currency: 'USD' } })
    .toDeliver('Ingress/storefront', 'us-east', { spec: { rules: [{ host: 'us.shop.example.com' }] } });
});

test('the linter finds nothing', () => {
  expectNoFindings(federation);
});
