import { App, Chart, Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import * as api from '../../src';
import { untyped } from './refusal';

const {
  Clusters,
  CronExpression,
  Failover,
  Fleet,
  Metric,
  Override,
  Placement,
  ResourceSelector,
  Suspension,
  Toleration,
} = api;

const somewhere = new Chart(new App(), 'somewhere');
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const service = { apiVersion: 'v1', kind: 'Service', name: 'web' };
const edge = Override.image({ tag: '1.0' }).for('member1');
const fleet = Fleet.of({ member1: { region: 'eu', labels: { tier: 'gold' } }, member2: {} });
const placement = Placement.duplicated('member1');
const labelSelector = {
  matchLabels: { app: 'web' },
  matchExpressions: [{ key: 'tier', operator: 'In', values: ['a'] }],
};
const clusterAffinity = {
  clusterNames: ['member1'],
  exclude: ['member2'],
  labelSelector,
  fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
};
const metadata = {
  name: 'web',
  labels: { app: 'web' },
  annotations: { owner: 'me' },
  finalizers: ['example.com/keep'],
  ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'web', uid: '1' }],
};
const propagation = {
  placement,
  priority: 1,
  preemption: 'Never',
  propagateDeps: true,
  failover: Failover.of({ cluster: {} }),
  suspension: Suspension.everywhere(),
  conflictResolution: 'Abort',
  activationPreference: 'Lazy',
  preserveResourcesOnDeletion: true,
  schedulerName: 'default-scheduler',
  schedulePriority: { priorityClassName: 'high', priorityClassSource: 'KubePriorityClass' },
  dependentOverrides: ['before'],
};
const image = { registry: { replace: 'r.io' }, repository: { add: '-x' }, tag: { remove: true }, container: 0 };
const operations = [
  { operator: 'add', path: '/spec/a', value: { b: [1] } },
  { operator: 'remove', path: '/spec/c' },
];

