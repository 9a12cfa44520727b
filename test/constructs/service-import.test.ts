import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { ServiceImport, type ServiceImportProps } from '../../src/constructs/service-import';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const service = { apiVersion: 'v1', kind: 'Service', name: 'web' };

describe('ServiceImport', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    new ServiceImport(chart, 'import', {
      service,
      type: 'ClusterSetIP',
      ports: [{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'http' }],
      ips: ['10.42.0.1'],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeout: Duration.hours(1) } },
    });
    const [object] = synth(chart);
    expect(object).toEqual({
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ServiceImport',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        type: 'ClusterSetIP',
        ports: [{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'http' }],
        ips: ['10.42.0.1'],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
      },
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test.each([
    ['a property is misspelled', { port: [] }, 'property.unknown'],
    ['there are no ports', { ports: [] }, 'import.ports'],
    ['there are two addresses', { ips: ['10.0.0.1', '10.0.0.2'] }, 'import.ips'],
    ['the type is unknown', { type: 'ClusterIP' }, 'property.value'],
    ['the protocol is unknown', { ports: [{ port: 80, protocol: 'tcp' }] }, 'property.value'],
    ['the time is a number', { sessionAffinityConfig: { clientIP: { timeout: 60 } } }, 'duration.type'],
  ])('fails when %s', (_, props, code) => {
    const all: ServiceImportProps = untyped({ service, type: 'Headless', ports: [{ port: 80 }], ...props });
    expect(refusal(() => new ServiceImport(chartIn(), 'import', all)).code).toBe(code);
  });
});
