import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, Override, OverridePolicy, Placement, Remedy } from '../../src';
import { refusal, untyped } from '../support/refusal';

describe('the place of a construct', () => {
  const placement = Placement.duplicated('member1');

  test('fails straight under an App, and says where it belongs', () => {
    expect(refusal(() => new FederatedApp(new App(), 'web', { placement, image: 'nginx:1.27' }))).toEqual({
      code: 'construct.chart',
      message: `FederatedApp "web": it is not in a Chart
  why: cdk8s writes the objects of each chart into a file, and other objects nowhere
  fix: create it in one: new FederatedApp(new Chart(app, 'shop'), 'web', { … })`,
    });
    expect(refusal(() => new Remedy(new App(), 'remedy', {})).code).toBe('construct.chart');
  });

  test.each([null, undefined, 5, 'shop', {}])('fails when the scope is %j', (scope) => {
    expect(refusal(() => new Remedy(untyped(scope), 'remedy', {})).code).toBe('construct.scope');
  });

  test.each([null, undefined, 5, '', {}])('fails when the id is %j', (id) => {
    expect(refusal(() => new Remedy(new Chart(new App(), 'shop'), untyped(id), {})).code).toBe('construct.id');
  });
});

describe('the props of a Federation', () => {
  test.each([
    [{ flet: 1 }, 'property.unknown', 'write "fleet" in place of "flet"'],
    [{ karmada: '1.15' }, 'property.value', 'karmada of Federation must be 1.16, 1.17, 1.18 or 1.19, got "1.15"'],
    [{ karmada: 1.18 }, 'property.value', 'got 1.18'],
    [{ featureGates: ['Failovr'] }, 'property.value', 'write "Failover"'],
    [{ featureGates: 'Failover' }, 'property.type', 'featureGates of Federation must be a list, got "Failover"'],
    [{ fleet: { member1: {} } }, 'property.type', 'fleet of Federation must be a value of Fleet'],
    [{ lint: { 'no-divided-state': 'of' } }, 'property.value', 'lint["no-divided-state"] of Federation must be'],
    [null, 'property.type', 'Federation must be an object, got null'],
  ])('fail when they are %j', (props, code, message) => {
    expect(refusal(() => new Federation(untyped(props)))).toEqual({ code, message: expect.stringContaining(message) });
  });

  test.each(['Failover', 'Failover=true', 'PropagateDeps=false'])('take the gate %s', (gate) => {
    expect(new Federation({ featureGates: [gate] }).featureGates).toEqual([gate]);
  });
});

test('a wrong object of a policy is named with the policy and its place', () => {
  const chart = new Chart(new App(), 'shop');
  expect(refusal(() => new OverridePolicy(chart, 'policy', { resources: untyped([null]) })).message).toBe(
    'resources[0] of OverridePolicy "shop/policy" must be a Kubernetes object, got null\n  fix: pass the object itself, or give its apiVersion, kind and name',
  );
});

test('a value of many levels is refused', () => {
  const deep = Array.from({ length: 20_000 }).reduce<unknown>((value) => ({ a: value }), 1);
  expect(refusal(() => Override.jsonPatch({ operator: 'add', path: '/a', value: deep })).code).toBe('json.value');
});