export interface Call {
  readonly call: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

/** A right call of every factory and method of the values. */
const valueCalls: Readonly<Record<string, Call>> = {
  'Clusters.in': { call: Clusters.in, args: ['member1', 'member2'] },
  'Clusters.where': {
    call: (conditions) => Clusters.where(conditions),
    args: [
      {
        labels: { tier: 'gold', env: { in: ['a'], notIn: ['b'] }, x: { exists: true } },
        region: 'eu',
        zone: { in: ['a'], notIn: ['b'] },
        provider: { notIn: ['p'] },
      },
    ],
  },
  'Clusters.except': { call: (...names: never[]) => Clusters.except(...names), args: ['member1'] },
  'Clusters.fromSpec': { call: Clusters.fromSpec, args: [clusterAffinity] },
  'CronExpression.of': { call: CronExpression.of, args: ['0 8 * * *'] },
  'CronExpression.daily': { call: CronExpression.daily, args: [{ hour: 8, minute: 30 }] },
  'CronExpression.weekly': { call: CronExpression.weekly, args: [['MON'], { hour: 8, minute: 30 }] },
  'Failover.of': {
    call: Failover.of,
    args: [
      {
        application: {
          unhealthyFor: Duration.minutes(1),
          purgeMode: 'Directly',
          statePreservation: { job: '{.jobID}' },
        },
        cluster: { purgeMode: 'Directly', statePreservation: { job: '{.jobID}' } },
      },
    ],
  },
  'Failover.of with a grace period': {
    call: Failover.of,
    args: [{ application: { purgeMode: 'Gracefully', gracePeriod: Duration.minutes(1) } }],
  },
  'Failover.fromSpec': {
    call: Failover.fromSpec,
    args: [
      {
        application: {
          decisionConditions: { tolerationSeconds: 1 },
          purgeMode: 'Directly',
          statePreservation: { rules: [{ aliasLabelName: 'job', jsonPath: '{.jobID}' }] },
        },
        cluster: { purgeMode: 'Directly' },
      },
    ],
  },
  'Fleet.of': {
    call: Fleet.of,
    args: [
      {
        member1: {
          region: 'eu',
          provider: 'p',
          zones: ['a'],
          labels: { tier: 'gold' },
          taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }],
          apiEnablements: [{ groupVersion: 'apps/v1', kinds: ['Deployment'] }],
        },
      },
    ],
  },
  'Fleet.fromClusters': {
    call: Fleet.fromClusters,
    args: [
      [
        {
          apiVersion: 'cluster.karmada.io/v1alpha1',
          kind: 'Cluster',
          metadata: { name: 'member1', labels: { a: 'b' } },
          spec: { region: 'eu', zones: ['a'], taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] },
          status: {
            conditions: [{ type: 'Ready', status: 'True' }],
            apiEnablements: [{ groupVersion: 'v1', resources: [{ kind: 'Pod' }] }],
          },
        },
      ],
    ],
  },
  'Fleet.parse': { call: Fleet.parse, args: ['clusters:\n  member1: {}\n'] },
  'fleet.get': { call: (name) => fleet.get(name), args: ['member1'] },
  'fleet.has': { call: (name) => fleet.has(name), args: ['member1'] },
  'fleet.in': { call: (...names: never[]) => fleet.in(...names), args: ['member1'] },
  'fleet.where': { call: (conditions) => fleet.where(conditions), args: [{ region: 'eu', labels: { tier: 'gold' } }] },
  'fleet.except': { call: (...names: never[]) => fleet.except(...names), args: ['member1'] },
  'fleet.duplicated': { call: (...names: never[]) => fleet.duplicated(...names), args: ['member1'] },
  'fleet.weighted': {
    call: (weights, among) => fleet.weighted(weights, among),
    args: [{ member1: 1 }, Clusters.all()],
  },
  'fleet.weighted with a list': {
    call: (weights) => fleet.weighted(weights),
    args: [[{ clusters: Clusters.where({ region: 'eu' }), weight: 1 }]],
  },
  'fleet.weighted with shares': {
    call: (shares) => fleet.weighted(shares),
    args: [[{ clusters: Clusters.where({ region: 'eu' }), share: 1 }]],
  },
  'fleet.exactly': { call: (replicas) => fleet.exactly(replicas), args: [{ member1: 1 }] },
  'fleet.evenly': { call: (...names: never[]) => fleet.evenly(...names), args: ['member1'] },
  'fleet.aggregated': { call: (...names: never[]) => fleet.aggregated(...names), args: ['member1'] },
  'fleet.dynamicallyWeighted': { call: (...names: never[]) => fleet.dynamicallyWeighted(...names), args: ['member1'] },
  'fleetClusters.image': { call: (change) => fleet.in('member1').image(change), args: [image] },
  'fleetClusters.where': { call: (conditions) => fleet.in('member1').where(conditions), args: [{ region: 'eu' }] },
  'fleetClusters.except': { call: (...names: never[]) => fleet.all().except(...names), args: ['member1'] },
  'Metric.resource': { call: Metric.resource, args: ['cpu', { averageUtilization: 80 }] },
  'Metric.resource by value': { call: Metric.resource, args: ['cpu', { averageValue: '500m' }] },
  'Metric.containerResource': { call: Metric.containerResource, args: ['web', 'cpu', { averageValue: '500m' }] },
  'Metric.pods': { call: Metric.pods, args: ['requests', { averageValue: '1k' }, labelSelector] },
  'Metric.object': { call: Metric.object, args: [service, 'requests', { value: 10 }, labelSelector] },
  'Override.image': { call: Override.image, args: [image] },
  'Override.image of an init container': { call: Override.image, args: [{ tag: '1', initContainer: 0 }] },
  'Override.image at a path': { call: Override.image, args: [{ tag: '1', path: '/spec/image' }] },
  'Override.command': { call: Override.command, args: [{ container: 'web', add: ['a'], remove: ['b'] }] },
  'Override.args': { call: Override.args, args: [{ container: 'web', add: ['a'], remove: ['b'] }] },
  'Override.labels': { call: Override.labels, args: [{ add: { a: 'b' }, replace: { c: 'd' }, remove: ['e'] }] },
  'Override.annotations': {
    call: Override.annotations,
    args: [{ add: { a: 'b' }, replace: { c: 'd' }, remove: ['e'] }],
  },
  'Override.jsonPatch': { call: Override.jsonPatch, args: operations },
  'Override.fieldPatch': { call: Override.fieldPatch, args: ['/data/a', { yaml: operations }] },
  'Override.fromRule': {
    call: Override.fromRule,
    args: [
      {
        targetCluster: clusterAffinity,
        overriders: {
          imageOverrider: [
            {
              component: 'Tag',
              operator: 'replace',
              value: '1',
              predicate: { path: '/spec/template/spec/containers/0/image' },
            },
          ],
          commandOverrider: [{ containerName: 'web', operator: 'add', value: ['x'] }],
          labelsOverrider: [{ operator: 'add', value: { a: 'b' } }],
          annotationsOverrider: [{ operator: 'add', value: { a: 'b' } }],
          plaintext: [{ operator: 'add', path: '/spec/x', value: 1 }],
          fieldOverrider: [{ fieldPath: '/data/a', json: [{ subPath: '/b', operator: 'add', value: 1 }] }],
        },
      },
    ],
  },
  'override.for': { call: (...names: never[]) => edge.for(...names), args: ['member1'] },
  'Placement.duplicated': { call: Placement.duplicated, args: ['member1'] },
  'Placement.weighted': { call: Placement.weighted, args: [{ member1: 1 }, Clusters.all()] },
  'Placement.weighted with a list': {
    call: Placement.weighted,
    args: [[{ clusters: Clusters.where({ region: 'eu' }), weight: 1 }]],
  },
  'Placement.exactly': { call: Placement.exactly, args: [{ member1: 1 }] },
  'Placement.evenly': { call: Placement.evenly, args: ['member1'] },
  'Placement.aggregated': { call: Placement.aggregated, args: ['member1'] },
  'Placement.dynamicallyWeighted': { call: Placement.dynamicallyWeighted, args: ['member1'] },
  'Placement.fromSpec': {
    call: Placement.fromSpec,
    args: [
      {
        clusterAffinities: [
          {
            affinityName: 'a',
            ...clusterAffinity,
            overflowAffinities: [{ affinityName: 'b', clusterNames: ['member2'] }],
          },
        ],
        clusterTolerations: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 3 }],
        spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 2 }],
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: { dynamicWeight: 'AvailableReplicas' },
        },
        workloadAffinity: { affinity: { groupByLabelKey: 'a' }, antiAffinity: { groupByLabelKey: 'b' } },
      },
    ],
  },
  'Placement.fromSpec with weights': {
    call: Placement.fromSpec,
    args: [
      {
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: { staticWeightList: [{ targetCluster: { clusterNames: ['member1'] }, weight: 1 }] },
        },
      },
    ],
  },
  'placement.spreadOver': {
    call: (spread) => placement.spreadOver(spread),
    args: [{ cluster: { min: 1, max: 2 }, region: { min: 1, max: 2 }, zone: { max: 2 }, provider: { max: 2 } }],
  },
  'placement.tolerating': { call: (...all: never[]) => placement.tolerating(...all), args: [Toleration.all()] },
  'placement.named': { call: (name) => placement.named(name), args: ['primary'] },
  'placement.orElse': {
    call: (...all: never[]) => placement.named('a').orElse(...(all as unknown as [string])),
    args: ['b', 'member2'],
  },
  'placement.orElse with weights': {
    call: (name, weights) => Placement.weighted({ member1: 1 }).named('a').orElse(name, weights),
    args: ['b', { member2: 1 }],
  },
  'placement.overflowingTo': {
    call: (...all: never[]) =>
      Placement.aggregated('member1')
        .named('a')
        .overflowingTo(...(all as unknown as [string])),
    args: ['b', 'member2'],
  },
  'placement.withWorkloadAffinity': { call: (key) => placement.withWorkloadAffinity(key), args: ['app'] },
  'placement.withWorkloadAntiAffinity': { call: (key) => placement.withWorkloadAntiAffinity(key), args: ['app'] },
  'ResourceSelector.named': {
    call: ResourceSelector.named,
    args: ['web', { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a' }],
  },
  'ResourceSelector.labelled': {
    call: ResourceSelector.labelled,
    args: [
      { a: 'b', c: { in: ['d'] } },
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a' },
    ],
  },
  'ResourceSelector.all': {
    call: ResourceSelector.all,
    args: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a' }],
  },
  'ResourceSelector.fromSpec': {
    call: ResourceSelector.fromSpec,
    args: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a', labelSelector }],
  },
  'Suspension.on': { call: Suspension.on, args: ['member1'] },
  'Suspension.fromSpec': {
    call: Suspension.fromSpec,
    args: [{ dispatchingOnClusters: { clusterNames: ['member1'] } }],
  },
  'Suspension.fromSpec of all': { call: Suspension.fromSpec, args: [{ dispatching: true }] },
  'Toleration.of': {
    call: Toleration.of,
    args: [{ key: 'a', value: 'b', effect: 'NoExecute', during: Duration.minutes(1) }],
  },
  'Toleration.unreachable': { call: Toleration.unreachable, args: [Duration.minutes(1)] },
  'Toleration.notReady': { call: Toleration.notReady, args: [Duration.minutes(1)] },
  'Toleration.fromSpec': {
    call: Toleration.fromSpec,
    args: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 3 }],
  },
};

