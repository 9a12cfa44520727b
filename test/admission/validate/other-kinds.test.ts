import { describe, expect, test } from 'vitest';
import { admit, callWebhooks } from '../../../src/admission';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import {
  clusterTaintPolicy,
  federatedResourceQuota,
  interpreterCustomization,
  interpreterWebhook,
  multiClusterIngress,
  multiClusterService,
} from '../../support/karmada-objects';

/** What the webhooks say, one line a cause. */
function told(object: KubernetesObject): readonly string[] {
  return callWebhooks(object).causes.map(({ path, message }) => `${path}: ${message}`);
}

// facts.md B.4, kind by kind.
describe('a FederatedResourceQuota', () => {
  test.each([
    {
      what: 'its name does not fit into a label',
      object: federatedResourceQuota({ overall: {} }, { name: 'q'.repeat(64) }),
      expected: ['metadata.name: must be at most 63 characters, has 64'],
    },
    {
      what: 'resources are none that quotas know',
      object: federatedResourceQuota({ overall: { gpus: '1', storage: '1Gi', 'a b': '1' } }),
      expected: [
        'spec.overall[gpus]: "gpus" is not a resource that a quota supports',
        'spec.overall[storage]: "storage" is not a resource that a quota supports',
        'spec.overall[a b]: "a b" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
      ],
    },
    {
      what: 'amounts are negative, or broken where only whole ones count',
      object: federatedResourceQuota({ overall: { cpu: '-1', pods: '1500m', 'example.com/gpu': '0.5' } }),
      expected: [
        'spec.overall[cpu]: must not be negative, got -1',
        'spec.overall[cpu]: -1 is less than the sum of staticAssignments',
        'spec.overall[pods]: pods must be a whole number, got 1500m',
        'spec.overall[example.com/gpu]: example.com/gpu must be a whole number, got 0.5',
      ],
    },
    {
      what: 'more is assigned than there is',
      object: federatedResourceQuota({
        overall: { cpu: '1' },
        staticAssignments: [
          { clusterName: 'm1', hard: { cpu: '600m' } },
          { clusterName: 'M2', hard: { cpu: '401m', memory: '1Gi' } },
        ],
      }),
      expected: [
        'spec.overall[cpu]: 1 is less than the sum of staticAssignments',
        'spec.staticAssignments[1].clusterName: "M2" must be lower case letters, digits and "-", with a letter or digit at both ends',
        'spec.staticAssignments[1].hard[memory]: memory is assigned, but overall has none of it',
      ],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect([...told(object)].sort()).toEqual([...expected].sort());
  });

  test('amounts add up exactly, whatever their units', () => {
    const assigned = [
      { clusterName: 'm1', hard: { memory: '512Mi' } },
      { clusterName: 'm2', hard: { memory: '0.5Gi' } },
    ];
    expect(told(federatedResourceQuota({ overall: { memory: '1Gi' }, staticAssignments: assigned }))).toEqual([]);
  });
});

describe('a ClusterTaintPolicy', () => {
  const evicting = clusterTaintPolicy({ key: 'a', effect: 'NoExecute' });

  test('fails when a taint evicts, unless administrators allow it', () => {
    expect(told(evicting)).toEqual([
      'spec.taints[0].effect: a taint with effect NoExecute evicts workloads, which administrators must allow first',
    ]);
    expect(admit(evicting, { allowNoExecuteTaints: true }).causes).toEqual([]);
  });

  test('fails when a taint is listed twice; another effect is another taint', () => {
    const taint = { key: 'a', effect: 'NoSchedule' };
    expect(told(clusterTaintPolicy(taint, { ...taint, value: 'v' }))).toEqual([
      'spec.taints: taint a:NoSchedule is listed twice',
    ]);
    expect(told(clusterTaintPolicy(taint, { ...taint, effect: 'PreferNoSchedule' }))).toEqual([]);
  });
});

describe('a MultiClusterService', () => {
  test.each([
    {
      what: 'its name is none of a Service',
      object: multiClusterService({}, { name: '1shop' }),
      expected: [
        'metadata.name: "1shop" must be lower case letters, digits and "-", beginning with a letter and ending with a letter or digit',
      ],
    },
    {
      what: 'types are several, or unknown',
      object: multiClusterService({ types: ['CrossCluster', 'NodePort'] }),
      expected: [
        'spec.types[1]: "NodePort" is not a way to expose a Service',
        'spec.types: lists CrossCluster and NodePort',
      ],
    },
    {
      what: 'ports repeat, or are none',
      object: multiClusterService({
        ports: [
          { name: 'http', port: 0 },
          { name: 'http', port: 65536 },
          { name: 'A', port: 1 },
        ],
      }),
      expected: [
        'spec.ports[0].port: must be from 1 to 65535, got 0',
        'spec.ports[1].name: two ports are named "http"',
        'spec.ports[1].port: must be from 1 to 65535, got 65536',
        'spec.ports[2].name: "A" must be lower case letters, digits and "-", with a letter or digit at both ends',
      ],
    },
    {
      what: 'clusters have no names that clusters can have',
      object: multiClusterService({ providerClusters: [{ name: 'm'.repeat(49) }], consumerClusters: [{ name: '' }] }),
      expected: [
        `spec.providerClusters[0].name: "${'m'.repeat(49)}" must be at most 48 characters, has 49`,
        'spec.consumerClusters[0].name: "" must not be empty',
      ],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect(told(object)).toEqual(expected);
  });

  test('one type listed twice is one type', () => {
    expect(told(multiClusterService({ types: ['CrossCluster', 'CrossCluster'] }))).toEqual([]);
  });

  test('fails when an update changes the types', () => {
    const [oldObject, object] = [multiClusterService(), multiClusterService({ types: ['LoadBalancer'] })];
    expect(admit(object, { operation: 'UPDATE', oldObject }).causes.map(({ message }) => message)).toEqual([
      'cannot change from CrossCluster to LoadBalancer',
    ]);
  });

  test('fails when an update that no API server completes names no version', () => {
    const update = { operation: 'UPDATE', oldObject: multiClusterService() } as const;
    expect(callWebhooks(multiClusterService(), update).causes).toMatchObject([{ path: 'metadata.resourceVersion' }]);
    expect(admit(multiClusterService(), update).causes).toEqual([]);
  });

  test('names the clusters where Karmada names an older place, and says so', () => {
    expect(callWebhooks(multiClusterService({ providerClusters: [{ name: '-' }] })).causes).toMatchObject([
      { path: 'spec.providerClusters[0].name', reportedAs: 'spec.range.providerClusters[0]' },
    ]);
  });
});

describe('a MultiClusterIngress', () => {
  const service = { service: { name: 'shop', port: { number: 80 } } };
  const path = (one: object): KubernetesObject =>
    multiClusterIngress({
      rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: service, ...one }] } }],
    });
  const at = 'spec.rules[0].http.paths[0]';

  test.each([
    { what: 'it leads nowhere', object: multiClusterIngress({}), expected: ['spec: the ingress has no backend'] },
    {
      what: 'a host is an address, or a wildcard in the wrong place',
      object: multiClusterIngress({ rules: [{ host: '10.0.0.1' }, { host: 'a.*.b' }, { host: 'Shop.eu' }] }),
      expected: [
        'spec.rules[0].host: "10.0.0.1" is an IP address',
        'spec.rules[1].host: "a.*.b" must be "*." and a domain in lower case',
        'spec.rules[2].host: "Shop.eu" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
      ],
    },
    {
      what: 'http has no path',
      object: multiClusterIngress({ rules: [{ http: { paths: [] } }] }),
      expected: ['spec.rules[0].http.paths: has no path'],
    },
    { what: 'a path has no type', object: path({ pathType: undefined }), expected: [`${at}.pathType: is missing`] },
    {
      what: 'a path has an unknown type',
      object: path({ pathType: 'Regex' }),
      expected: [`${at}.pathType: "Regex" is not a path type`],
    },
    {
      what: 'a path is not plain',
      object: path({ path: 'a//b/..' }),
      expected: [
        `${at}.path: "a//b/.." must begin with "/"`,
        `${at}.path: "a//b/.." must not contain "//"`,
        `${at}.path: "a//b/.." must not end with "/.."`,
      ],
    },
    {
      what: 'a backend is none',
      object: path({ backend: {} }),
      expected: [`${at}.backend: has neither a service nor a resource`],
    },
    {
      what: 'a backend is two',
      object: path({ backend: { ...service, resource: { kind: 'K', name: 'n' } } }),
      expected: [`${at}.backend: service and resource exclude each other`],
    },
    {
      what: 'a backend has no port',
      object: path({ backend: { service: { name: 'shop' } } }),
      expected: [`${at}.backend: has no port of the service`],
    },
    {
      what: 'a backend has both ways to name a port',
      object: path({ backend: { service: { name: 'shop', port: { name: 'http', number: 80 } } } }),
      expected: [`${at}.backend: name and number of the port exclude each other`],
    },
    {
      what: 'names of a backend are none',
      object: path({ backend: { service: { name: '1shop', port: { name: 'a-very-long-port-name' } } } }),
      expected: [
        `${at}.backend.service.name: "1shop" must be lower case letters, digits and "-", beginning with a letter and ending with a letter or digit`,
        `${at}.backend.service.port.name: "a-very-long-port-name" must be at most 15 characters, has 21`,
      ],
    },
    {
      what: 'a resource is none',
      object: multiClusterIngress({ defaultBackend: { resource: { apiGroup: 'A', kind: '', name: 'a/b' } } }),
      expected: [
        'spec.defaultBackend.resource.apiGroup: "A" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
        'spec.defaultBackend.resource.kind: the resource has no kind',
        'spec.defaultBackend.resource.name: "a/b" must not contain "/"',
      ],
    },
    {
      what: 'TLS and class name what cannot be',
      object: multiClusterIngress({
        defaultBackend: service,
        ingressClassName: 'A',
        tls: [{ hosts: ['*'], secretName: 'A' }],
      }),
      expected: [
        'spec.tls[0].hosts[0]: "*" must be "*." and a domain in lower case',
        'spec.tls[0].secretName: "A" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
        'spec.ingressClassName: "A" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
      ],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect(told(object)).toEqual(expected);
  });

  test('hosts of TLS may be addresses, and any implementation its own paths', () => {
    expect(told(multiClusterIngress({ defaultBackend: service, tls: [{ hosts: ['10.0.0.1'] }] }))).toEqual([]);
    expect(told(path({ path: '/a//b', pathType: 'ImplementationSpecific' }))).toEqual([]);
  });
});

