import { describe, expect, test } from 'vitest';
import { admit } from '../../src/admission';
import { karmadaVersions } from '../../src/karmada/release';
import {
  clusterPropagationPolicy,
  federatedHpa,
  federatedResourceQuota,
  interpreterCustomization,
  multiClusterService,
  overridePolicy,
  propagationPolicy,
} from '../support/karmada-objects';

// The stored forms are those of test/vectors/admission.json, recorded from Karmada v1.18.2.
describe('what is stored', () => {
  test('a policy has the defaults of its definition, and its selectors the namespace', () => {
    expect(admit(propagationPolicy()).stored?.spec).toEqual({
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', namespace: 'default' }],
      placement: {},
      priority: 0,
      preemption: 'Never',
      schedulerName: 'default-scheduler',
      conflictResolution: 'Abort',
    });
  });

  test('a cluster policy leaves the namespace of its selectors open', () => {
    const { stored } = admit(clusterPropagationPolicy());
    expect(stored?.spec).toMatchObject({
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }],
    });
    expect(JSON.stringify(stored)).not.toContain('namespace');
  });

  test('a new policy has the finalizer of its controller, and no random id', () => {
    const object = propagationPolicy(
      {},
      { labels: { 'propagationpolicy.karmada.io/permanent-id': 'mine', app: 'shop' } },
    );
    expect(admit(object).stored?.metadata).toEqual({
      name: 'shop',
      namespace: 'default',
      labels: { app: 'shop' },
      finalizers: ['karmada.io/propagation-policy-controller'],
    });
  });

  test.each([
    {
      what: 'divided without a preference is weighted',
      given: { replicaScheduling: {} },
      kept: { replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' } },
    },
    {
      what: 'duplicated stays as it is',
      given: { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
      kept: { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
    },
    {
      what: 'a bare spread constraint is by cluster, over at least 1',
      given: { spreadConstraints: [{ maxGroups: 2 }] },
      kept: { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 2 }] },
    },
    { what: 'empty lists disappear', given: { clusterAffinities: [], clusterTolerations: [] }, kept: {} },
    {
      what: 'empty selectors stay',
      given: { clusterAffinity: { labelSelector: {} } },
      kept: { clusterAffinity: { labelSelector: {} } },
    },
  ])('placement: $what', ({ given, kept }) => {
    expect(admit(propagationPolicy({ placement: given })).stored?.spec).toHaveProperty('placement', kept);
  });

  test('application failover waits 600 seconds unless told otherwise', () => {
    const object = propagationPolicy({ propagateDeps: true, failover: { application: { decisionConditions: {} } } });
    expect(admit(object).stored?.spec).toMatchObject({
      failover: {
        application: {
          decisionConditions: { tolerationSeconds: 300 },
          purgeMode: 'Gracefully',
          gracePeriodSeconds: 600,
        },
      },
    });
  });

  test('a policy for a ServiceImport propagates dependencies', () => {
    const resourceSelectors = [{ apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ServiceImport', name: 'shop' }];
    expect(admit(propagationPolicy({ resourceSelectors })).stored?.spec).toMatchObject({ propagateDeps: true });
  });

  test('structs that are no pointers appear as empty objects', () => {
    expect(admit(overridePolicy({})).stored?.spec).toHaveProperty('overriders', {});
    expect(admit(multiClusterService()).stored?.spec).toHaveProperty('range', {});
  });

  test('quantities are normalized where a webhook writes the object back, and kept where none does', () => {
    const target = { type: 'AverageValue', averageValue: '1024Mi' };
    const metrics = [{ type: 'Resource', resource: { name: 'memory', target } }];
    expect(admit(federatedHpa({ metrics })).stored?.spec).toMatchObject({
      metrics: [{ resource: { target: { averageValue: '1Gi' } } }],
    });
    expect(admit(federatedResourceQuota({ overall: { memory: '1024Mi', cpu: 2 } })).stored?.spec).toEqual({
      overall: { memory: '1024Mi', cpu: 2 },
    });
  });

  test('an autoscaler without metrics looks at the CPU', () => {
    expect(admit(federatedHpa()).stored?.spec).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    });
  });

  // facts.md B.1: behavior is completed when it is there.
  test('scaling behaviour is completed in both directions', () => {
    const behavior = { scaleDown: { selectPolicy: 'Disabled' } };
    expect(admit(federatedHpa({ behavior })).stored?.spec).toMatchObject({
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          selectPolicy: 'Max',
          policies: [
            { type: 'Pods', value: 4, periodSeconds: 15 },
            { type: 'Percent', value: 100, periodSeconds: 15 },
          ],
        },
        scaleDown: { selectPolicy: 'Disabled', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
      },
    });
  });

  test('status is dropped from a new object, and kept as it was in an update', () => {
    const oldObject = { ...multiClusterService(), status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } } };
    const sent = { ...multiClusterService(), status: { loadBalancer: {} } };
    expect(admit(sent).stored).not.toHaveProperty('status');
    expect(admit(sent, { operation: 'UPDATE', oldObject }).stored?.['status']).toEqual(oldObject.status);
  });

  test('nothing is stored of what is refused', () => {
    expect(admit(propagationPolicy({ resourceSelectors: [] })).stored).toBeUndefined();
  });
});

