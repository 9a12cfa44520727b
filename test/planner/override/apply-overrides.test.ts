import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../src/karmada/cluster';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { ControlPlaneState } from '../../../src/planner/control-plane-state/control-plane-state';
import { applyOverrides } from '../../../src/planner/override/apply-overrides';
import { propertyRuns } from '../../support/property-runs';

// Expectations: facts.md E.1 to E.6.
const member: Cluster = { name: 'member1', labels: { env: 'prod' }, zones: ['a', 'b'] };
const everyDeployment = { apiVersion: 'apps/v1', kind: 'Deployment' };

function pipy(metadata: Record<string, unknown> = {}): KubernetesObject {
  return {
    ...everyDeployment,
    metadata: { name: 'pipy', namespace: 'shop', ...metadata },
    spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: 'flomesh/pipy:1' }] } } },
  };
}

function policy(name: string, spec: Record<string, unknown>, namespace = 'shop'): KubernetesObject {
  const kind = namespace === '' ? 'ClusterOverridePolicy' : 'OverridePolicy';
  const metadata = { name, ...(namespace && { namespace }) };
  return { apiVersion: 'policy.karmada.io/v1alpha1', kind, metadata, spec };
}

/** Overriders that leave their mark: the label `who` tells the last one, an annotation each of them. */
function mark(who: string): Record<string, unknown> {
  return {
    labelsOverrider: [{ operator: 'add', value: { who } }],
    annotationsOverrider: [{ operator: 'add', value: { [who]: 'here' } }],
  };
}

function marking(name: string, spec: Record<string, unknown> = {}, namespace?: string): KubernetesObject {
  return policy(name, { overrideRules: [{ overriders: mark(name) }], ...spec }, namespace);
}

function marksOf(policies: KubernetesObject[], object = pipy(), cluster = member) {
  const result = applyOverrides(object, cluster, policies);
  if (result.kind === 'failed') return result.why;
  const { labels, annotations } = result.object.metadata ?? {};
  return {
    last: labels?.['who'],
    all: Object.keys(annotations ?? {}).sort(),
    applied: result.applied.map(({ policy: p }) => p.name),
  };
}

