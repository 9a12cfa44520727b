import { byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

describeRule('no-excluded-cluster-name', {
  passes: [
    {
      name: 'names, and others excluded',
      manifests: placed(`{ clusterAffinity: { clusterNames: [member1, member2], exclude: [member3] }, ${duplicated} }`),
    },
    {
      name: 'labels, and one excluded',
      manifests: placed(
        `{ clusterAffinity: { labelSelector: { matchLabels: { env: prod } }, exclude: [member2] }, ${duplicated} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'a name that is excluded',
      manifests: placed(`{ clusterAffinity: { clusterNames: [member1, member2], exclude: [member2] }, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity.clusterNames[1]',
          severity: 'warning',
          message: 'cluster "member2" is both named and excluded, so it is not selected',
          fix: 'remove "member2" from exclude to select it, or from clusterNames to leave it out',
        },
      ],
    },
    {
      name: 'a name that a weight of a cluster policy excludes',
      manifests: policyText(
        'all',
        `{ ${named('member1', 'member2')}, ${byWeights(['{ clusterNames: [member1], exclude: [member1] }', 2], ['{ clusterNames: [member2] }', 1])} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].targetCluster.clusterNames[0]',
          severity: 'warning',
          message: 'cluster "member1" is both named and excluded, so it is not selected',
          fix: 'remove "member1" from exclude to select it, or from clusterNames to leave it out',
        },
      ],
    },
  ],
});
