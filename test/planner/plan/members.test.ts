import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { planOf } from '../../../src/planner';
import {
  bindingOf,
  clusters,
  core,
  deployment,
  duplicated,
  even,
  fleet,
  outcomeOf,
  pipy,
  plain,
  policy,
} from './builders';

describe('planOf hands over', () => {
  describe('about dependencies', () => {
    const volumes = { podSpec: { volumes: [{ name: 'c', configMap: { name: 'conf' } }] } };
    const withConf = (name: string, replicas: number) => deployment(name, replicas, volumes);

    test('sends them where the referrer goes, in each of its results', () => {
      const objects = [
        withConf('pipy', 2),
        core('ConfigMap', 'conf'),
        policy('p', [pipy], { ...even, propagateDeps: true }),
      ];
      const plan = planOf(objects, { fleet });
      const conf = plan.template('ConfigMap/default/conf');
      expect(conf && plain(conf.outcome)).toEqual({
        kind: 'either',
        ascending: { member1: 0, member2: 0 },
        descending: { member2: 0, member3: 0 },
        guaranteed: { member2: 0 },
        decidedBy: 'Deployment/default/pipy',
      });
      expect(conf?.scheduled).toBeUndefined();
      expect(conf?.requiredBy.map(({ template }) => template)).toEqual(['Deployment/default/pipy']);
      expect(plan.template('Deployment/default/pipy')?.dependencies).toEqual(['ConfigMap/default/conf']);
    });

    test('unites them with the clusters of their own policy', () => {
      const objects = [
        withConf('pipy', 1),
        core('ConfigMap', 'conf'),
        policy('p', [pipy], { ...duplicated('member1'), propagateDeps: true }),
        policy('c', [['v1', 'ConfigMap', 'conf']], duplicated('member3')),
      ];
      const conf = planOf(objects, { fleet }).template('ConfigMap/default/conf');
      expect(conf && plain(conf.outcome)).toEqual({ kind: 'certain', replicas: { member3: 0, member1: 0 } });
      expect(conf?.scheduled && plain(conf.scheduled)).toEqual({ kind: 'certain', replicas: { member3: 0 } });
      expect(conf?.guaranteedClusters).toEqual(['member1', 'member3']);
    });

    test('tells bounds where the UIDs of several referrers decide', () => {
      const objects = [
        withConf('pipy', 2),
        withConf('curl', 2),
        core('ConfigMap', 'conf'),
        policy('p', [['apps/v1', 'Deployment']], { ...even, propagateDeps: true }),
      ];
      const conf = planOf(objects, { fleet }).template('ConfigMap/default/conf');
      expect(conf?.outcome).toMatchObject({
        kind: 'atRunTime',
        why: 'the UIDs of Deployment/default/pipy and Deployment/default/curl decide',
        clusters: ['member1', 'member2', 'member3'],
        guaranteed: ['member2'],
      });
    });

    test('says who decides about them where the manifests do not', () => {
      const customization = {
        apiVersion: 'config.karmada.io/v1alpha1',
        kind: 'ResourceInterpreterCustomization',
        metadata: { name: 'own' },
        spec: {
          target: { apiVersion: 'apps/v1', kind: 'Deployment' },
          customizations: {
            dependencyInterpretation: { luaScript: 'function GetDependencies(obj) while true do end end' },
          },
        },
      };
      const objects = [deployment('pipy', 1), customization, policy('p', [pipy], { ...even, propagateDeps: true })];
      expect(planOf(objects, { fleet }).template('Deployment/default/pipy')?.notes).toEqual([
        'ResourceInterpreterCustomization/own says what a Deployment depends on',
      ]);
    });

    test('may take along what nothing selects, where only the running system knows the dependencies', () => {
      const webhook = {
        apiVersion: 'config.karmada.io/v1alpha1',
        kind: 'ResourceInterpreterWebhookConfiguration',
        metadata: { name: 'own' },
        webhooks: [
          {
            name: 'own.example.com',
            rules: [
              { operations: ['InterpretDependency'], apiGroups: ['apps'], apiVersions: ['v1'], kinds: ['Deployment'] },
            ],
            clientConfig: { url: 'https://x.example.com/own' },
            interpreterContextVersions: ['v1alpha1'],
          },
        ],
      };
      const objects = [
        deployment('pipy', 3),
        webhook,
        policy('p', [pipy], { ...duplicated('member1', 'member2'), propagateDeps: true }),
        core('ConfigMap', 'conf'),
        { ...core('ConfigMap', 'elsewhere'), metadata: { name: 'elsewhere', namespace: 'other' } },
      ];
      expect(outcomeOf(objects, {}, 'ConfigMap/default/conf')).toMatchObject({
        kind: 'atRunTime',
        clusters: ['member1', 'member2'],
        guaranteed: [],
      });
      expect(outcomeOf(objects, {}, 'ConfigMap/other/elsewhere')).toMatchObject({ kind: 'unmatched' });
    });

    test('follows no reference where the gate is off', () => {
      const objects = [
        withConf('pipy', 2),
        core('ConfigMap', 'conf'),
        policy('p', [pipy], { ...even, propagateDeps: true }),
      ];
      expect(outcomeOf(objects, { featureGates: { PropagateDeps: false } }, 'ConfigMap/default/conf')).toMatchObject({
        kind: 'unmatched',
      });
    });
  });

  describe('about members', () => {
    test('hands over revised and overridden objects, and failures as Karmada fails', () => {
      const override = {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'OverridePolicy',
        metadata: { name: 'o', namespace: 'default' },
        spec: {
          overrideRules: [
            {
              targetCluster: { clusterNames: ['member1'] },
              overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] },
            },
            {
              targetCluster: { clusterNames: ['member2'] },
              overriders: { plaintext: [{ path: '/spec/none/x', operator: 'add', value: 1 }] },
            },
          ],
        },
      };
      const plan = planOf([deployment('pipy', 3), policy('p', [pipy], even), override], { fleet });
      expect(plan.objectsIn('member1')).toMatchObject([
        {
          kind: 'received',
          overriddenBy: ['OverridePolicy/default/o'],
          object: { spec: { replicas: 1, template: { spec: { containers: [{ image: 'nginx:2' }] } } } },
        },
      ]);
      expect(plan.objectsIn('member2')).toMatchObject([
        { kind: 'failed', template: 'Deployment/default/pipy', cluster: 'member2' },
      ]);
    });

    test('shows both objects where the UID decides, one where both are the same', () => {
      const plan = planOf([deployment('pipy', 4), policy('p', [pipy], even)], { fleet });
      const shown = (cluster: string) =>
        plan
          .objectsIn(cluster)
          .map((each) => [each.tie, each.kind === 'received' && (each.object.spec as { replicas: number }).replicas]);
      expect(shown('member1')).toEqual([
        ['ascending', 2],
        ['descending', 1],
      ]);
      expect(shown('member2')).toEqual([[undefined, 1]]);
      expect(plan.objectsIn('member3', 'ascending')).toMatchObject([
        { tie: 'ascending', object: { spec: { replicas: 1 } } },
      ]);
    });

    test('encodes stringData, as the API server does before Karmada sees it', () => {
      const secret = core('Secret', 's', { stringData: { k: 'v' } });
      const plan = planOf([secret, policy('p', [['v1', 'Secret', 's']], duplicated('member1'))], { fleet });
      expect(plan.objectsIn('member1')).toMatchObject([{ object: { data: { k: 'dg==' } } }]);
    });
  });

  test('tells bindings whose template is gone, and whether their copies stay', () => {
    const marks = { 'propagationpolicy.karmada.io/name': 'p', 'propagationpolicy.karmada.io/namespace': 'default' };
    const labels = { 'propagationpolicy.karmada.io/permanent-id': 'x' };
    const keeping = policy('p', [pipy], { preserveResourcesOnDeletion: true });
    const bindings = {
      apiVersion: 'v1',
      kind: 'List',
      items: [bindingOf('pipy', { member1: 1 }, { annotations: marks, labels }), bindingOf('old', { member2: 1 })],
    };
    expect(planOf([keeping], { fleet, bindings }).leftovers).toEqual([
      { binding: 'Deployment/default/pipy', clusters: ['member1'], preserved: true },
      { binding: 'Deployment/default/old', clusters: ['member2'], preserved: false },
    ]);
  });

  test('tells objects of two groups with the same kind and name apart', () => {
    const ingress = (group: string) => ({
      apiVersion: `${group}/v1`,
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'default' },
    });
    const plan = planOf([ingress('networking.k8s.io'), ingress('example.com')], { fleet });
    expect(plan.templates.map(({ key }) => key)).toEqual([
      'Ingress.networking.k8s.io/default/web',
      'Ingress.example.com/default/web',
    ]);
  });

  test('plans a cdk8s app by its shape', () => {
    const app = new App();
    const chart = new Chart(app, 'chart', { namespace: 'default' });
    const { metadata: _, ...workload } = deployment('pipy', 1);
    new ApiObject(chart, 'pipy', { ...workload, metadata: { name: 'pipy' } });
    const template = planOf(app, { fleet }).template('Deployment/default/pipy');
    expect(template?.manifest.origin).toEqual({ type: 'construct', construct: 'chart/pipy' });
  });

  test('fails when there is no fleet, a cluster twice, or nothing to plan', () => {
    expect(() => planOf([], { fleet: [] })).toThrow('a plan needs the clusters of a fleet, but the fleet has none');
    expect(() => planOf([], { fleet: clusters('a', 'a') })).toThrow('cluster "a" is in the fleet twice');
    expect(() => planOf('pipy' as never, { fleet })).toThrow('a plan is made of objects and constructs, got string');
  });

  test('prints as stable text', () => {
    const objects = [
      deployment('pipy', 2),
      core('Service', 'pipy'),
      core('ConfigMap', 'lonely'),
      policy('p', [pipy, ['v1', 'Service', 'pipy']], even),
    ];
    expect(planOf(objects, { fleet }).toString()).toMatchInlineSnapshot(`
      "ConfigMap/default/lonely
        unmatched
        because no PropagationPolicy in namespace "default" and no ClusterPropagationPolicy selects it
      Deployment/default/pipy  2 replicas  PropagationPolicy/default/p
        either member1 1, member2 1
            or member2 1, member3 1
      Service/default/pipy  PropagationPolicy/default/p
        certain member1, member2, member3"
    `);
  });
});
