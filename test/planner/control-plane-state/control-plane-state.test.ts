import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../../src/kubernetes/manifest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { byVersionPriority } from '../../../src/kubernetes/preferred-version';
import { ControlPlaneState } from '../../../src/planner/control-plane-state/control-plane-state';
import { selectPolicy } from '../../../src/planner/matching/select-policy';
import { planOf } from '../../../src/planner/plan-of';

function object(apiVersion: string, kind: string, metadata: Record<string, unknown>, rest = {}): KubernetesObject {
  return { apiVersion, kind, metadata, ...rest };
}

function crd(group: string, kind: string, scope: string, versions: string[]): KubernetesObject {
  const spec = { group, names: { kind }, scope, versions: versions.map((name) => ({ name, served: true })) };
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: kind }, { spec });
}

function namespacesOf(objects: KubernetesObject[]): (string | undefined)[] {
  return ControlPlaneState.ofObjects(objects).templates.map((template) => template.object.metadata?.namespace);
}

describe('Federation', () => {
  test('an object that names no namespace lives in the default one, unless its kind has none', () => {
    expect(namespacesOf([object('v1', 'ConfigMap', { name: 'a' })])).toEqual(['default']);
    expect(namespacesOf([object('v1', 'PersistentVolume', { name: 'a' })])).toEqual([undefined]);
    expect(
      ControlPlaneState.ofObjects([object('v1', 'ConfigMap', { name: 'a' })], { defaultNamespace: 'shop' })
        .templates[0],
    ).toMatchObject({
      object: { metadata: { name: 'a', namespace: 'shop' } },
    });
  });

  test('objects without a name are distinct', () => {
    const metadata = { generateName: 'once-', namespace: 'shop' };
    const jobs = [1, 2].map((backoffLimit) => object('batch/v1', 'Job', metadata, { spec: { backoffLimit } }));
    const other = object('batch/v1', 'Job', { ...metadata, generateName: 'twice-' });
    const plan = planOf([...jobs, other, object('v1', 'ConfigMap', {}), object('v1', 'ConfigMap', {})], {
      fleet: { clusters: [{ name: 'member1' }] },
    });
    expect(plan.templates.map(({ key }) => key)).toEqual([
      'Job/shop/once-*',
      'Job/shop/once-*#2',
      'Job/shop/twice-*',
      'ConfigMap/default/',
      'ConfigMap/default/#2',
    ]);
  });

  test('a namespace on a cluster-scoped object is ignored, as the API server does', () => {
    const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: 'a', namespace: 'shop' });
    expect(namespacesOf([role])).toEqual([undefined]);
  });

  test('the definition of a custom kind decides its scope', () => {
    const widget = object('example.com/v1', 'Widget', { name: 'w' });
    expect(namespacesOf([crd('example.com', 'Widget', 'Cluster', ['v1']), widget]).at(-1)).toBeUndefined();
    expect(namespacesOf([widget])).toEqual(['default']);
    expect(namespacesOf([object('cert-manager.io/v1', 'ClusterIssuer', { name: 'x' })])).toEqual([undefined]);
  });

  test('objects are found by reference, in whatever version it names', () => {
    const federation = ControlPlaneState.ofObjects([
      object('apps/v1', 'Deployment', { name: 'pipy', namespace: 'shop' }),
    ]);
    const reference = { apiVersion: 'apps/v1beta1', kind: 'Deployment', namespace: 'shop', name: 'pipy' };
    expect(federation.find(reference)?.object.kind).toBe('Deployment');
    expect(federation.find({ ...reference, namespace: 'other' })).toBeUndefined();
  });

  test('of two manifests of one object the last one counts', () => {
    const [first, second] = ['1', '2'].map((value) => object('v1', 'ConfigMap', { name: 'a' }, { data: { value } }));
    expect(ControlPlaneState.ofObjects([first!, second!]).templates.map(({ object: { data } }) => data)).toEqual([
      { value: '2' },
    ]);
  });

  test('a List is unfolded, each item with the place of the List', () => {
    const items = [object('v1', 'ConfigMap', { name: 'a' }), object('v1', 'Secret', { name: 'b' })];
    const federation = ControlPlaneState.ofObjects([{ apiVersion: 'v1', kind: 'List', items }]);
    expect(federation.templates.map(({ object: { kind }, origin }) => [kind, origin])).toEqual([
      ['ConfigMap', { type: 'memory', index: 0 }],
      ['Secret', { type: 'memory', index: 0 }],
    ]);
  });

  test('a manifest that needs no change is handed on as it is', () => {
    const manifest: Manifest = {
      object: object('v1', 'ConfigMap', { name: 'a', namespace: 'shop' }),
      origin: { type: 'memory', index: 0 },
    };
    expect(ControlPlaneState.of([manifest]).templates[0]).toBe(manifest);
  });

  test('Karmada objects are no templates', () => {
    const federation = ControlPlaneState.ofObjects([
      object('policy.karmada.io/v1alpha1', 'PropagationPolicy', { name: 'p' }, { spec: {} }),
      object('multicluster.x-k8s.io/v1alpha1', 'ServiceExport', { name: 's' }),
    ]);
    expect(federation.templates.map(({ object: { kind } }) => kind)).toEqual(['ServiceExport']);
    expect(federation.propagationPolicies.map(({ name, namespace }) => [name, namespace])).toEqual([['p', 'default']]);
  });

  test('Karmada watches the preferred version only, so a selector of another one never matches', () => {
    const hpa = object(
      'autoscaling/v1',
      'HorizontalPodAutoscaler',
      { name: 'h' },
      {
        spec: { maxReplicas: 3, targetCPUUtilizationPercentage: 70 },
      },
    );
    const policy = (name: string, apiVersion: string) =>
      object(
        'policy.karmada.io/v1alpha1',
        'PropagationPolicy',
        { name },
        {
          spec: { resourceSelectors: [{ apiVersion, kind: 'HorizontalPodAutoscaler' }] },
        },
      );
    const federation = ControlPlaneState.ofObjects([hpa, policy('a', 'autoscaling/v1'), policy('b', 'autoscaling/v2')]);
    const seen = federation.templates[0]!.object;
    expect(selectPolicy(seen, federation).winner?.policy.name).toBe('b');
    expect(seen.spec).toEqual({
      maxReplicas: 3,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
    });
  });

  test('versions of a custom kind are preferred in the order of Kubernetes', () => {
    const versions = ['v1alpha1', 'foo', 'v2beta1', 'v1', 'v11alpha2', 'v10', 'v3beta1'];
    expect([...versions].sort(byVersionPriority)).toEqual([
      'v10',
      'v1',
      'v3beta1',
      'v2beta1',
      'v11alpha2',
      'v1alpha1',
      'foo',
    ]);
    const widget = object('example.com/v1beta1', 'Widget', { name: 'w', namespace: 'a' });
    const federation = ControlPlaneState.ofObjects([
      crd('example.com', 'Widget', 'Namespaced', ['v1beta1', 'v1']),
      widget,
    ]);
    expect(federation.templates.at(-1)?.object.apiVersion).toBe('example.com/v1');
  });

  test('stringData of a Secret is stored as data', () => {
    const secret = object('v1', 'Secret', { name: 's' }, { data: { a: 'eA==' }, stringData: { b: 'y' } });
    expect(ControlPlaneState.ofObjects([secret]).templates[0]?.object).toEqual(
      object('v1', 'Secret', { name: 's', namespace: 'default' }, { data: { a: 'eA==', b: 'eQ==' } }),
    );
  });

  test('values that go into JSON text are ordered as an API server stores them', () => {
    const value = { b: 1, a: { d: 2, c: 3 } };
    const fieldOverrider = [{ fieldPath: '/data/x', json: [{ subPath: '/y', operator: 'add', value }] }];
    const policy = object(
      'policy.karmada.io/v1alpha1',
      'OverridePolicy',
      { name: 'p' },
      { spec: { overrideRules: [{ overriders: { fieldOverrider } }] } },
    );
    const valueIn = (federation: ControlPlaneState) =>
      JSON.stringify(
        federation.overridePolicies[0]?.spec.overrideRules?.[0]?.overriders.fieldOverrider?.[0]?.json?.[0]?.value,
      );
    expect(valueIn(ControlPlaneState.ofObjects([policy]))).toBe('{"a":{"c":3,"d":2},"b":1}');
    expect(valueIn(ControlPlaneState.ofObjects([policy], { asWritten: true }))).toBe('{"b":1,"a":{"d":2,"c":3}}');
  });

  test('broken manifests never crash it, and inputs stay as they were', () => {
    const kinds = fc.constantFrom(
      'Deployment',
      'PropagationPolicy',
      'OverridePolicy',
      'List',
      'CustomResourceDefinition',
    );
    const anything = fc.anything({ maxDepth: 3 });
    const broken = fc.record(
      {
        apiVersion: fc.constantFrom('apps/v1', 'v1', 'policy.karmada.io/v1alpha1', 'apiextensions.k8s.io/v1'),
        kind: kinds,
        metadata: anything,
        spec: fc.oneof(anything, fc.record({ resourceSelectors: anything, versions: anything })),
        items: anything,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(broken, anything), { maxLength: 5 }), (objects) => {
        const federation = ControlPlaneState.ofObjects(structuredClone(objects) as KubernetesObject[]);
        for (const template of federation.templates) selectPolicy(template.object, federation);
        const again = structuredClone(objects);
        ControlPlaneState.ofObjects(again as KubernetesObject[]);
        expect(again).toEqual(objects);
      }),
    );
  });
});