describe('applyOverrides', () => {
  test('cluster-wide policies come first, then those of the namespace', () => {
    expect(marksOf([marking('z-cluster', {}, ''), marking('a-own')])).toEqual({
      last: 'a-own',
      all: ['a-own', 'z-cluster'],
      applied: ['z-cluster', 'a-own'],
    });
  });

  test('precise after general, then by name: the last one wins', () => {
    const byName = { resourceSelectors: [{ ...everyDeployment, name: 'pipy' }] };
    const byLabels = { resourceSelectors: [{ ...everyDeployment, labelSelector: {} }] };
    const policies = [
      marking('a', byName),
      marking('b', byLabels),
      marking('d'),
      marking('c', { resourceSelectors: [everyDeployment] }),
    ];
    expect(marksOf(policies)).toMatchObject({ last: 'a', applied: ['c', 'd', 'b', 'a'] });
  });

  test('a policy of another namespace, or that selects something else, does not apply', () => {
    const other = { resourceSelectors: [{ ...everyDeployment, name: 'other' }] };
    expect(marksOf([marking('elsewhere', {}, 'elsewhere'), marking('other', other)])).toMatchObject({ applied: [] });
  });

  test('a cluster-scoped object takes cluster-wide policies only', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' } };
    expect(marksOf([marking('own', {}, 'default'), marking('wide', {}, '')], role)).toMatchObject({
      applied: ['wide'],
    });
  });

  test('namespaced policies are matched against what the cluster-wide ones have made of the object', () => {
    const wide = policy(
      'wide',
      { overrideRules: [{ overriders: { labelsOverrider: [{ operator: 'add', value: { tier: 'gold' } }] } }] },
      '',
    );
    const gold = { resourceSelectors: [{ ...everyDeployment, labelSelector: { matchLabels: { tier: 'gold' } } }] };
    expect(marksOf([wide, marking('gold', gold)])).toMatchObject({ applied: ['wide', 'gold'] });
    expect(marksOf([marking('gold', gold)])).toMatchObject({ applied: [] });
  });

  test('every rule that targets the cluster applies, in order', () => {
    const overrideRules = [
      { targetCluster: { clusterNames: ['member2'] }, overriders: mark('other') },
      { targetCluster: { labelSelector: { matchLabels: { env: 'prod' } } }, overriders: mark('labels') },
      { targetCluster: {}, overriders: mark('empty') },
      { overriders: mark('none') },
      { targetCluster: { exclude: ['member1'] }, overriders: mark('excluded') },
    ];
    expect(marksOf([policy('p', { overrideRules })])).toEqual({
      last: 'none',
      all: ['empty', 'labels', 'none'],
      applied: ['p', 'p', 'p'],
    });
  });

  test('zone In wants one zone of the cluster since v1.18, every one before', () => {
    const fieldSelector = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] };
    const zoned = policy('p', { overrideRules: [{ targetCluster: { fieldSelector }, overriders: mark('zoned') }] });
    const applied = (karmada: '1.17' | '1.18') => {
      const result = applyOverrides(pipy(), member, [zoned], { karmada });
      return result.kind === 'overridden' && result.applied.length;
    };
    expect([applied('1.17'), applied('1.18')]).toEqual([0, 1]);
  });

  test('the deprecated fields count where there are no rules, and only there', () => {
    const deprecated = { targetCluster: { clusterNames: ['member1'] }, overriders: mark('old') };
    expect(marksOf([policy('p', deprecated)])).toMatchObject({ last: 'old' });
    expect(marksOf([policy('p', { ...deprecated, targetCluster: { clusterNames: ['member2'] } })])).toMatchObject({
      applied: [],
    });
    expect(marksOf([policy('p', { ...deprecated, overrideRules: [{ overriders: mark('new') }] })])).toMatchObject({
      all: ['new'],
    });
  });

  test('whatever their order in the policy: image, command, args, labels, annotations, field, plaintext', () => {
    const overriders = {
      plaintext: [{ path: '/spec/template/spec/containers/0/image', operator: 'replace', value: 'last' }],
      imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }],
    };
    const result = applyOverrides(pipy(), member, [policy('p', { overrideRules: [{ overriders }] })]);
    expect(result).toMatchObject({ object: { spec: { template: { spec: { containers: [{ image: 'last' }] } } } } });
  });

  test('fails when a step does not apply, and says where', () => {
    const overriders = { plaintext: [{ path: '/spec/missing/x', operator: 'add', value: 1 }] };
    const rules = [{ overriders: mark('first') }, { overriders }];
    expect(applyOverrides(pipy(), member, [policy('p', { overrideRules: rules })])).toMatchObject({
      kind: 'failed',
      why: 'OverridePolicy/shop/p spec.overrideRules[1].overriders.plaintext: cannot add "/spec/missing/x": "missing" does not exist or holds no fields',
      rule: 1,
      step: 'plaintext',
      index: 0,
    });
  });

  test('fails when an image is missing, and names the overrider', () => {
    const imageless = { ...pipy(), spec: { template: { spec: { containers: [{ name: 'web' }] } } } };
    const images = [{ component: 'Tag', operator: 'remove' }];
    expect(
      applyOverrides(imageless, member, [policy('p', { overrideRules: [{ overriders: { imageOverrider: images } }] })]),
    ).toMatchObject({
      kind: 'failed',
      why: 'OverridePolicy/shop/p spec.overrideRules[0].overriders.imageOverrider[0]: a container without image is not an image',
    });
  });

  test('an object that no policy touches is handed on as it is, and a copy shares what stays', () => {
    const object = pipy();
    expect(applyOverrides(object, member, [])).toEqual({ kind: 'overridden', object, applied: [] });
    const result = applyOverrides(object, member, [marking('p')]);
    expect(result.kind === 'overridden' && result.object.spec).toBe(object.spec);
  });

  test('policies read from a federation and from plain objects do the same', () => {
    const policies = [marking('a'), marking('b', {}, '')];
    const federation = ControlPlaneState.ofObjects(policies);
    const [plain, read] = [policies, federation].map((from) => applyOverrides(pipy(), member, from));
    expect(plain).toMatchObject({ kind: 'overridden', object: read?.kind === 'overridden' ? read.object : {} });
  });

  test('replacing and setting twice is the same as once', () => {
    const values = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
    fc.assert(
      fc.property(values, values, fc.nat(9), (tag, label, replicas) => {
        const overriders = {
          imageOverrider: [{ component: 'Tag', operator: 'replace', value: tag }],
          labelsOverrider: [{ operator: 'add', value: { label } }],
          plaintext: [{ path: '/spec/replicas', operator: 'replace', value: replicas }],
        };
        const policies = [policy('p', { overrideRules: [{ overriders }] })];
        const once = applyOverrides(pipy(), member, policies);
        if (once.kind === 'failed') throw new Error(once.why);
        expect(applyOverrides(once.object, member, policies)).toEqual(once);
      }),
    );
  });

  test('broken policies never crash it, and inputs stay as they were', () => {
    const anything = fc.anything({ maxDepth: 2 });
    const item = fc.record(
      {
        path: fc.oneof(
          anything,
          fc.constantFrom('/spec', '/metadata/labels/x', '/spec/template/spec/containers/0/image'),
        ),
        fieldPath: anything,
        operator: fc.oneof(anything, fc.constantFrom('add', 'remove', 'replace')),
        value: anything,
        component: fc.constantFrom('Tag', 'Registry', 'Else'),
        containerName: fc.constantFrom('web', 'x'),
        predicate: anything,
        json: anything,
        yaml: anything,
      },
      { requiredKeys: [] },
    );
    const list = fc.oneof(anything, fc.array(item, { maxLength: 2 }));
    const overriders = fc.oneof(
      anything,
      fc.record(
        {
          imageOverrider: list,
          commandOverrider: list,
          argsOverrider: list,
          labelsOverrider: list,
          annotationsOverrider: list,
          fieldOverrider: list,
          plaintext: list,
        },
        { requiredKeys: [] },
      ),
    );
    const rules = fc.array(fc.record({ targetCluster: anything, overriders }, { requiredKeys: [] }), { maxLength: 2 });
    const object = fc.oneof(
      fc.constant(pipy()),
      fc.record({
        apiVersion: fc.constant('apps/v1'),
        kind: fc.constant('Deployment'),
        metadata: fc.constant({ name: 'x', namespace: 'shop' }),
        spec: anything,
      }),
    );
    fc.assert(
      fc.property(object, fc.oneof(anything, rules), (template, overrideRules) => {
        const policies = [policy('p', { overrideRules })];
        const before = structuredClone([template, policies]);
        applyOverrides(template as KubernetesObject, member, policies);
        expect([template, policies]).toEqual(before);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});
