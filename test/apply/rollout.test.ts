import { describe, expect, test } from 'vitest';
import { bindingsByTemplate } from '../../src/apply/binding';
import { type ExpectedTemplate, type RolloutOptions, rolloutOf } from '../../src/apply/rollout';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { planOf } from '../../src/planner';
import { deployment, propagation } from '../support/workloads';

const web = deployment('web', 2);
const fleet = [{ name: 'a' }, { name: 'b' }];
const plan = planOf([web, propagation('web', [web], ['a', 'b'])], { fleet }).templates[0]!;
const live = { ...web, metadata: { ...web.metadata, uid: 'u1', generation: 3, resourceVersion: '20' } };

/** A binding where everything is as it should be. */
function binding(change: { spec?: object; status?: object; resource?: object } = {}): KubernetesObject {
  const resource = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'default',
    name: 'web',
    uid: 'u1',
    resourceVersion: '20',
  };
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: { name: 'web-deployment', namespace: 'default', generation: 5 },
    spec: {
      resource: { ...resource, ...change.resource },
      placement: {},
      clusters: [
        { name: 'a', replicas: 1 },
        { name: 'b', replicas: 1 },
      ],
      ...change.spec,
    },
    status: {
      schedulerObservedGeneration: 5,
      conditions: [
        { type: 'Scheduled', status: 'True', reason: 'Success', message: '' },
        { type: 'FullyApplied', status: 'True', reason: 'FullyAppliedSuccess', message: '' },
      ],
      aggregatedStatus: [member('a'), member('b')],
      ...change.status,
    },
  };
}

function member(clusterName: string, change: object = {}, status: object = {}): object {
  return {
    clusterName,
    applied: true,
    health: 'Healthy',
    status: { generation: 2, observedGeneration: 2, resourceTemplateGeneration: 3, readyReplicas: 1, ...status },
    ...change,
  };
}

const unscheduled = (reason: string) => ({
  schedulerObservedGeneration: 4,
  conditions: [{ type: 'Scheduled', status: 'False', reason, message: 'because' }],
});

function rollout(
  object: KubernetesObject | undefined,
  expected: Partial<ExpectedTemplate> = {},
  options: Partial<RolloutOptions> = {},
) {
  const bindings = bindingsByTemplate(object ? [object] : []);
  return rolloutOf({ plan, live, ...expected }, bindings, { health: true, notReady: [], ...options });
}

