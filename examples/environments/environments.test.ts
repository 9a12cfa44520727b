import { Contract } from 'cdk8s-karmada';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { describe, expect, test } from 'vitest';
import { environments } from './environments';
import { federations } from './federations';

describe.each(federations)('$name', ({ federation }) => {
  test('places everything', () => {
    expectPlan(federation).toPlaceEverything();
  });

  test('passes the linter', () => {
    expectNoFindings(federation);
  });
});

test('production survives the loss of a cluster, and stays in its own clusters', () => {
  const { federation } = federations.find(({ name }) => name === 'production')!;
  expectPlan(federation)
    .toPlace('Deployment/api', { 'eu-1': 2, 'eu-2': 2, 'us-1': 1 })
    .toFulfil(Contract.on('Deployment/api/api').keeps(3).whenLosing('any cluster'));
});

test('no cluster belongs to two environments', () => {
  const names = Object.values(environments).flatMap(({ fleet }) => [...fleet.names]);
  expect(new Set(names).size).toBe(names.length);
});
