import { Contract, Federation } from 'cdk8s-karmada';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { test } from 'vitest';
import { fleet } from './fleet';
import { CacheOperator } from './operator';
import { Sessions } from './sessions';

const federation = new Federation({ fleet });
const operator = new CacheOperator(federation, 'operator');
const sessions = new Sessions(federation, 'sessions');

test('the nodes of a Cache are divided, and each cluster gets its own number', () => {
  expectPlan(federation)
    .toPlace('Cache/sessions', { 'eu-1': 3, 'us-1': 2 })
    .toDeliver('Cache/sessions', 'eu-1', { spec: { nodes: 3, memory: '2Gi' } })
    .toDeliver('Cache/sessions', 'us-1', { spec: { nodes: 2, memory: '4Gi' } });
});

test('the operator and its definition are wherever a Cache is', () => {
  const definition = 'CustomResourceDefinition/caches.cache.example.com';
  expectPlan(federation)
    .toFulfil(Contract.on(sessions.cache).togetherWith(operator.deployment))
    .toPlace(definition, [...fleet.names]);
});

test('the linter finds nothing', () => {
  expectNoFindings(federation);
});
