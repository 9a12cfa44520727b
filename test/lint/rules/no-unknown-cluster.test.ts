import { aggregated, byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const others = `---
apiVersion: policy.karmada.io/v1alpha1
kind: OverridePolicy
metadata: { name: web, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
  overrideRules:
    - targetCluster: { clusterNames: [east] }
      overriders: { labelsOverrider: [{ operator: add, value: { a: b } }] }
---
apiVersion: policy.karmada.io/v1alpha1
kind: FederatedResourceQuota
metadata: { name: web, namespace: default }
spec: { overall: { cpu: 4 }, staticAssignments: [{ clusterName: west, hard: { cpu: 4 } }] }
---
apiVersion: networking.karmada.io/v1alpha1
kind: MultiClusterService
metadata: { name: web, namespace: default }
spec: { types: [CrossCluster], providerClusters: [{ name: member1 }], consumerClusters: [{ name: north }] }
---
apiVersion: remedy.karmada.io/v1alpha1
kind: Remedy
metadata: { name: dns }
spec: { clusterAffinity: { clusterNames: [south] }, actions: [TrafficControl] }
---
apiVersion: policy.karmada.io/v1alpha1
kind: ClusterTaintPolicy
metadata: { name: taints }
spec:
  targetClusters: { clusterNames: [center] }
  taints: [{ key: a, effect: NoSchedule }]
`;

describeRule('no-unknown-cluster', {
  passes: [
    { name: 'names of the fleet', manifests: placed(`{ ${named('member1', 'member2')}, ${duplicated} }`) },
    {
      name: 'any name where the fleet is not known',
      manifests: placed(`{ ${named('member9')}, ${duplicated} }`),
      fleet: undefined,
    },
    {
      name: 'labels',
      manifests: placed(`{ clusterAffinity: { labelSelector: { matchLabels: { env: prod } } }, ${duplicated} }`),
    },
  ],
  reports: [
    {
      name: 'a name in clusterAffinity',
      manifests: placed(`{ ${named('member1', 'membre3')}, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity.clusterNames[1]',
          severity: 'error',
          message: 'clusterAffinity names cluster "membre3", which the fleet does not have',
          fix: 'write "member3", or remove it, or add "membre3" to the fleet',
        },
      ],
    },
    {
      name: 'a name in a group, in an overflow group and in exclude of a cluster policy',
      manifests: policyText(
        'all',
        `{ clusterAffinities: [{ affinityName: near, clusterNames: [east, member1], overflowAffinities: [{ affinityName: far, clusterNames: [west] }] }, { affinityName: rest, exclude: [north] }], ${aggregated} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinities[0].clusterNames[0]',
          severity: 'error',
          message: 'clusterAffinities[0] names cluster "east", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "east" to the fleet',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinities[0].overflowAffinities[0].clusterNames[0]',
          severity: 'error',
          message: 'clusterAffinities[0].overflowAffinities[0] names cluster "west", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "west" to the fleet',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinities[1].exclude[0]',
          severity: 'warning',
          message: 'clusterAffinities[1] excludes cluster "north", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "north" to the fleet',
        },
      ],
    },
    {
      name: 'a name in a weight',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights(['{ clusterNames: [member1] }', 1], ['{ clusterNames: [member22] }', 1])} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[1].targetCluster.clusterNames[0]',
          severity: 'error',
          message: 'staticWeightList[1].targetCluster names cluster "member22", which the fleet does not have',
          fix: 'write "member2", or remove it, or add "member22" to the fleet',
        },
      ],
    },
    {
      name: 'names in other kinds',
      manifests: others,
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].targetCluster.clusterNames[0]',
          severity: 'error',
          message: 'overrideRules[0].targetCluster names cluster "east", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "east" to the fleet',
        },
        {
          object: 'FederatedResourceQuota/default/web',
          path: 'spec.staticAssignments[0].clusterName',
          severity: 'error',
          message: 'staticAssignments names cluster "west", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "west" to the fleet',
        },
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.consumerClusters[0].name',
          severity: 'error',
          message: 'consumerClusters names cluster "north", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "north" to the fleet',
        },
        {
          object: 'Remedy/dns',
          path: 'spec.clusterAffinity.clusterNames[0]',
          severity: 'error',
          message: 'clusterAffinity names cluster "south", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "south" to the fleet',
        },
        {
          object: 'ClusterTaintPolicy/taints',
          path: 'spec.targetClusters.clusterNames[0]',
          severity: 'error',
          message: 'targetClusters names cluster "center", which the fleet does not have',
          fix: 'use one of member1, member2, member3, or remove it, or add "center" to the fleet',
        },
      ],
    },
  ],
});
