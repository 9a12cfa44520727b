import { ApiObject, Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { WorkloadRebalancer } from '../../src/constructs/workload-rebalancer';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

describe('WorkloadRebalancer', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    const web = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reader' };
    const rebalancer = new WorkloadRebalancer(chart, 'once', {
      workloads: [web],
      ttlAfterFinished: Duration.minutes(2),
    });
    rebalancer.rebalance(role, { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', namespace: 'bank' });
    const [object] = ofKind(synth(chart), 'WorkloadRebalancer');
    expect(object).toEqual({
      apiVersion: 'apps.karmada.io/v1alpha1',
      kind: 'WorkloadRebalancer',
      metadata: { name: 'once' },
      spec: {
        workloads: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
          role,
          { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', namespace: 'bank' },
        ],
        ttlSecondsAfterFinished: 120,
      },
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test.each([
    ['a property is misspelled', { workload: [] }, 'property.unknown'],
    [
      'workloads are no list',
      { workloads: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
      'property.type',
    ],
    ['a workload has no kind', { workloads: [{ apiVersion: 'apps/v1', name: 'web' }] }, 'reference.object'],
    ['the time is a number', { ttlAfterFinished: 60 }, 'duration.type'],
  ])('fails when %s', (_, props, code) => {
    expect(refusal(() => new WorkloadRebalancer(chartIn(), 'once', untyped(props))).code).toBe(code);
  });

  test('fails when it names no workload', () => {
    const chart = chartIn();
    new WorkloadRebalancer(chart, 'once', {});
    expect(messageOf(() => synth(chart))).toContain('it names no workload');
  });
});
