import { ApiObject } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { ServiceExport } from '../../src/constructs/service-export';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

describe('ServiceExport', () => {
  test('is its Service by name and namespace, and nothing else', () => {
    const chart = chartIn();
    const service = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } });
    new ServiceExport(chart, 'export', { service, metadata: { labels: { app: 'web' } } });
    const [object] = ofKind(synth(chart), 'ServiceExport');
    expect(object).toEqual({
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ServiceExport',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test.each([
    ['a property is misspelled', { svc: {} }, 'property.unknown'],
    ['there is no Service', {}, 'reference.object'],
  ])('fails when %s', (_, props, code) => {
    expect(refusal(() => new ServiceExport(chartIn(), 'export', untyped(props))).code).toBe(code);
  });
});
