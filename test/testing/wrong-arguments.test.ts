import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint';
import { Fleet } from '../../src/model/fleet';
import { Losses, planOf } from '../../src/planner';
import { ModelError } from '../../src/problem/model-error';
import { expectFinding, expectNoFindings, expectPlan } from '../../src/testing';
import { demo } from '../support/report-plans';

const fleet = Fleet.of({ 'k3d-cluster-1': {}, 'k3d-cluster-2': {}, 'k3d-cluster-3': {} });
const objects = demo();
const wrong: readonly unknown[] = [
  null,
  0,
  1.5,
  Number.NaN,
  'x y',
  true,
  [null],
  { a: 1 },
  new Map(),
  new Date(0),
  () => 1,
  10n,
];

/** Arguments of planner, linter and assertions, which JavaScript may give any value; each refuses all of `wrong`. */
const calls: Readonly<Record<string, (value: never) => unknown>> = {
  'input of planOf': (value) => planOf(value, { fleet }),
  'options of planOf': (value) => planOf(objects, value),
  'fleet of planOf': (value) => planOf(objects, { fleet: value }),
  'karmada of planOf': (value) => planOf(objects, { fleet, karmada: value }),
  'capacities of planOf': (value) => planOf(objects, { fleet, capacities: value }),
  'capacities of a template': (value) =>
    planOf(objects, { fleet, capacities: { 'Deployment/default/pipy': { 'k3d-cluster-1': [value] as never } } }),
  'deployed of planOf': (value) => planOf(objects, { fleet, deployed: value }),
  'featureGates of planOf': (value) => planOf(objects, { fleet, featureGates: value }),
  'a loss': (value) => Losses.of(objects, { fleet }).after(value),
  'kind of a loss': (value) => Losses.of(objects, { fleet }).after({ kind: value, clusters: ['k3d-cluster-1'] }),
  'clusters of a loss': (value) => Losses.of(objects, { fleet }).after({ kind: 'lost', clusters: value }),
  'input of lint': (value) => lint(value),
  'options of lint': (value) => lint(objects, value),
  'rules of lint': (value) => lint(objects, { rules: value }),
  'setting of a rule': (value) => lint(objects, { rules: { 'no-open-placement': value } }),
  'calls of lint': (value) => lint(objects, { calls: value }),
  'contracts of lint': (value) => lint(objects, { contracts: value }),
  'featureGates of lint': (value) => lint(objects, { featureGates: value }),
  'suppressions of lint': (value) => lint(objects, { suppressions: value }),
  'options of expectPlan': (value) => expectPlan(objects, { fleet, capacities: value }),
  'template of toPlace': (value) => expectPlan(objects, { fleet }).toPlace(value, {}),
  'placement of toPlace': (value) => expectPlan(objects, { fleet }).toPlace('Deployment/pipy', value),
  'pods of toRun': (value) => expectPlan(objects, { fleet }).toRun('Deployment/pipy', value),
  'clusters of toAvoid': (value) => expectPlan(objects, { fleet }).toAvoid('Deployment/pipy', value),
  'contract of toFulfil': (value) => expectPlan(objects, { fleet }).toFulfil(value),
  'options of expectNoFindings': (value) => expectNoFindings(objects, { atLeast: value }),
  'finding of expectFinding': (value) => expectFinding(objects, value),
  'rule of expectFinding': (value) => expectFinding(objects, { rule: value }),
};

describe('arguments of a wrong kind', () => {
  test.each(Object.entries(calls))('%s', (_, call) => {
    for (const value of wrong) expect(() => call(value as never), String(value)).toThrow(ModelError);
  });

  test.each([
    [
      () => planOf(objects, { fleet, capacites: {} } as never),
      'the options of a plan has no property "capacites"\n  fix: write "capacities" in place of "capacites"',
    ],
    [
      () => planOf(objects, { fleet, schedulerEstimators: 'yes' as never }),
      'schedulerEstimators of the options of a plan must be true or false, got "yes"\n  fix: write true or false, without quotes',
    ],
    [
      () => lint(objects, { contract: [] } as never),
      'the options of lint has no property "contract"\n  fix: write "contracts" in place of "contract"',
    ],
    [
      () => planOf(objects, { fleet: [null] as never }),
      'a cluster of the fleet has no name, got null\n  fix: pass a Fleet, or a list of clusters such as [{ name: "member1" }]',
    ],
  ])('says what is wrong: %s', (call, message) => {
    expect(call).toThrow(message);
  });
});
