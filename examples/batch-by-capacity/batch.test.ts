import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Federation } from 'cdk8s-karmada';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { expect, test } from 'vitest';
import { Batch } from './batch';
import { fleet } from './fleet';

const federation = new Federation({ fleet });
new Batch(federation, 'batch');

test('frames are rendered in proportion to free capacity, and each cluster completes its part', () => {
  expectPlan(federation)
    .toPlace('Job/frames', { 'own-1': 7, 'own-2': 2, 'rented-1': 31 })
    .toDeliver('Job/frames', 'own-2', { spec: { parallelism: 2, completions: 20 } });
});

test('training uses our own clusters first', () => {
  expectPlan(federation).toPlace('Job/training', { 'own-1': 7, 'own-2': 2, 'rented-1': 3 });
});

test('when our own clusters are busy, the rented one takes the rest', () => {
  const { $schema, ...capacities } = JSON.parse(readFileSync(join(__dirname, 'busy.json'), 'utf8'));
  expectPlan(federation, { capacities }).toPlace('Job/training', { 'own-1': 3, 'own-2': 2, 'rented-1': 7 });
});

test('the two jobs together ask for more than our own clusters have', () => {
  expect(expectPlan(federation).plan.notes.join()).toMatch(/request more than is left in own-1 .* and own-2/);
});

test('the report runs once a night', () => {
  expectPlan(federation).toPlace('CronJob/report', ['own-1']);
});

test('the linter finds nothing', () => {
  expectNoFindings(federation);
});
