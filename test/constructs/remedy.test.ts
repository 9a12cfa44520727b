import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { Remedy } from '../../src/constructs/remedy';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { Clusters } from '../../src/model/clusters';
import { refusal, untyped } from '../support/refusal';
import { chartIn, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const dnsDown = {
  conditionType: 'ServiceDomainNameResolutionReady',
  operator: 'Equal',
  conditionStatus: 'False',
} as const;

describe('Remedy', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    new Remedy(chart, 'dns', {
      clusterAffinity: Clusters.in('member1', 'member2'),
      decisionMatches: [{ clusterConditionMatch: dnsDown }],
      actions: ['TrafficControl'],
    });
    const [object] = synth(chart);
    expect(object).toEqual({
      apiVersion: 'remedy.karmada.io/v1alpha1',
      kind: 'Remedy',
      metadata: { name: 'dns' },
      spec: {
        clusterAffinity: { clusterNames: ['member1', 'member2'] },
        decisionMatches: [{ clusterConditionMatch: dnsDown }],
        actions: ['TrafficControl'],
      },
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test('may act always, in every cluster', () => {
    const chart = chartIn();
    new Remedy(chart, 'always', { actions: ['TrafficControl'] });
    expect(synth(chart)).toMatchObject([{ spec: { actions: ['TrafficControl'] } }]);
  });

  test.each([
    ['a property is misspelled', { action: [] }, 'property.unknown'],
    ['actions are no list', { actions: 'TrafficControl' }, 'property.type'],
    ['an action is unknown', { actions: ['Restart'] }, 'property.value'],
    [
      'an operator is unknown',
      { decisionMatches: [{ clusterConditionMatch: { ...dnsDown, operator: 'In' } }] },
      'property.value',
    ],
    ['clusters are excluded', { clusterAffinity: Clusters.except('member1') }, 'clusters.byName'],
    ['a match is flat', { decisionMatches: [dnsDown] }, 'property.unknown'],
  ])('fails when %s', (_, props, code) => {
    expect(refusal(() => new Remedy(chartIn(), 'dns', untyped(props))).code).toBe(code);
  });
});
