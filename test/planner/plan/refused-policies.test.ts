import { describe, expect, test } from 'vitest';
import { planOf } from '../../../src/planner';
import { clusterPolicy, deployment, duplicated, fleet, outcomeOf, pipy, policy, weighted } from './builders';

const key = 'Deployment/default/pipy';
const refused = policy('p', [pipy], weighted({ member1: 3, member2: 0 }));

describe('a policy that the API server refuses', () => {
  test('claims nothing, and the reason names it', () => {
    expect(outcomeOf([deployment('pipy', 3), refused])).toEqual({
      kind: 'unmatched',
      why: expect.stringMatching(
        /^PropagationPolicy\/default\/p selects it, but the API server refuses this policy: .*staticWeightList\[1\]\.weight: /,
      ),
      kept: {},
    });
  });

  test('leaves the template to the next policy, which says so', () => {
    const plan = planOf([deployment('pipy', 3), refused, clusterPolicy('all', [pipy], duplicated('member3'))], {
      fleet,
    });
    const template = plan.template(key);
    expect(template?.policy?.object.metadata?.name).toBe('all');
    expect(template?.notes).toEqual([expect.stringContaining('PropagationPolicy/default/p selects it, but')]);
  });

  test('is refused by the rules of the release', () => {
    const failover = { application: { decisionConditions: { tolerationSeconds: 1 }, purgeMode: 'Immediately' } };
    const objects = [
      deployment('pipy', 3),
      policy('p', [pipy], { ...duplicated('member1'), propagateDeps: true, failover }),
    ];
    expect(outcomeOf(objects, { karmada: '1.18' })).toMatchObject({ kind: 'certain' });
    expect(outcomeOf(objects, { karmada: '1.19' })).toMatchObject({ kind: 'unmatched' });
  });

  test('overrides nothing, if it is an override policy', () => {
    const override = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'o', namespace: 'default' },
      spec: { overrideRules: [{ overriders: { plaintext: [{ path: '/spec/replicas', operator: 'set', value: 0 }] } }] },
    };
    const plan = planOf([deployment('pipy', 3), policy('p', [pipy], duplicated('member1')), override], { fleet });
    expect(plan.template(key)?.final.get('member1')).toEqual({ min: 3, max: 3, because: [] });
    expect(plan.template(key)?.notes).toEqual([expect.stringContaining('OverridePolicy/default/o selects it, but')]);
  });

  test('scales nothing, if it is an autoscaler', () => {
    const scaler = {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'FederatedHPA',
      metadata: { name: 'pipy', namespace: 'default' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'pipy' },
        minReplicas: 9,
        maxReplicas: 3,
      },
    };
    const plan = planOf([deployment('pipy', 3), policy('p', [pipy], duplicated('member1')), scaler], { fleet });
    expect(plan.template(key)?.final.get('member1')).toEqual({ min: 3, max: 3, because: [] });
    expect(plan.template(key)?.notes).toEqual([expect.stringContaining('FederatedHPA/default/pipy scales it, but')]);
  });
});
