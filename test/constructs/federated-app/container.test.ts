import { ApiObject } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, type FederatedAppProps, Placement } from '../../../src';
import { admit } from '../../../src/admission';
import { chartIn, ofKind, selected, synth } from '../../support/synthesis';

const placement = Placement.duplicated('member1');

function make(props: Partial<FederatedAppProps>) {
  const chart = chartIn();
  new FederatedApp(chart, 'web', { placement, image: 'nginx', ...props });
  const objects = synth(chart);
  const [deployment] = ofKind(objects, 'Deployment');
  const [service] = ofKind(objects, 'Service');
  const spec = deployment?.spec as { template: { spec: { containers: object[] } } } | undefined;
  return { container: spec?.template.spec.containers[0], service: service?.spec, objects };
}

describe('the container of the shorthand', () => {
  test('has environment, requests, limits and probes as asked for', () => {
    const { container, objects } = make({
      port: 8080,
      env: {
        LEVEL: 'debug',
        EMPTY: '',
        PASSWORD: { secret: 'web', key: 'password' },
        MODE: { configMap: 'web', key: 'mode', optional: true },
        NODE: { field: 'spec.nodeName' },
      },
      envFrom: [
        { configMap: 'all', prefix: 'ALL_' },
        { secret: 'more', optional: true },
      ],
      requests: { cpu: '250m', memory: '64Mi' },
      limits: { memory: '128Mi', 'example.com/gpu': 1 },
      readinessProbe: { httpGet: { path: '/ready' }, periodSeconds: 5 },
      livenessProbe: { tcpSocket: {}, initialDelaySeconds: 0 },
      startupProbe: { exec: { command: ['true'] }, failureThreshold: 30 },
    });
    expect(container).toStrictEqual({
      name: 'web',
      image: 'nginx',
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'EMPTY', value: '' },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'web', key: 'password' } } },
        { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'web', key: 'mode', optional: true } } },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
      envFrom: [{ prefix: 'ALL_', configMapRef: { name: 'all' } }, { secretRef: { name: 'more', optional: true } }],
      resources: {
        requests: { cpu: '250m', memory: '64Mi' },
        limits: { memory: '128Mi', 'example.com/gpu': 1 },
      },
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
      livenessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 0 },
      startupProbe: { exec: { command: ['true'] }, failureThreshold: 30 },
    });
    expect(objects.flatMap((object) => admit(object as never).causes)).toEqual([]);
  });

  test('has nothing that was not asked for', () => {
    expect(make({}).container).toStrictEqual({ name: 'web', image: 'nginx' });
    expect(make({ requests: { cpu: 1 } }).container).toStrictEqual({
      name: 'web',
      image: 'nginx',
      resources: { requests: { cpu: 1 } },
    });
  });

  test('takes ConfigMaps and Secrets along, by a selector inside the app and as dependencies outside it', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'web', {
      placement,
      image: 'nginx',
      env: { MODE: { configMap: 'mode', key: 'mode' }, PASSWORD: { secret: 'shared', key: 'password' } },
    });
    new ApiObject(app, 'mode', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mode' } });
    new ApiObject(chart, 'shared', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shared' } });
    const [policy] = ofKind(synth(chart), 'PropagationPolicy');
    expect(selected(policy)).toEqual(['Deployment web', 'ConfigMap mode']);
    expect(policy?.spec).toMatchObject({ propagateDeps: true });
  });
});

describe('several ports', () => {
  test('become a Service with a name for each', () => {
    expect(make({ ports: { http: 80, dns: { port: 53, targetPort: 5353, protocol: 'UDP' } } }).service).toStrictEqual({
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80, targetPort: 80, protocol: 'TCP' },
        { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' },
      ],
    });
  });

  test('one port is the port of a probe, by its target', () => {
    const { container } = make({
      ports: { http: { port: 80, targetPort: 8080 } },
      readinessProbe: { grpc: { service: 'health' } },
    });
    expect(container).toMatchObject({ readinessProbe: { grpc: { service: 'health', port: 8080 } } });
  });
});

describe('is refused', () => {
  test.each<[string, Partial<Record<keyof FederatedAppProps, unknown>>, RegExp]>([
    ['env without an image', { image: undefined, env: { A: 'b' } }, /env is given, but no image/],
    ['ports without an image', { image: undefined, ports: { http: 80 } }, /ports is given, but no image/],
    ['port beside ports', { port: 80, ports: { http: 80 } }, /port and ports are both given/],
    ['a name of a port', { ports: { 'HTTP ': 80 } }, /the name "HTTP " of a port/],
    ['a port', { ports: { http: 70000 } }, /ports\.http/],
    [
      'a protocol',
      { ports: { http: { port: 80, protocol: 'tcp' } } },
      /ports\.http\.protocol of .* must be TCP, UDP or SCTP/,
    ],
    ['a number as a variable', { env: { A: 5 } }, /env\.A/],
    ['a variable without a key', { env: { A: { secret: 'web' } } }, /env\.A/],
    ['a variable name with "="', { env: { 'A=B': 'c' } }, /"A=B" cannot be the name of an environment variable/],
    ['an amount', { requests: { cpu: 'lots' } }, /requests\.cpu/],
    [
      'a request above the limit',
      { requests: { cpu: 2 }, limits: { cpu: '1500m' } },
      /requests 2 cpu, but its limit is 1500m/,
    ],
    ['a probe without a check', { readinessProbe: { periodSeconds: 5 } }, /readinessProbe has no check/],
    [
      'a probe with two checks',
      { port: 80, livenessProbe: { tcpSocket: {}, grpc: {} } },
      /livenessProbe has tcpSocket and grpc/,
    ],
    [
      'a probe without a port',
      { readinessProbe: { tcpSocket: {} } },
      /readinessProbe has no port[\s\S]*the app has no port/,
    ],
    [
      'a probe among several ports',
      { ports: { a: 1, b: 2 }, startupProbe: { tcpSocket: {} } },
      /the app has several ports/,
    ],
    ['an unknown property of a probe', { readinessProbe: { httpget: { path: '/' } } }, /"httpGet"/],
  ])('%s', (_, props, message) => {
    expect(() => make(props as Partial<FederatedAppProps>)).toThrow(message);
  });
});
