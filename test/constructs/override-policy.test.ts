import { ApiObject, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ClusterOverridePolicy, Fleet, Override, OverridePolicy, ResourceSelector } from '../../src';
import { refusal, untyped } from '../support/refusal';
import { chartIn, synth } from '../support/synthesis';

const fleet = Fleet.of({ member1: {}, member2: {} });
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const edge = fleet.in('member1').image({ tag: 'edge' });
const edgeRule = {
  targetCluster: { clusterNames: ['member1'] },
  overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
};

describe('OverridePolicy', () => {
  test('is named by its id, and holds its objects and rules in order', () => {
    const chart = chartIn();
    const policy = new OverridePolicy(chart, 'web', { resources: [deployment], overrideRules: [edge] });
    policy.addRule(Override.annotations({ add: { note: 'everywhere' } }));
    policy.select(ResourceSelector.all({ apiVersion: 'apps/v1', kind: 'StatefulSet' }));
    expect(policy).toMatchObject({ name: 'web', namespace: 'shop' });
    expect(synth(chart)).toStrictEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'OverridePolicy',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          resourceSelectors: [deployment, { apiVersion: 'apps/v1', kind: 'StatefulSet' }],
          overrideRules: [
            edgeRule,
            { overriders: { annotationsOverrider: [{ operator: 'add', value: { note: 'everywhere' } }] } },
          ],
        },
      },
    ]);
  });

  test('edits every object of the namespace where none is selected', () => {
    const chart = chartIn();
    new OverridePolicy(chart, 'web', { overrideRules: [edge] });
    expect(synth(chart)[0]?.spec).toStrictEqual({ overrideRules: [edgeRule] });
  });

  test('can be written as policies were before there were rules', () => {
    const chart = chartIn();
    new OverridePolicy(chart, 'web', { resources: [deployment], overriders: edge });
    expect(synth(chart)[0]?.spec).toStrictEqual({ resourceSelectors: [deployment], ...edgeRule });
  });

  test('lets JSON patches reach what it does not model', () => {
    const chart = chartIn();
    const policy = new OverridePolicy(chart, 'web', { overrideRules: [edge] });
    ApiObject.of(policy).addJsonPatch(JsonPatch.remove('/spec/overrideRules/0/targetCluster'));
    expect(synth(chart)[0]?.spec).toMatchObject({ overrideRules: [{ overriders: edgeRule.overriders }] });
  });

  test.each([
    {
      name: 'it has no rule',
      props: { resources: [deployment] },
      message: `the override policy has no rule
    why: Karmada stores it, and edits nothing
    fix: pass \`overrideRules\`, or call \`addRule()\` before synthesis`,
    },
    {
      name: 'it has overriders beside rules',
      props: { resources: [deployment], overriders: edge, overrideRules: [edge] },
      message: `the override policy has overriders and overrideRules
    why: Karmada refuses the combination
    fix: make the overriders the first of the overrideRules`,
    },
    {
      name: 'it selects what is cluster-scoped',
      props: { resources: [{ apiVersion: 'v1', kind: 'PersistentVolume', name: 'disk' }], overrideRules: [edge] },
      message: `it selects PersistentVolume "disk", which is cluster-scoped
    why: a namespaced policy reaches only objects of its own namespace, so it would never match
    fix: select it with a ClusterOverridePolicy`,
    },
    {
      name: 'it selects in another namespace',
      props: { resources: [{ ...deployment, namespace: 'other' }], overrideRules: [edge] },
      message: `it is in namespace "shop" and selects Deployment "web" of namespace "other"
    why: Karmada refuses a namespaced policy that selects outside its own namespace
    fix: put a policy into namespace "other", or use a ClusterOverridePolicy`,
    },
  ])('fails when $name', ({ props, message }) => {
    const chart = chartIn();
    new OverridePolicy(chart, 'web', props);
    expect(() => synth(chart)).toThrow(
      new Error(`Validation failed with the following errors:\n  [shop/web] ${message}`),
    );
  });

  test.each([
    {
      props: { rules: [edge] },
      code: 'property.unknown',
      message:
        'OverridePolicy "shop/web" has no property "rules"\n  fix: use one of resources, overrideRules, overriders, metadata',
    },
    {
      props: { overrideRules: [edgeRule] },
      code: 'override.rule',
      message: `OverridePolicy "shop/web": an override is not an Override
  why: Karmada would not know what to edit, nor in which clusters
  fix: make one with Override or with fleet.in(…), such as fleet.in("member1").image({ tag: "edge" })`,
    },
  ])('fails when its props are $props', ({ props, code, message }) => {
    expect(refusal(() => new OverridePolicy(chartIn(), 'web', untyped(props)))).toStrictEqual({ code, message });
  });
});

describe('ClusterOverridePolicy', () => {
  test('has no namespace though its chart has one, and selects in any', () => {
    const chart = chartIn();
    const policy = new ClusterOverridePolicy(chart, 'web', {
      resources: [{ ...deployment, namespace: 'other' }],
      overrideRules: [edge],
    });
    expect(policy.name).toBe('web');
    expect(synth(chart)).toStrictEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'ClusterOverridePolicy',
        metadata: { name: 'web' },
        spec: { resourceSelectors: [{ ...deployment, namespace: 'other' }], overrideRules: [edgeRule] },
      },
    ]);
  });

  test('fails when it is put into a namespace', () => {
    const make = () => new ClusterOverridePolicy(chartIn(), 'web', { metadata: { namespace: 'shop' } });
    expect(refusal(make).code).toBe('object.clusterScoped');
  });
});
