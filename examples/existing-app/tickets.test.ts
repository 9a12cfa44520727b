import { App, Testing } from 'cdk8s';
import { FederatedApp, Federation } from 'cdk8s-karmada';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { expect, test } from 'vitest';
import { fleet } from './fleet';
import { Tickets } from './tickets';

const app = new Federation({ fleet });
const tickets = new Tickets(app, 'tickets');
new FederatedApp(tickets, 'tickets', {
  placement: fleet.weighted({ 'paris-1': 3, 'berlin-1': 1 }),
  resources: [tickets],
});

test('the objects are those of before, and a policy', () => {
  const before = Testing.synth(new Tickets(new App(), 'tickets'));
  const after = Testing.synth(tickets);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length)).toMatchObject([{ kind: 'PropagationPolicy' }]);
});

test('everything goes to both clusters', () => {
  expectPlan(app).toPlaceEverything().toPlace(`Deployment/${tickets.deployment.name}`, { 'paris-1': 3, 'berlin-1': 1 });
});

test('the linter finds nothing', () => {
  expectNoFindings(app);
});
