import { describe, expect, test } from 'vitest';
import { planOf } from '../../../src/planner';
import {
  bindingOf,
  clusterPolicy,
  core,
  deployment,
  duplicated,
  even,
  evenUid,
  fleet,
  outcomeOf,
  pipy,
  plain,
  policy,
} from './builders';

describe('planOf decides who claims a template', () => {
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

  test('sends custom resources where a policy sends their definition by name, wherever it comes from', () => {
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'default' } };
    const sent = policy('w', [['example.com/v1', 'Widget']], duplicated('member1', 'member2'));
    const named = [['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com']] as const;
    const definitions = clusterPolicy('crds', named, duplicated('member2'));
    expect(outcomeOf([widget, sent, definitions], {}, 'Widget/default/w')).toEqual({
      kind: 'certain',
      replicas: { member2: 0 },
    });
    // What has no namespace is not that of a PropagationPolicy.
    const namespaced = policy('crds', named, duplicated('member2'));
    expect(outcomeOf([widget, sent, namespaced], {}, 'Widget/default/w')).toMatchObject({ reason: 'NoClusterFit' });
    // A policy with a higher priority gets the definition.
    const stronger = { ...clusterPolicy('first', named, { ...duplicated('member1'), priority: 5 }) };
    expect(outcomeOf([widget, sent, definitions, stronger], {}, 'Widget/default/w')).toMatchObject({
      replicas: { member1: 0 },
    });
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
});
