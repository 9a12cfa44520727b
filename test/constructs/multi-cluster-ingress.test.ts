import { ApiObject } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import {
  type IngressRule,
  MultiClusterIngress,
  type MultiClusterIngressProps,
} from '../../src/constructs/multi-cluster-ingress';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const service = { apiVersion: 'v1', kind: 'Service', name: 'web' };
const bucket = { apiVersion: 'storage.example.com/v1', kind: 'Bucket', name: 'pictures' };
const rule: IngressRule = { paths: [{ path: '/', pathType: 'Prefix', backend: { service, port: 80 } }] };

describe('MultiClusterIngress', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    const secret = new ApiObject(chart, 'tls', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web-tls' } });
    const ingress = new MultiClusterIngress(chart, 'web', {
      ingressClassName: 'nginx',
      defaultBackend: { service, port: 'http' },
      rules: [{ host: '*.example.com', ...rule }],
      tls: [{ hosts: ['www.example.com'], secret }, { secret: 'other' }],
    });
    ingress.addRule({ paths: [{ path: '/pictures', pathType: 'Exact', backend: { resource: bucket } }] });
    const [object] = ofKind(synth(chart), 'MultiClusterIngress');
    expect(object?.spec).toEqual({
      ingressClassName: 'nginx',
      defaultBackend: { service: { name: 'web', port: { name: 'http' } } },
      rules: [
        {
          host: '*.example.com',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
          },
        },
        {
          http: {
            paths: [
              {
                path: '/pictures',
                pathType: 'Exact',
                backend: { resource: { apiGroup: 'storage.example.com', kind: 'Bucket', name: 'pictures' } },
              },
            ],
          },
        },
      ],
      tls: [{ hosts: ['www.example.com'], secretName: 'web-tls' }, { secretName: 'other' }],
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([
      // A backend is a Service or a resource, and a port has a name or a number: the rules above show the others.
      'spec.defaultBackend.resource',
      'spec.defaultBackend.service.port.number',
      'spec.rules[].http.paths[].backend.service.port.name',
    ]);
  });

  test.each([
    ['a property is misspelled', { rule: [] }, 'property.unknown'],
    ['a rule has Kubernetes’ nesting', { rules: [{ http: { paths: [] } }] }, 'property.unknown'],
    ['a path has another type', { rules: [{ paths: [{ ...rule.paths![0], pathType: 'Regex' }] }] }, 'property.value'],
    ['a backend has no port', { defaultBackend: { service } }, 'number.range'],
    [
      'a backend has both a service and a resource',
      { defaultBackend: { service, port: 1, resource: bucket } },
      'property.unknown',
    ],
    ['a backend names no object', { defaultBackend: { service: 'web', port: 80 } }, 'property.type'],
  ])('fails when %s', (_, props, code) => {
    const all: MultiClusterIngressProps = untyped(props);
    expect(refusal(() => new MultiClusterIngress(chartIn(), 'web', all)).code).toBe(code);
  });

  test('fails when it sends requests nowhere', () => {
    const chart = chartIn();
    new MultiClusterIngress(chart, 'web', {});
    expect(messageOf(() => synth(chart))).toContain('it has neither rules nor a defaultBackend');
  });

  test('fails when a host is an address, as the webhook does', () => {
    const chart = chartIn();
    new MultiClusterIngress(chart, 'web', { rules: [{ ...rule, host: '10.0.0.1' }] });
    expect(messageOf(() => synth(chart))).toContain('spec.rules[0].host');
  });
});
