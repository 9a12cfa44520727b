import { aggregated, duplicated, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

describeRule('no-affinity-without-clusters', {
  passes: [
    {
      name: 'labels that clusters have',
      manifests: placed(`{ clusterAffinity: { labelSelector: { matchLabels: { env: test } } }, ${duplicated} }`),
    },
    { name: 'no affinity at all', manifests: placed(`{ ${duplicated} }`) },
  ],
  reports: [
    {
      name: 'a label value that no cluster has',
      manifests: placed(`{ clusterAffinity: { labelSelector: { matchLabels: { env: production } } }, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity',
          severity: 'error',
          message: 'no cluster of the fleet matches clusterAffinity: label env=production',
          fix: 'use a value of label "env" that a cluster has: prod or test',
        },
      ],
    },
    {
      name: 'a label that no cluster has, beside a name',
      manifests: placed(
        `{ clusterAffinity: { clusterNames: [member1], labelSelector: { matchLabels: { tier: gold } } }, ${duplicated} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity',
          severity: 'error',
          message: 'no cluster of the fleet matches clusterAffinity: label tier=gold and clusterNames member1',
          fix: 'label the clusters with "tier", or choose them by another label',
        },
      ],
    },
    {
      name: 'a region that no cluster has, in a cluster policy',
      manifests: policyText(
        'all',
        `{ clusterAffinity: { fieldSelector: { matchExpressions: [{ key: region, operator: In, values: [asia] }] } }, ${duplicated} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinity',
          severity: 'error',
          message: 'no cluster of the fleet matches clusterAffinity: region In asia',
          fix: 'use a region that a cluster has: eu or us',
        },
      ],
    },
    {
      name: 'one of two groups',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: gold, labelSelector: { matchExpressions: [{ key: tier, operator: In, values: [gold] }] } }, { affinityName: rest, clusterNames: [member1] }], ${aggregated} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities[0]',
          severity: 'warning',
          message: 'no cluster of the fleet matches affinity group "gold": label tier In gold',
          fix: 'label the clusters with "tier", or choose them by another label',
        },
      ],
    },
    {
      name: 'names that are not in the fleet, behind no-unknown-cluster',
      manifests: placed(`{ clusterAffinity: { clusterNames: [member9] }, ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity',
          severity: 'error',
          message: 'no cluster of the fleet matches clusterAffinity: clusterNames member9',
          fix: 'choose from member1, member2, member3',
        },
      ],
    },
  ],
});
