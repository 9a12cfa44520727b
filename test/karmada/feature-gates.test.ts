import { describe, expect, test } from 'vitest';
import {
  defaultFeatureGates,
  type FeatureGateName,
  featureGates,
  knownFeatureGates,
} from '../../src/karmada/feature-gates';
import { gatesNeeded } from '../../src/karmada/gates-needed';
import { defaultKarmadaVersion, type KarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import {
  clusterTaintPolicy,
  federatedResourceQuota,
  interpreterCustomization,
  multiClusterService,
  propagationPolicy,
} from '../support/karmada-objects';

// facts.md I, the table of gates.
describe('feature gates', () => {
  test('what is on by default', () => {
    const always: FeatureGateName[] = ['CustomizedClusterResourceModeling', 'GracefulEviction', 'PropagateDeps'];
    expect(defaultFeatureGates('1.16')).toEqual(always);
    expect(defaultFeatureGates('1.17')).toEqual(['ControllerPriorityQueue', ...always]);
    expect(defaultFeatureGates('1.18')).toEqual(['ControllerPriorityQueue', ...always]);
    const [modeling, eviction, dependencies] = always;
    expect(defaultFeatureGates('1.19')).toEqual([
      'ControllerPriorityQueue',
      modeling,
      eviction,
      'PriorityBasedScheduling',
      dependencies,
    ]);
  });

  test('what a release knows', () => {
    const missing = (karmada: KarmadaVersion) =>
      featureGates.map(({ name }) => name).filter((name) => !knownFeatureGates(karmada).includes(name));
    expect(missing('1.16')).toEqual(['SchedulingOvercommitProtection', 'WorkloadAffinity']);
    expect(missing('1.17')).toEqual(['SchedulingOvercommitProtection']);
    expect(missing('1.18')).toEqual([]);
  });
});

describe('gatesNeeded', () => {
  const rules = [{ aliasLabelName: 'state', jsonPath: '{.x}' }];
  const statePreservation = { rules };

  test.each<{ what: string; object: KubernetesObject; karmada?: KarmadaVersion; needed: readonly string[] }>([
    { what: 'a MultiClusterService', object: multiClusterService(), needed: ['MultiClusterService '] },
    {
      what: 'a ClusterTaintPolicy',
      object: clusterTaintPolicy({ key: 'a', effect: 'NoSchedule' }),
      needed: ['Failover '],
    },
    {
      what: 'a quota for all clusters together',
      object: federatedResourceQuota({ overall: { cpu: '1' } }),
      needed: ['FederatedQuotaEnforcement spec.overall'],
    },
    {
      what: 'a quota that is handed out',
      object: federatedResourceQuota({
        overall: { cpu: '1' },
        staticAssignments: [{ clusterName: 'm1', hard: { cpu: '1' } }],
      }),
      needed: [],
    },
    {
      what: 'a policy that preempts',
      object: propagationPolicy({ preemption: 'Always' }),
      needed: ['PropagationPolicyPreemption spec.preemption'],
    },
    { what: 'a policy that does not', object: propagationPolicy({ preemption: 'Never' }), needed: [] },
    {
      what: 'workloads that attract each other',
      object: propagationPolicy({ placement: { workloadAffinity: {} } }),
      needed: ['WorkloadAffinity spec.placement.workloadAffinity'],
    },
    {
      what: 'a priority, before Karmada 1.19',
      object: propagationPolicy({ schedulePriority: {} }),
      karmada: '1.18',
      needed: ['PriorityBasedScheduling spec.schedulePriority'],
    },
    { what: 'a priority', object: propagationPolicy({ schedulePriority: {} }), needed: [] },
    { what: 'failover of applications', object: propagationPolicy({ failover: { application: {} } }), needed: [] },
    {
      what: 'failover that carries state',
      object: propagationPolicy({ failover: { application: { statePreservation } } }),
      needed: ['StatefulFailoverInjection spec.failover.application.statePreservation'],
    },
    {
      what: 'failover of clusters that carries state',
      object: propagationPolicy({ failover: { cluster: { statePreservation } } }),
      needed: ['Failover spec.failover.cluster', 'StatefulFailoverInjection spec.failover.cluster.statePreservation'],
    },
    {
      what: 'components of a kind',
      object: interpreterCustomization('a', { componentResource: {} }),
      needed: ['MultiplePodTemplatesScheduling spec.customizations.componentResource'],
    },
    { what: 'a kind of another group', object: { apiVersion: 'v1', kind: 'MultiClusterService' }, needed: [] },
    { what: 'an object that is none', object: { ...propagationPolicy(), spec: 7 }, needed: [] },
  ])('$what', ({ object, karmada, needed }) => {
    expect(gatesNeeded(object, karmada).map(({ gate, path }) => `${gate} ${path}`)).toEqual(needed);
  });

  test('says what switches the gate on, and where', () => {
    expect(gatesNeeded(multiClusterService())).toEqual([
      {
        gate: 'MultiClusterService',
        path: '',
        why: 'no controller processes MultiClusterServices, so the Service stays in its cluster',
        flag: '--feature-gates=MultiClusterService=true',
        components: ['karmada-controller-manager', 'karmada-agent'],
      },
    ]);
  });

  test('what is declared is on', () => {
    expect(gatesNeeded(multiClusterService(), defaultKarmadaVersion, ['MultiClusterService'])).toEqual([]);
  });
});