type ConstructClass = new (scope: Chart, id: string, props: never) => IConstruct;

export const isFunction = (value: unknown): value is ConstructClass => typeof value === 'function';

/** Right props of every construct. */
const propsOfConstructs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  FederatedApp: {
    ...propagation,
    image: 'nginx:1.27',
    replicas: 2,
    port: 80,
    command: ['sh'],
    args: ['-c', 'x'],
    env: { LEVEL: 'debug' },
    envFrom: [{ secret: 'web', prefix: 'WEB_', optional: true }],
    requests: { cpu: '250m' },
    limits: { cpu: '1', memory: '64Mi' },
    readinessProbe: { httpGet: { path: '/', port: 80, scheme: 'HTTP' }, periodSeconds: 5 },
    livenessProbe: { exec: { command: ['true'] } },
    resources: [],
    overrides: [edge],
    autoscale: {
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [Metric.resource('cpu', { averageUtilization: 80 })],
      behavior: {
        scaleUp: { stabilizationWindow: Duration.minutes(1), selectPolicy: 'Max', tolerance: '0.1' },
        scaleDown: { policies: [{ type: 'Pods', value: 1, period: Duration.minutes(1) }] },
      },
      rules: [{ name: 'night', schedule: '0 8 * * *', targetMinReplicas: 1 }],
    },
    expose: {
      types: ['CrossCluster'],
      ports: [{ name: 'http', port: 80 }],
      providerClusters: ['member1'],
      consumerClusters: ['member2'],
    },
    calls: [],
    clusterScoped: ['Tenant.example.com'],
  },
  PropagationPolicy: { ...propagation, metadata, resources: [deployment], association: true },
  ClusterPropagationPolicy: { ...propagation, metadata: { name: 'web' }, resources: [deployment], association: true },
  OverridePolicy: {
    metadata: { name: 'web' },
    resources: [deployment, ResourceSelector.all({ apiVersion: 'v1', kind: 'Service' })],
    overrideRules: [edge],
  },
  ClusterOverridePolicy: {
    metadata: { name: 'web' },
    resources: [{ ...deployment, namespace: 'shop' }],
    overriders: edge,
  },
  ClusterTaintPolicy: {
    metadata: { name: 'web' },
    targetClusters: Clusters.in('member1'),
    addOnConditions: [{ conditionType: 'Ready', operator: 'NotIn', statusValues: ['True'] }],
    removeOnConditions: [{ conditionType: 'Ready', operator: 'In', statusValues: ['True'] }],
    taints: [{ key: 'down', value: 'x', effect: 'NoSchedule' }],
    allowNoExecute: true,
  },
  CronFederatedHPA: {
    metadata: { name: 'web' },
    scaleTargetRef: deployment,
    rules: [
      {
        name: 'night',
        schedule: '0 8 * * *',
        targetReplicas: 1,
        suspend: true,
        timeZone: 'Europe/Berlin',
        successfulHistoryLimit: 3,
        failedHistoryLimit: 3,
      },
    ],
  },
  FederatedHPA: {
    metadata: { name: 'web' },
    scaleTargetRef: deployment,
    minReplicas: 1,
    maxReplicas: 3,
    metrics: [Metric.resource('cpu', { averageUtilization: 80 })],
    behavior: {
      scaleUp: { stabilizationWindow: Duration.minutes(1), selectPolicy: 'Max', tolerance: '0.1' },
      scaleDown: { policies: [{ type: 'Pods', value: 1, period: Duration.minutes(1) }] },
    },
  },
  FederatedResourceQuota: {
    metadata: { name: 'web' },
    overall: { cpu: 4, memory: '4Gi' },
    staticAssignments: { member1: { cpu: 1 } },
  },
  MultiClusterIngress: {
    metadata: { name: 'web' },
    defaultBackend: { service, port: 80 },
    ingressClassName: 'nginx',
    rules: [{ host: 'a.example.com', paths: [{ path: '/', pathType: 'Prefix', backend: { service, port: 'http' } }] }],
    tls: [{ hosts: ['a.example.com'], secret: 'tls' }, { secret: { apiVersion: 'v1', kind: 'Secret', name: 'tls' } }],
  },
  MultiClusterService: {
    metadata: { name: 'web' },
    service,
    types: ['CrossCluster'],
    ports: [{ name: 'http', port: 80 }],
    providerClusters: ['member1'],
    consumerClusters: ['member2'],
    range: { clusterNames: ['member1'] },
    serviceProvisionClusters: ['member1'],
    serviceConsumptionClusters: ['member1'],
  },
  Remedy: {
    metadata: { name: 'web' },
    clusterAffinity: ['member1'],
    decisionMatches: [
      { clusterConditionMatch: { conditionType: 'Ready', operator: 'Equal', conditionStatus: 'True' } },
    ],
    actions: ['TrafficControl'],
  },
  ResourceInterpreterCustomization: {
    metadata: { name: 'web' },
    target: { apiVersion: 'apps/v1', kind: 'Deployment' },
    customizations: { retention: 'function Retain(desired, observed) return desired end' },
  },
  ResourceInterpreterWebhookConfiguration: {
    metadata: { name: 'web' },
    webhooks: [
      {
        name: 'a.example.com',
        clientConfig: { url: 'https://a.example.com/x', caBundle: 'Y2E=' },
        rules: [{ operations: ['*'], apiGroups: ['apps'], apiVersions: ['v1'], kinds: ['Deployment'] }],
        timeout: Duration.seconds(3),
        interpreterContextVersions: ['v1alpha1'],
      },
      {
        name: 'b.example.com',
        clientConfig: { service: { ...service, namespace: 'a' }, path: '/x', port: 443, caBundle: 'Y2E=' },
      },
    ],
  },
  ServiceExport: { metadata: { name: 'web' }, service },
  ServiceImport: {
    metadata: { name: 'web' },
    service,
    type: 'ClusterSetIP',
    ports: [{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'http' }],
    ips: ['10.0.0.1'],
    sessionAffinity: 'ClientIP',
    sessionAffinityConfig: { clientIP: { timeout: Duration.seconds(3) } },
  },
  WorkloadRebalancer: { metadata: { name: 'web' }, workloads: [deployment], ttlAfterFinished: Duration.seconds(3) },
};

