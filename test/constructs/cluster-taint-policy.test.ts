import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { ClusterTaintPolicy, type ClusterTaintPolicyProps } from '../../src/constructs/cluster-taint-policy';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { Clusters } from '../../src/model/clusters';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const down = { conditionType: 'NetworkReady', operator: 'NotIn', statusValues: ['True'] } as const;
const up = { conditionType: 'NetworkReady', operator: 'In', statusValues: ['True'] } as const;
const taints = [{ key: 'network-down', effect: 'NoSchedule' }] as const;

describe('ClusterTaintPolicy', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    const gold = { tier: { in: ['gold'] }, stage: 'live' };
    new ClusterTaintPolicy(chart, 'network', {
      targetClusters: Clusters.in('member1', 'member2').where({ labels: gold, region: 'eu' }).except('member3'),
      addOnConditions: [down],
      removeOnConditions: [up],
      taints: [{ key: 'network-down', value: 'yes', effect: 'NoSchedule' }],
    });
    const [policy] = synth(chart);
    expect(policy).toEqual({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterTaintPolicy',
      metadata: { name: 'network' },
      spec: {
        targetClusters: {
          clusterNames: ['member1', 'member2'],
          exclude: ['member3'],
          fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
          labelSelector: {
            matchLabels: { stage: 'live' },
            matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold'] }],
          },
        },
        addOnConditions: [down],
        removeOnConditions: [up],
        taints: [{ key: 'network-down', value: 'yes', effect: 'NoSchedule' }],
      },
    });
    expect(checkSchema(policy!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(policy!)).toEqual([]);
  });

  test('has no namespace, though its chart has one', () => {
    const chart = chartIn({ namespace: 'shop' });
    new ClusterTaintPolicy(chart, 'network', { addOnConditions: [down], taints });
    expect(synth(chart)[0]?.metadata).toEqual({ name: 'network' });
  });

  test('takes NoExecute where the author says that Karmada does', () => {
    const evicts = [{ key: 'network-down', effect: 'NoExecute' }] as const;
    const refused = chartIn();
    new ClusterTaintPolicy(refused, 'network', { addOnConditions: [down], taints: evicts });
    expect(messageOf(() => synth(refused))).toContain('spec.taints[0].effect');
    const allowed = chartIn();
    new ClusterTaintPolicy(allowed, 'network', { addOnConditions: [down], taints: evicts, allowNoExecute: true });
    expect(synth(allowed)).toMatchObject([{ spec: { taints: evicts } }]);
  });

  test.each([
    ['a property is misspelled', { taint: taints }, 'property.unknown'],
    ['clusters are names', { taints, targetClusters: ['member1'] }, 'property.type'],
    ['conditions are no list', { taints, addOnConditions: up }, 'property.type'],
    ['there is no taint', { taints: [] }, 'taintPolicy.taints'],
    [
      'a taint has an effect that no cluster can have',
      { taints: [{ key: 'a', effect: 'PreferNoSchedule' }] },
      'property.value',
    ],
    [
      'a condition has another operator',
      { taints, addOnConditions: [{ ...up, operator: 'Exists' }] },
      'property.value',
    ],
    ['a condition has no values', { taints, addOnConditions: [{ ...up, statusValues: [] }] }, 'taintPolicy.conditions'],
    [
      'a condition has another status',
      { taints, addOnConditions: [{ ...up, statusValues: ['true'] }] },
      'property.value',
    ],
  ])('fails when %s', (_, props, code) => {
    const typed: ClusterTaintPolicyProps = untyped(props);
    expect(refusal(() => new ClusterTaintPolicy(chartIn(), 'network', typed)).code).toBe(code);
  });

  test('fails when it would never act', () => {
    const chart = chartIn();
    new ClusterTaintPolicy(chart, 'network', { taints });
    expect(messageOf(() => synth(chart))).toContain(
      `it has neither addOnConditions nor removeOnConditions
    why: Karmada stores it, and never taints a cluster
    fix: say when the taints are added, and when they are removed`,
    );
  });
});