describe('rolloutOf', () => {
  test('done when every member is current and healthy', () => {
    expect(rollout(binding(), { changedIn: '20' })).toEqual({
      template: 'Deployment/default/web',
      policy: 'web',
      state: 'done',
      final: false,
      clusters: ['a', 'b'].map((cluster) => ({
        cluster,
        wanted: '1',
        scheduled: 1,
        applied: true,
        ready: 1,
        health: 'Healthy',
        state: 'done',
      })),
    });
  });

  test.each([
    ['no binding', undefined, 'Karmada has not created its binding yet'],
    [
      'the binding of a deleted object',
      binding({ resource: { uid: 'u0' } }),
      'its binding still belongs to a deleted object',
    ],
    [
      'the scheduler is behind',
      binding({ status: { schedulerObservedGeneration: 4 } }),
      'the scheduler has not processed it yet',
    ],
    ['too little capacity', binding({ status: unscheduled('Unschedulable') }), 'Unschedulable: because'],
    ['a member says nothing yet', binding({ status: { aggregatedStatus: [member('a')] } }), 'b: not applied yet'],
    [
      'a member has the state before',
      binding({ status: { aggregatedStatus: [member('a'), member('b', {}, { resourceTemplateGeneration: 2 })] } }),
      'b: still at generation 2 of 3',
    ],
    [
      'a member has not looked yet',
      binding({ status: { aggregatedStatus: [member('a', {}, { observedGeneration: 1 }), member('b')] } }),
      'a: the member has not processed the change yet',
    ],
    [
      'pods that are not ready',
      binding({
        status: { aggregatedStatus: [member('a'), member('b', { health: 'Unhealthy' }, { readyReplicas: 0 })] },
      }),
      'b: not healthy, 0 ready',
    ],
    ['a cluster that it is leaving', binding({ spec: { clusters: [{ name: 'a', replicas: 2 }] } }), 'b: being removed'],
    [
      'not fully applied yet',
      binding({ status: { conditions: [{ type: 'Scheduled', status: 'True', reason: 'Success', message: '' }] } }),
      'Karmada has not reported FullyApplied yet',
    ],
  ])('waits: %s', (_, object, why) => {
    expect(rollout(object)).toMatchObject({ state: 'waiting', why, final: false });
  });

  test('waits until the binding has seen the change, but not for ever', () => {
    const behind = binding({ resource: { resourceVersion: '9' } });
    expect(rollout(behind, { changedIn: '20' })).toMatchObject({
      state: 'waiting',
      why: 'Karmada has not processed the change yet',
    });
    expect(rollout(behind, { changedIn: '20' }, { lenient: true }).state).toBe('done');
    expect(rollout(behind).state).toBe('done');
  });

  test('a plain NoClusterFit is final, unless the kind is new', () => {
    const object = binding({ status: unscheduled('NoClusterFit') });
    expect(rollout(object)).toMatchObject({ state: 'failing', why: 'NoClusterFit: because', final: true });
    expect(rollout(object, { isNewKind: true }).state).toBe('waiting');
  });

  test('what a member refuses may pass later; what it has already stays', () => {
    const refusing = (appliedMessage: string) =>
      binding({ status: { aggregatedStatus: [member('a'), { clusterName: 'b', appliedMessage, health: 'Unknown' }] } });
    expect(rollout(refusing('namespaces "x" not found'))).toMatchObject({
      state: 'failing',
      why: 'b: namespaces "x" not found',
      final: false,
    });
    const there =
      'resource(kind=ConfigMap, x/y) already exists in the cluster b and the strategy is empty, Karmada will not manage this resource';
    expect(rollout(refusing(there)).final).toBe(true);
  });

  test('a member that is not ready is named as the reason', () => {
    const object = binding({ status: { aggregatedStatus: [member('a')] } });
    expect(rollout(object, {}, { notReady: ['b'] }).why).toBe('b: not applied yet; the member is not ready');
  });

  test('without health, applied and current is enough', () => {
    const object = binding({
      status: { aggregatedStatus: [member('a', { health: 'Unhealthy' }), member('b', { health: 'Unknown' })] },
    });
    expect(rollout(object, {}, { health: false }).state).toBe('done');
  });

  test('what is suspended is paused, and no failure', () => {
    const paused = binding({
      spec: { suspension: { dispatchingOnClusters: { clusterNames: ['b'] } } },
      status: { aggregatedStatus: [member('a')] },
    });
    expect(rollout(paused).state).toBe('paused');
    expect(rollout(paused).clusters.map(({ state }) => state)).toEqual(['done', 'paused']);
    expect(rollout(binding({ spec: { suspension: { scheduling: true } }, status: unscheduled('') })).state).toBe(
      'paused',
    );
  });

  test('an attached binding follows those that require it', () => {
    const attached = binding({
      spec: { placement: undefined, clusters: [], requiredBy: [{ clusters: [{ name: 'b', replicas: 2 }] }] },
      status: {
        conditions: [{ type: 'FullyApplied', status: 'True', reason: '', message: '' }],
        aggregatedStatus: [member('b')],
      },
    });
    expect(rollout(attached)).toMatchObject({ state: 'done', clusters: [{ cluster: 'b' }] });
  });

  test('what no policy selects is nowhere', () => {
    const alone = planOf([web], { fleet }).templates[0]!;
    expect(rollout(undefined, { plan: alone }).state).toBe('nowhere');
  });

  describe('what a kind reports', () => {
    const ofKind = (kind: string, apiVersion: string, status: object, health = 'Healthy') => {
      const template = { ...web, apiVersion, kind };
      const expected = planOf([template, propagation('web', [template], ['a', 'b'])], { fleet }).templates[0]!;
      const object = binding({
        resource: { apiVersion, kind },
        status: { aggregatedStatus: ['a', 'b'].map((clusterName) => ({ clusterName, applied: true, health, status })) },
      });
      return rollout(object, { plan: expected, live: { ...live, apiVersion, kind } });
    };

    test('a StatefulSet reports no observed generation', () => {
      const status = { generation: 2, resourceTemplateGeneration: 3, replicas: 1, readyReplicas: 1 };
      expect(ofKind('StatefulSet', 'apps/v1', status)).toMatchObject({ state: 'done', clusters: [{ ready: 1 }, {}] });
      const before = { ...status, resourceTemplateGeneration: 2 };
      expect(ofKind('StatefulSet', 'apps/v1', before).why).toBe('a: still at generation 2 of 3');
    });

    test('a Job reports no pods that are ready, a Pod its condition', () => {
      expect(ofKind('Job', 'batch/v1', { succeeded: 1 }).clusters[0]).toMatchObject({ ready: null, state: 'done' });
      const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
      expect(ofKind('Pod', 'v1', ready).clusters[0]).toMatchObject({ ready: 1, state: 'done' });
      expect(ofKind('Pod', 'v1', { phase: 'Pending' }, 'Unhealthy').clusters[0]?.why).toBe('not healthy, 0 ready');
    });
  });

  // While a member is lost, Karmada calls a new manifest applied and healthy, although nothing was written there.
  test('a change of a kind without generations is not done in a member that is not ready', () => {
    const object = binding({
      status: {
        aggregatedStatus: ['a', 'b'].map((clusterName) => ({ clusterName, applied: true, health: 'Healthy' })),
      },
    });
    const change = { changedIn: '20' };
    expect(rollout(object, change, { notReady: ['b'] }).why).toBe('b: possibly not applied; the member is not ready');
    expect(rollout(object, change).state).toBe('done');
    expect(rollout(object, {}, { notReady: ['b'] }).state).toBe('done');
  });
});