export type Path = readonly (string | number)[];

/** Every place in plain data: of arguments, properties and items. */
export function placesIn(value: unknown, at: Path = []): Path[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, index) => placesIn(item, [...at, index]))
    : Object.getPrototypeOf(value ?? 0) === Object.prototype
      ? Object.entries(value as object).flatMap(([key, one]) => placesIn(one, [...at, key]))
      : [];
  return at.length === 0 ? below : [at, ...below];
}

export function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, one]) => [key, key === step ? replaced(one, rest, by) : one]),
  );
}

/** A construct of the API under a chart of its own. */
export function construct(type: string, props: unknown): IConstruct {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: every construct of the API is tried
  const Type: unknown = api[type as keyof typeof api];
  if (!isFunction(Type)) throw new Error(`${type} is not a class`);
  return new Type(anyChart(), 'web', untyped(props));
}

function anyChart(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'a' });
}

/** Right calls of the methods of constructs, and of what is not made from props alone. */
const otherCalls: Readonly<Record<string, Call>> = {
  Federation: {
    call: (props) => new api.Federation(props),
    args: [
      {
        fleet,
        name: 'shop',
        karmada: '1.18',
        featureGates: ['Failover'],
        lint: { 'no-divided-state': 'off' },
        outdir: 'dist',
        outputFileExtension: '.yaml',
        recordConstructMetadata: true,
      },
    ],
  },
  'Contract.on': { call: api.Contract.on, args: ['Deployment/web'] },
  'Contract.on with an object': {
    call: api.Contract.on,
    args: [{ kind: 'Deployment', metadata: { name: 'web', namespace: 'a' } }],
  },
  'Contract.parse': { call: api.Contract.parse, args: ['contracts:\n- { on: web, keep: 2, losing: cluster }\n'] },
  'contract.keeps': { call: (replicas) => api.Contract.on('web').keeps(replicas), args: [2] },
  'contract.keepsShare': { call: (share) => api.Contract.on('web').keepsShare(share), args: [0.5] },
  'contract.whenLosing': {
    call: (loss, options) => api.Contract.on('web').keeps(2).whenLosing(loss, options),
    args: [['member1'], { mode: 'lost' }],
  },
  'contract.only': { call: (clusters) => api.Contract.on('web').only(clusters), args: [Clusters.in('member1')] },
  'contract.apartFrom': {
    call: (other, options) => api.Contract.on('web').apartFrom(other, options),
    args: ['db', { by: 'region' }],
  },
  'contract.atMost': {
    call: (replicas, options) => api.Contract.on('web').atMost(replicas, options),
    args: [2, { by: 'region' }],
  },
  'Lint.ignore': {
    call: (one, rule, reason) => api.Lint.ignore(one, rule, reason),
    args: [anyChart(), 'no-divided-state', 'a reason'],
  },
  'FederatedApp at a place': {
    call: (scope, id) =>
      new api.FederatedApp(scope === somewhere ? anyChart() : scope, id, { placement, image: 'nginx:1.27' }),
    args: [somewhere, 'web'],
  },
  'app.addOverride': { call: (...all) => app().addOverride(...(all as unknown as [never])), args: [edge, somewhere] },
  'app.addCalls': { call: (...all: never[]) => app().addCalls(...all), args: [app()] },
  'app.addAutoscaling': {
    call: (given, target) => app().addAutoscaling(given, target),
    args: [{ maxReplicas: 3 }, somewhere],
  },
  'app.addExposure': {
    call: (given, target) => app().addExposure(given, target),
    args: [{ types: ['CrossCluster'] }, somewhere],
  },
  'policy.propagate': {
    call: (...all: never[]) => made('PropagationPolicy', { placement }).propagate(...all),
    args: [deployment],
  },
  'policy.select': { call: (...all: never[]) => made('OverridePolicy', {}).select(...all), args: [deployment] },
  'policy.addRule': { call: (rule) => made('OverridePolicy', {}).addRule(rule), args: [edge] },
  'scaler.addRule': {
    call: (rule) => made('CronFederatedHPA', { scaleTargetRef: deployment }).addRule(rule),
    args: [{ name: 'night', schedule: '0 8 * * *', targetReplicas: 1 }],
  },
  'ingress.addRule': {
    call: (rule) => made('MultiClusterIngress', {}).addRule(rule),
    args: [{ host: 'a.example.com' }],
  },
  'configuration.addWebhook': {
    call: (webhook) => made('ResourceInterpreterWebhookConfiguration', {}).addWebhook(webhook),
    args: [{ name: 'a.example.com', clientConfig: { url: 'https://a.example.com/x' } }],
  },
  'rebalancer.rebalance': {
    call: (...all: never[]) => made('WorkloadRebalancer', {}).rebalance(...all),
    args: [deployment],
  },
};

function app(): api.FederatedApp {
  return new api.FederatedApp(anyChart(), 'web', { placement, image: 'nginx:1.27' });
}

type Methods = Readonly<
  Record<'propagate' | 'select' | 'addRule' | 'addWebhook' | 'rebalance', (...args: never[]) => void>
>;

/** A construct with the methods of its class. */
function made(type: string, props: unknown): Methods {
  return construct(type, props) as never;
}

/** A right call of everything that the package exports. */
export const apiCalls: Readonly<Record<string, Call>> = {
  ...valueCalls,
  ...otherCalls,
  ...Object.fromEntries(
    Object.entries(propsOfConstructs).map(([type, props]) => [
      type,
      { call: (given: unknown) => construct(type, given), args: [props] },
    ]),
  ),
};
