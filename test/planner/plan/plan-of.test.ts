import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/model/kubernetes-object';
import { type Outcome, type PlanOptions, planOf } from '../../../src/planner';
import { bindingOf, clusterPolicy, clusters, core, deployment, duplicated, policy, weighted } from './builders';

const fleet = clusters('member1', 'member2', 'member3');
const pipy = ['apps/v1', 'Deployment', 'pipy'] as const;
const even = weighted({ member1: 10, member2: 10, member3: 10 });
const evenUid = '4858ca61-3ff8-4095-8267-f3d059d8074c';
const oddUid = 'd43fdeeb-d750-4e2b-bee3-64eb94534f4c';

function outcomeOf(
  objects: readonly KubernetesObject[],
  options: Partial<PlanOptions> = {},
  key = 'Deployment/default/pipy',
) {
  const outcome = planOf(objects, { fleet, ...options }).template(key)?.outcome;
  return outcome && plain(outcome);
}

/** An outcome with its maps as objects, for comparing. */
function plain(outcome: Outcome): unknown {
  const fields = Object.entries(outcome).map(([key, value]) => [
    key,
    value instanceof Map ? Object.fromEntries(value) : value,
  ]);
  return Object.fromEntries(fields);
}

describe('planOf', () => {
  describe('with static weights', () => {
    test('says both results where the UID decides, and what is guaranteed', () => {
      // The demo: 2 replicas over 10:10:10.
      expect(outcomeOf([deployment('pipy', 2), policy('p', [pipy], even)])).toEqual({
        kind: 'either',
        ascending: { member1: 1, member2: 1 },
        descending: { member2: 1, member3: 1 },
        guaranteed: { member2: 1 },
        decidedBy: 'Deployment/default/pipy',
      });
    });

    test.each([
      { uid: evenUid, replicas: { member1: 1, member2: 1 } },
      { uid: oddUid, replicas: { member2: 1, member3: 1 } },
    ])('is certain once the UID is known: $uid', ({ uid, replicas }) => {
      expect(outcomeOf([deployment('pipy', 2, { uid }), policy('p', [pipy], even)])).toEqual({
        kind: 'certain',
        replicas,
      });
      const bindings = [bindingOf('pipy', {}, { uid })];
      expect(outcomeOf([deployment('pipy', 2), policy('p', [pipy], even)], { bindings })).toEqual({
        kind: 'certain',
        replicas,
      });
    });

    test('is certain where no tie decides', () => {
      const replicas = { member1: 1, member2: 1, member3: 1 };
      expect(outcomeOf([deployment('pipy', 3), policy('p', [pipy], even)])).toEqual({ kind: 'certain', replicas });
    });

    test('counts one replica where none is written, as the API server does', () => {
      const { spec, ...rest } = deployment('pipy', 7);
      const { replicas: _, ...unscaled } = spec as { replicas: number };
      const plan = planOf([{ ...rest, spec: unscaled }, policy('p', [pipy], weighted({ member1: 1 }))], { fleet });
      expect(plan.template('Deployment/default/pipy')?.replicas).toBe(1);
      expect(plan.objectsIn('member1')).toMatchObject([{ object: { spec: { replicas: 1 } } }]);
    });
  });

  test('sends what counts no replicas to every candidate', () => {
    const objects = [core('Service', 'pipy'), policy('p', [['v1', 'Service', 'pipy']], even)];
    expect(outcomeOf(objects, {}, 'Service/default/pipy')).toEqual({
      kind: 'certain',
      replicas: { member1: 0, member2: 0, member3: 0 },
    });
  });

  test('sends a policy without placement everywhere', () => {
    expect(outcomeOf([deployment('pipy', 2), policy('p', [pipy])])).toEqual({
      kind: 'certain',
      replicas: { member1: 2, member2: 2, member3: 2 },
    });
  });

  describe('with dynamic weights and aggregated division', () => {
    const dynamic = {
      placement: {
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: { dynamicWeight: 'AvailableReplicas' },
        },
      },
    };
    const aggregated = {
      placement: { replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' } },
    };
    const capacities = { 'Deployment/default/pipy': { member1: 6, member2: 12, member3: 18 } };

    test('leaves it to run time without capacities, with bounds', () => {
      expect(outcomeOf([deployment('pipy', 12), policy('p', [pipy], dynamic)])).toEqual({
        kind: 'atRunTime',
        why: 'the dynamic weight depends on the room in each cluster',
        clusters: ['member1', 'member2', 'member3'],
        bounds: { member1: { min: 0, max: 12 }, member2: { min: 0, max: 12 }, member3: { min: 0, max: 12 } },
        guaranteed: [],
      });
    });

    test.each([
      { name: 'dynamic', spec: dynamic, replicas: 12, expected: { member1: 2, member2: 4, member3: 6 } },
      { name: 'aggregated', spec: aggregated, replicas: 12, expected: { member3: 12 } },
      { name: 'aggregated', spec: aggregated, replicas: 24, expected: { member2: 10, member3: 14 } },
    ])('computes $name with $replicas replicas from capacities', ({ spec, replicas, expected }) => {
      const outcome = outcomeOf([deployment('pipy', replicas), policy('p', [pipy], spec)], { capacities });
      expect(outcome).toEqual({ kind: 'certain', replicas: expected });
    });

    test('stays undecided where the capacity of a candidate is not given', () => {
      const outcome = outcomeOf([deployment('pipy', 12), policy('p', [pipy], dynamic)], {
        capacities: { 'Deployment/default/pipy': { member1: 6 } },
      });
      expect(outcome).toMatchObject({ kind: 'atRunTime' });
    });

    test('is unschedulable where the capacities are short', () => {
      const outcome = outcomeOf([deployment('pipy', 40), policy('p', [pipy], dynamic)], { capacities });
      expect(outcome).toEqual({
        kind: 'unschedulable',
        reason: 'Unschedulable',
        why: 'the clusters have not enough room: 36 of 40 replicas fit',
        kept: {},
      });
    });

    test('needs no capacities to keep or to take away what runs', () => {
      const bindings = [bindingOf('pipy', { member1: 4, member2: 8 }, { uid: evenUid })];
      const scaled = (replicas: number) =>
        outcomeOf([deployment('pipy', replicas), policy('p', [pipy], dynamic)], { bindings });
      expect(scaled(12)).toEqual({ kind: 'certain', replicas: { member1: 4, member2: 8 } });
      expect(scaled(6)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 4 } });
    });

    test('keeps what runs while it adds', () => {
      const bindings = [bindingOf('pipy', { member1: 4 })];
      expect(outcomeOf([deployment('pipy', 6), policy('p', [pipy], dynamic)], { bindings })).toMatchObject({
        kind: 'atRunTime',
        bounds: { member1: { min: 4, max: 6 }, member2: { min: 0, max: 6 } },
        guaranteed: ['member1'],
      });
    });

    test('divides anew after a rebalancing was asked for', () => {
      const fresh = bindingOf(
        'pipy',
        { member1: 12 },
        {
          uid: evenUid,
          rescheduleTriggeredAt: '2026-01-02T00:00:00Z',
          status: { lastScheduledTime: '2026-01-01T00:00:00Z' },
        },
      );
      const outcome = outcomeOf([deployment('pipy', 12), policy('p', [pipy], dynamic)], {
        bindings: [fresh],
        capacities,
      });
      // Weights are what fits and what runs: 18, 12 and 18.
      expect(outcome).toEqual({ kind: 'certain', replicas: { member1: 5, member2: 3, member3: 4 } });
    });
  });

  describe('with affinity groups', () => {
    const groups = (first: string, second: string) => ({
      placement: {
        clusterAffinities: [
          { affinityName: 'primary', clusterNames: [first] },
          { affinityName: 'backup', clusterNames: [second] },
        ],
      },
    });

    test('falls back to the next group where no cluster fits the first', () => {
      const plan = planOf([deployment('pipy', 2), policy('p', [pipy], groups('gone', 'member2'))], { fleet });
      const template = plan.template('Deployment/default/pipy');
      expect(template && plain(template.outcome)).toEqual({ kind: 'certain', replicas: { member2: 2 } });
      expect(template?.affinityTerm).toBe('backup');
      expect(template?.candidates).toEqual(['member2']);
    });

    test('never goes back to an earlier group of its own accord', () => {
      const bindings = [bindingOf('pipy', { member2: 2 }, { status: { schedulerObservingAffinityName: 'backup' } })];
      const outcome = outcomeOf([deployment('pipy', 3), policy('p', [pipy], groups('member1', 'member2'))], {
        bindings,
      });
      expect(outcome).toEqual({ kind: 'certain', replicas: { member2: 3 } });
    });
  });

  test('reports every reason against a cluster that is no candidate', () => {
    const tainted = [
      ...clusters('member1'),
      { name: 'member2', taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }], apiEnablements: [] },
    ];
    const plan = planOf([deployment('pipy', 1), policy('p', [pipy], duplicated('member2'))], { fleet: tainted });
    const template = plan.template('Deployment/default/pipy');
    expect(template && plain(template.outcome)).toEqual({
      kind: 'unschedulable',
      reason: 'NoClusterFit',
      why: "none of the 2 clusters passes the scheduler's filters",
      kept: {},
    });
    expect(template?.candidates).toEqual([]);
    expect(template?.exclusions).toEqual([
      {
        cluster: 'member1',
        reasons: [{ plugin: 'ClusterAffinity', why: 'it does not match the cluster affinity of the placement' }],
      },
      {
        cluster: 'member2',
        reasons: [
          { plugin: 'APIEnablement', why: 'it does not serve apps/v1 Deployment' },
          { plugin: 'TaintToleration', why: 'its taint dedicated=gpu:NoSchedule is not tolerated' },
        ],
      },
    ]);
  });

  test('takes a workload away where no cluster fits any more, and leaves it on other failures', () => {
    const bindings = [bindingOf('pipy', { member1: 2 })];
    const gone = outcomeOf([deployment('pipy', 3), policy('p', [pipy], duplicated('gone'))], { bindings });
    expect(gone).toMatchObject({ kind: 'unschedulable', reason: 'NoClusterFit', kept: {} });
    const unsupported = { placement: { spreadConstraints: [{ spreadByLabel: 'rack', minGroups: 1 }] } };
    const failing = outcomeOf([deployment('pipy', 3), policy('p', [pipy], unsupported)], { bindings });
    expect(failing).toMatchObject({ kind: 'unschedulable', reason: 'SchedulerError', kept: { member1: 2 } });
  });

  describe('about policies', () => {
    test('says that none selects the template', () => {
      expect(outcomeOf([deployment('pipy', 1)])).toEqual({
        kind: 'unmatched',
        why: 'no PropagationPolicy in namespace "default" and no ClusterPropagationPolicy selects it',
        kept: {},
      });
    });

    test('names the winner and why the others lost', () => {
      const objects = [
        deployment('pipy', 1),
        policy('by-kind', [['apps/v1', 'Deployment']], even),
        policy('b', [pipy], even),
        policy('a', [pipy], even),
        clusterPolicy('all', [['apps/v1', 'Deployment']], { ...even, priority: 9 }),
      ];
      const template = planOf(objects, { fleet }).template('Deployment/default/pipy');
      expect(template?.policy?.object.metadata?.name).toBe('a');
      expect(template?.losers.map((loser) => [loser.policy.object.metadata?.name, loser.why])).toEqual([
        ['b', 'PropagationPolicy/default/a is its equal and its name sorts first'],
        ['by-kind', 'PropagationPolicy/default/a selects by name, this one the whole kind'],
        [
          'all',
          'PropagationPolicy/default/a is a policy of the namespace, which comes before every ClusterPropagationPolicy',
        ],
      ]);
    });

    test('keeps an earlier claim that the binding notes', () => {
      const marks = { 'propagationpolicy.karmada.io/name': 'z', 'propagationpolicy.karmada.io/namespace': 'default' };
      const bindings = [
        bindingOf(
          'pipy',
          { member1: 1 },
          { annotations: marks, labels: { 'propagationpolicy.karmada.io/permanent-id': 'x' } },
        ),
      ];
      const objects = [
        deployment('pipy', 1),
        policy('a', [pipy], duplicated('member2')),
        policy('z', [pipy], duplicated('member3')),
      ];
      const template = planOf(objects, { fleet, bindings }).template('Deployment/default/pipy');
      expect(template?.policy?.object.metadata?.name).toBe('z');
      expect(template?.losers[0]?.why).toBe('PropagationPolicy/default/z has claimed the template before');
    });

    test('leaves in place what a policy placed that is gone', () => {
      const bindings = [bindingOf('pipy', { member1: 2 })];
      const plan = planOf([deployment('pipy', 5)], { fleet, bindings });
      expect(plain(plan.template('Deployment/default/pipy')!.outcome)).toMatchObject({
        kind: 'unmatched',
        kept: { member1: 2 },
      });
      expect(plan.objectsIn('member1')).toMatchObject([{ kind: 'received', kept: true, guaranteed: true }]);
    });

    test('waits for override policies that are not there', () => {
      const waiting = policy('p', [pipy], { ...even, dependentOverrides: ['tags'] });
      const outcome = outcomeOf([deployment('pipy', 1), waiting]);
      expect(outcome).toMatchObject({
        reason: 'DependentOverridesMissing',
        why: 'PropagationPolicy/default/p waits for OverridePolicy/default/tags',
      });
    });

    test('leaves alone what a lazy policy finds unchanged', () => {
      const lazy = policy('p', [pipy], { ...duplicated('member1'), activationPreference: 'Lazy' });
      const deployed = [deployment('pipy', 1)];
      expect(outcomeOf([deployment('pipy', 1), lazy], { deployed })).toMatchObject({
        reason: 'LazyActivation',
        kept: {},
      });
      expect(outcomeOf([deployment('pipy', 2), lazy], { deployed })).toEqual({
        kind: 'certain',
        replicas: { member1: 2 },
      });
    });

    test('leaves the answer to another scheduler', () => {
      const outcome = outcomeOf([deployment('pipy', 1), policy('p', [pipy], { ...even, schedulerName: 'own' })]);
      expect(outcome).toMatchObject({ kind: 'atRunTime', why: 'the scheduler "own" decides' });
    });

    test('marks what is suspended, and what is taken over', () => {
      const suspended = policy('p', [pipy], {
        ...duplicated('member1', 'member2'),
        suspension: { dispatchingOnClusters: { clusterNames: ['member2'] } },
        conflictResolution: 'Overwrite',
      });
      const plan = planOf([deployment('pipy', 1), suspended], { fleet });
      expect(plan.objectsIn('member1')).toMatchObject([{ suspended: false, overwrites: true }]);
      expect(plan.objectsIn('member2')).toMatchObject([{ suspended: true, overwrites: true }]);
      expect(plan.template('Deployment/default/pipy')?.notes).toEqual([
        'PropagationPolicy/default/p suspends dispatching to member2',
      ]);
    });
  });

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

  test('sends namespaces everywhere, whatever a policy says', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const restricting = clusterPolicy('ns', [['v1', 'Namespace']], duplicated('member1'));
    const template = planOf([namespace, restricting], { fleet }).template('Namespace/shop');
    expect(template?.takenBy).toBe('namespace-sync');
    expect(template?.guaranteedClusters).toEqual(['member1', 'member2', 'member3']);
  });

  test('lets a MultiClusterService take its Service over where the gate is on', () => {
    const objects = [
      core('Service', 'pipy'),
      policy('p', [['v1', 'Service', 'pipy']], duplicated('member1')),
      {
        apiVersion: 'networking.karmada.io/v1alpha1',
        kind: 'MultiClusterService',
        metadata: { name: 'pipy', namespace: 'default' },
        spec: {
          types: ['CrossCluster'],
          providerClusters: [{ name: 'member2' }],
          consumerClusters: [{ name: 'member3' }],
        },
      },
    ];
    const taken = planOf(objects, { fleet, featureGates: { MultiClusterService: true } }).template(
      'Service/default/pipy',
    );
    expect(taken?.takenBy).toBe('MultiClusterService/default/pipy');
    expect(taken?.guaranteedClusters).toEqual(['member2', 'member3']);
    expect(outcomeOf(objects, {}, 'Service/default/pipy')).toEqual({ kind: 'certain', replicas: { member1: 0 } });
  });

  test('sends custom resources only where their definition goes', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget' },
        versions: [{ name: 'v1', served: true }],
      },
    };
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'default' } };
    const objects = [
      widget,
      policy('w', [['example.com/v1', 'Widget']], duplicated('member1', 'member2')),
      definition,
      clusterPolicy('crds', [['apiextensions.k8s.io/v1', 'CustomResourceDefinition']], duplicated('member2')),
    ];
    expect(outcomeOf(objects, {}, 'Widget/default/w')).toEqual({ kind: 'certain', replicas: { member2: 0 } });
    expect(outcomeOf(objects.slice(0, 2), {}, 'Widget/default/w')).toMatchObject({ reason: 'NoClusterFit' });
  });

  test('does not spread divided replicas to a cluster that joined, until something else changes', () => {
    const spec = { placement: { replicaScheduling: { replicaSchedulingType: 'Divided' } } };
    const applied = JSON.stringify({
      replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
    });
    const bindings = [
      bindingOf(
        'pipy',
        { member1: 2, member2: 2 },
        { uid: evenUid, annotations: { 'policy.karmada.io/applied-placement': applied } },
      ),
    ];
    const scaled = (replicas: number) =>
      outcomeOf([deployment('pipy', replicas), policy('p', [pipy], spec)], { bindings });
    expect(scaled(4)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2 } });
    expect(scaled(6)).toEqual({ kind: 'certain', replicas: { member1: 2, member2: 2, member3: 2 } });
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
    expect(() => planOf([], { fleet: [] })).toThrow('a plan needs the clusters of a fleet, and there are none');
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