describe('a ResourceInterpreterCustomization', () => {
  test('fails when a script is no Lua', () => {
    const object = interpreterCustomization('shops', {
      retention: { luaScript: 'function Retain(desired, observed)\n  return desired\nend' },
      healthInterpretation: { luaScript: 'function InterpretHealth(obj)\n  return obj.\nend' },
    });
    expect(told(object)).toEqual([
      "spec.customizations.healthInterpretation.luaScript: is not valid Lua: line 3: <name> expected near 'end'",
    ]);
  });

  test('several may tell dependencies', () => {
    const script = { dependencyInterpretation: { luaScript: 'return {}' } };
    const options = { others: [interpreterCustomization('theirs', script)] };
    expect(callWebhooks(interpreterCustomization('mine', script), options).causes).toEqual([]);
  });
});

describe('a ResourceInterpreterWebhookConfiguration', () => {
  const rule = { operations: ['Retain'], apiGroups: [''], apiVersions: ['v1'], kinds: ['Pod'] };

  test.each([
    {
      what: 'a name is no domain',
      hook: { name: 'shops' },
      expected: ['webhooks[0].name: "shops" must be a domain of at least two parts, such as example.com'],
    },
    {
      what: 'rules are empty or mix everything with something',
      hook: { rules: [{ ...rule, operations: ['*', 'Retain'], apiVersions: [''], kinds: [] }] },
      expected: [
        'webhooks[0].rules[0].operations: "*" means all, so it must be the only item',
        'webhooks[0].rules[0].apiVersions[0]: is empty',
        'webhooks[0].rules[0].kinds: is empty',
      ],
    },
    // facts.md A.14: Prune exists as a constant but is rejected.
    {
      what: 'an operation is none',
      hook: { rules: [{ ...rule, operations: ['Prune'] }] },
      expected: ['webhooks[0].rules[0].operations[0]: "Prune" is not an operation'],
    },
    {
      what: 'it may take too long',
      hook: { timeoutSeconds: 31 },
      expected: ['webhooks[0].timeoutSeconds: must be from 1 to 30 seconds, got 31'],
    },
    {
      what: 'it runs nowhere',
      hook: { clientConfig: {} },
      expected: ['webhooks[0].clientConfig: must have exactly one of url and service'],
    },
    {
      what: 'it runs in two places',
      hook: { clientConfig: { url: 'https://a', service: { name: 'a', namespace: 'b' } } },
      expected: ['webhooks[0].clientConfig: must have exactly one of url and service'],
    },
    {
      what: 'the service is incomplete',
      hook: { clientConfig: { service: { port: 0, path: 'a/B' } } },
      expected: [
        'webhooks[0].clientConfig.service.name: must be the name of the Service',
        'webhooks[0].clientConfig.service.namespace: must be the namespace of the Service',
        'webhooks[0].clientConfig.service.port: must be from 1 to 65535',
        'webhooks[0].clientConfig.service.path: must begin with "/"',
        'webhooks[0].clientConfig.service.path: segment "" must not be empty',
        'webhooks[0].clientConfig.service.path: segment "B" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
      ],
    },
    {
      what: 'it does not speak with Karmada',
      hook: { interpreterContextVersions: ['v1', 'v1'] },
      expected: [
        'webhooks[0].interpreterContextVersions[1]: "v1" is listed twice',
        'webhooks[0].interpreterContextVersions: lacks v1alpha1, which Karmada uses',
      ],
    },
  ])('fails when $what', ({ hook, expected }) => {
    expect(told(interpreterWebhook(hook))).toEqual(expected);
  });

  test('fails when two webhooks have one name', () => {
    const object = interpreterWebhook({});
    const [hook] = object['webhooks'] as readonly object[];
    expect(told({ ...object, webhooks: [hook, hook] })).toEqual([
      'webhooks[1].name: two webhooks are named "shops.example.com"',
    ]);
  });
});
