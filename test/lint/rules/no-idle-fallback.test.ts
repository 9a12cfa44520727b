import {
  aggregated,
  byCapacity,
  byWeights,
  duplicated,
  named,
  placed,
  policyText,
} from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const groups =
  'clusterAffinities: [{ affinityName: near, clusterNames: [member1] }, { affinityName: far, clusterNames: [member3] }]';

describeRule('no-idle-fallback', {
  passes: [
    { name: 'Aggregated', manifests: placed(`{ ${groups}, ${aggregated} }`) },
    { name: 'a dynamic weight', manifests: placed(`{ ${groups}, ${byCapacity} }`) },
    {
      name: 'one group',
      manifests: placed(`{ clusterAffinities: [{ affinityName: near, clusterNames: [member1] }], ${duplicated} }`),
    },
    { name: 'one affinity', manifests: placed(`{ ${named('member1')}, ${duplicated} }`) },
  ],
  reports: [
    {
      name: 'Duplicated',
      manifests: placed(`{ ${groups}, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities[1]',
          severity: 'warning',
          message:
            'affinity group "far" will not be used when "near" is full: web runs all replicas in every cluster (Duplicated), which ignores capacity',
          fix: 'divide by capacity (replicaDivisionPreference: Aggregated, or dynamicWeight: AvailableReplicas), or write one clusterAffinity',
        },
      ],
    },
    {
      name: 'no replicaScheduling, which is Duplicated, and three groups by labels in a cluster policy',
      manifests: policyText(
        'all',
        `{ clusterAffinities: [{ affinityName: a, labelSelector: { matchLabels: { env: prod } } }, { affinityName: b, clusterNames: [member3] }, { affinityName: c, clusterNames: [member1] }] }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinities[1]',
          severity: 'warning',
          message:
            'affinity groups "b" and "c" will not be used when "a" is full: all runs all replicas in every cluster (Duplicated), which ignores capacity',
          fix: 'divide by capacity (replicaDivisionPreference: Aggregated, or dynamicWeight: AvailableReplicas), or write one clusterAffinity',
        },
      ],
    },
    {
      name: 'static weights',
      manifests: placed(
        `{ ${groups}, ${byWeights(['{ clusterNames: [member1] }', 1], ['{ clusterNames: [member3] }', 1])} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities[1]',
          severity: 'warning',
          message:
            'affinity group "far" will not be used when "near" is full: web divides by static weights, which ignores capacity',
          fix: 'divide by capacity (replicaDivisionPreference: Aggregated, or dynamicWeight: AvailableReplicas), or write one clusterAffinity',
        },
      ],
    },
    {
      name: 'Duplicated with cluster failover, which taints what fails',
      manifests: placed(`{ ${groups}, ${duplicated} }`, { spec: 'failover: { cluster: { purgeMode: Directly } }' }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities[1]',
          severity: 'info',
          message:
            'affinity group "far" will not be used when "near" is full: web runs all replicas in every cluster (Duplicated), which ignores capacity',
          fix: 'divide by capacity (replicaDivisionPreference: Aggregated, or dynamicWeight: AvailableReplicas), or write one clusterAffinity',
        },
      ],
    },
  ],
});
