import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { FederatedResourceQuota } from '../../src/constructs/federated-resource-quota';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

describe('FederatedResourceQuota', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    new FederatedResourceQuota(chart, 'team', {
      metadata: { labels: { team: 'a' } },
      overall: { cpu: 10, memory: Size.gibibytes(20), 'requests.storage': '1Ti', pods: 50, 'limits.cpu': 0.5 },
      staticAssignments: { member1: { cpu: Cpu.millis(2500) }, member2: { memory: '1Gi' } },
    });
    const [quota] = synth(chart);
    expect(quota).toEqual({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'FederatedResourceQuota',
      metadata: { name: 'team', namespace: 'shop', labels: { team: 'a' } },
      spec: {
        overall: { cpu: 10, memory: '20Gi', 'requests.storage': '1Ti', pods: 50, 'limits.cpu': '0.5' },
        staticAssignments: [
          { clusterName: 'member1', hard: { cpu: '2500m' } },
          { clusterName: 'member2', hard: { memory: '1Gi' } },
        ],
      },
    });
    expect(checkSchema(quota!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(quota!)).toEqual([]);
  });

  test('leaves out what nobody asked for', () => {
    const chart = chartIn();
    const quota = new FederatedResourceQuota(chart, 'team', { overall: { cpu: 1 } });
    expect(synth(chart)).toMatchObject([{ spec: { overall: { cpu: 1 } } }]);
    expect([quota.name, quota.namespace]).toEqual(['team', 'shop']);
  });

  test.each([
    ['an amount is not a quantity', { overall: { memory: '4 GB' } }, 'quantity.syntax'],
    ['an amount is negative', { overall: { cpu: -1 } }, 'quantity.negative'],
    ['a property is misspelled', { overal: {} }, 'property.unknown'],
    ['assignments are a list', { overall: {}, staticAssignments: [] }, 'quota.assignments'],
    ['a cluster has no name of a cluster', { overall: {}, staticAssignments: { Member: {} } }, 'cluster.name'],
  ])('fails when %s', (_, props, code) => {
    expect(refusal(() => new FederatedResourceQuota(chartIn(), 'team', untyped(props))).code).toBe(code);
  });

  test('fails when clusters get more than there is, at synthesis', () => {
    const chart = chartIn();
    new FederatedResourceQuota(chart, 'team', { overall: { cpu: 1 }, staticAssignments: { member1: { cpu: 2 } } });
    expect(messageOf(() => synth(chart))).toContain('spec.overall[cpu]');
  });
});