describe('where an object lives', () => {
  test('without a namespace it goes where kubectl sends it', () => {
    const { metadata: _, ...object } = propagationPolicy();
    const nameless = { ...object, metadata: { name: 'shop' } };
    expect(admit(nameless).stored).toMatchObject({ metadata: { namespace: 'default' } });
    expect(admit(nameless, { namespace: 'team' }).stored?.spec).toMatchObject({
      resourceSelectors: [{ namespace: 'team' }],
    });
  });

  test('a cluster-scoped object loses its namespace', () => {
    expect(admit(clusterPropagationPolicy({}, { namespace: 'team' })).stored?.metadata).not.toHaveProperty('namespace');
  });
});

describe('refusals', () => {
  test('carry a rule, a place, what is wrong and how to mend it', () => {
    const placement = { spreadConstraints: [{ spreadByField: 'region', minGroups: 2 }] };
    expect(admit(propagationPolicy({ placement })).causes).toEqual([
      {
        code: 'spread-needs-cluster',
        layer: 'admission',
        path: 'spec.placement.spreadConstraints',
        message: 'replicas are spread by region without a number of clusters',
        fix: 'add a constraint with spreadByField: cluster and its minGroups and maxGroups',
      },
    ]);
  });

  test('of every step are told together', () => {
    const object = propagationPolicy({
      preemption: 'Sometimes',
      plcement: {},
      suspension: { dispatching: true, dispatchingOnClusters: { clusterNames: ['member1'] } },
    });
    expect(admit(object).causes.map(({ layer, path }) => [layer, path])).toEqual([
      ['schema', 'spec.plcement'],
      ['schema', 'spec.preemption'],
      ['admission', 'spec.suspension'],
    ]);
  });

  test('fails when a value does not fit its Go type, before any rule', () => {
    const { causes } = admit(
      propagationPolicy({ priority: 2147483648, placement: { spreadConstraints: [{ minGroups: 1.5 }] } }),
    );
    expect(causes.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'spec.placement.spreadConstraints[0].minGroups must be a whole number of 64 bits, got 1.5',
      'spec.priority must be a whole number of 32 bits, got 2147483648',
    ]);
  });

  test('fails when the name is no DNS subdomain, whatever the kind', () => {
    const object = {
      apiVersion: 'remedy.karmada.io/v1alpha1',
      kind: 'Remedy',
      metadata: { name: 'Bad_Name' },
      spec: {},
    };
    expect(admit(object).causes).toMatchObject([{ code: 'object-name', layer: 'schema', path: 'metadata.name' }]);
  });

  test('an empty word that a webhook drops takes the default', () => {
    expect(admit(propagationPolicy({ preemption: '', conflictResolution: '' })).stored?.spec).toMatchObject({
      preemption: 'Never',
      conflictResolution: 'Abort',
    });
  });
});

describe('updates', () => {
  const id = { labels: { 'propagationpolicy.karmada.io/permanent-id': 'a' } };

  test('fails when the scheduler of a policy changes; the default counts as written', () => {
    const oldObject = propagationPolicy({}, id);
    const update = (schedulerName: string) =>
      admit(propagationPolicy({ schedulerName }, id), { operation: 'UPDATE', oldObject }).causes.map(
        ({ message }) => message,
      );
    expect(update('other')).toEqual(['cannot change from "default-scheduler" to "other"']);
    expect(update('default-scheduler')).toEqual([]);
  });

  test('fails when the id of a policy changes', () => {
    const sent = propagationPolicy({}, { labels: { 'propagationpolicy.karmada.io/permanent-id': 'b' } });
    expect(admit(sent, { operation: 'UPDATE', oldObject: propagationPolicy({}, id) }).causes).toMatchObject([
      { code: 'permanent-id-immutable', path: 'metadata.labels[propagationpolicy.karmada.io/permanent-id]' },
    ]);
  });

  test('fails when the name or the namespace changes', () => {
    const sent = multiClusterService({}, { name: 'other' });
    expect(admit(sent, { operation: 'UPDATE', oldObject: multiClusterService() }).causes).toMatchObject([
      { code: 'metadata-immutable', path: 'metadata.name', message: 'cannot change from "shop" to "other"' },
    ]);
  });
});

