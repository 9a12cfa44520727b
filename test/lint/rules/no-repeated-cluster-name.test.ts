import { aggregated, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

describeRule('no-repeated-cluster-name', {
  passes: [
    { name: 'each name once', manifests: placed(`{ ${named('member1', 'member2')}, ${duplicated} }`) },
    {
      name: 'one name in two groups',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: one, clusterNames: [member1] }, { affinityName: both, clusterNames: [member1, member2] }], ${aggregated} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'a name twice',
      manifests: placed(`{ ${named('member1', 'member2', 'member1')}, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity.clusterNames[2]',
          severity: 'warning',
          message: 'clusterAffinity names cluster "member1" twice',
          fix: 'remove the second "member1", or replace it with the intended cluster',
        },
      ],
    },
    {
      name: 'a name twice among what a cluster policy excludes, and in a suspension',
      manifests: policyText('all', `{ clusterAffinity: { exclude: [member3, member3] }, ${duplicated} }`, {
        kind: 'ClusterPropagationPolicy',
        spec: 'suspension: { dispatchingOnClusters: { clusterNames: [member1, member1] } }',
      }),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinity.exclude[1]',
          severity: 'warning',
          message: 'clusterAffinity names cluster "member3" twice',
          fix: 'remove the second "member3", or replace it with the intended cluster',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.suspension.dispatchingOnClusters.clusterNames[1]',
          severity: 'warning',
          message: 'suspension.dispatchingOnClusters names cluster "member1" twice',
          fix: 'remove the second "member1", or replace it with the intended cluster',
        },
      ],
    },
  ],
});