describe('others', () => {
  const script = { retention: { luaScript: 'function Retain(desired, observed) return desired end' } };

  test('fails when another customization already defines the operation', () => {
    const { causes } = admit(interpreterCustomization('mine', script), {
      others: [interpreterCustomization('theirs', script)],
    });
    expect(causes.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'spec.customizations.retention: theirs already defines Retain for example.com/v1 Shop',
    ]);
  });

  test('the object itself is no other', () => {
    const object = interpreterCustomization('mine', script);
    expect(admit(object, { others: [object] }).causes).toEqual([]);
  });
});

describe('kinds that are not Karmada’s', () => {
  test('keep their content, right or wrong, if nothing defines them', () => {
    const object = {
      apiVersion: 'shop.example.com/v1',
      kind: 'Shop',
      metadata: { name: 'shop' },
      spec: { replicas: 'many' },
    };
    expect(admit(object)).toEqual({ causes: [], stored: object });
  });

  test('are checked by the schemas of Kubernetes', () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: { replicas: 'many' },
    };
    const { causes, stored } = admit(object);
    expect(stored).toBeUndefined();
    expect(causes).toContainEqual({
      code: 'wrong-type',
      layer: 'schema',
      path: 'spec.replicas',
      message: 'replicas must be a whole number, got "many"',
      fix: 'give a whole number',
    });
  });

  test.each([
    {
      what: 'a name',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Shop' } },
      path: 'metadata.name',
    },
    {
      what: 'a label',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop', labels: { app: 'a b' } } },
      path: 'metadata.labels',
    },
    {
      what: 'a label that is a number',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop', labels: { app: 1 } } },
      path: 'metadata.labels[app]',
    },
    {
      what: 'the name of a Service',
      object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop.eu' }, spec: { ports: [{ port: 80 }] } },
      path: 'metadata.name',
    },
  ])('fails when $what is none for Kubernetes', ({ object, path }) => {
    expect(admit(object as never).causes).toMatchObject([{ layer: 'schema', path }]);
  });

  test('roles may be named as Kubernetes names its own', () => {
    const object = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'system:shop' },
    };
    expect(admit(object).causes).toEqual([]);
  });
});

describe('releases', () => {
  const elsewhere = propagationPolicy({
    resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'other' }],
  });
  const overflow = {
    clusterAffinities: [{ affinityName: 'near', clusterNames: ['a'], overflowAffinities: [{ affinityName: 'far' }] }],
  };

  // facts.md B.2 and B.3.
  test.each([
    { what: 'a selector in another namespace', object: elsewhere, refused: karmadaVersions.slice(1) },
    {
      what: 'a toleration with operator Gt',
      object: propagationPolicy({ placement: { clusterTolerations: [{ key: 'a', operator: 'Gt', value: '1' }] } }),
      refused: karmadaVersions.slice(2),
    },
    {
      what: 'a field overrider without patches',
      object: overridePolicy({ fieldOverrider: [{ fieldPath: '/data/x' }] }),
      refused: karmadaVersions.slice(2),
    },
    {
      what: 'a workload affinity',
      object: propagationPolicy({ placement: { workloadAffinity: { affinity: { groupByLabelKey: 'app' } } } }),
      refused: ['1.16'],
    },
    {
      what: 'a purge mode by its old name',
      object: propagationPolicy({
        propagateDeps: true,
        failover: { application: { decisionConditions: {}, purgeMode: 'Graciously' } },
      }),
      refused: ['1.19'],
    },
    {
      what: 'an overflow without capacity',
      object: propagationPolicy({ placement: overflow }),
      refused: karmadaVersions,
    },
  ])('$what is refused in $refused', ({ object, refused }) => {
    const refusing = karmadaVersions.filter((karmada) => admit(object, { karmada }).causes.length > 0);
    expect(refusing).toEqual(refused);
  });
});
