import { byCapacity, byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const weights = byWeights(['{ clusterNames: [member1] }', 1], ['{ clusterNames: [member2] }', 1]);
const spread = 'spreadConstraints: [{ spreadByField: cluster, minGroups: 2, maxGroups: 2 }]';

describeRule('no-spread-with-static-weights', {
  passes: [
    {
      name: 'spread constraints that count: by capacity',
      manifests: placed(`{ ${named('member1', 'member2')}, ${spread}, ${byCapacity} }`),
    },
    {
      name: 'spread constraints that count: Duplicated',
      manifests: placed(`{ ${named('member1', 'member2')}, ${spread}, ${duplicated} }`),
    },
    {
      name: 'an empty weightPreference, with which they count',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${spread}, replicaScheduling: { replicaSchedulingType: Divided, weightPreference: {} } }`,
      ),
    },
    {
      name: 'static weights without spread constraints',
      manifests: placed(`{ ${named('member1', 'member2')}, spreadConstraints: [], ${weights} }`),
    },
  ],
  reports: [
    {
      name: 'as many clusters as wanted, ignored',
      manifests: placed(`{ ${named('member1', 'member2', 'member3')}, ${spread}, ${weights} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints',
          severity: 'warning',
          message: 'the spread over 2 clusters is ignored: web divides by static weights',
          fix: 'list the clusters in clusterAffinity, or divide by dynamicWeight: AvailableReplicas, which respects spread constraints',
        },
      ],
    },
    {
      name: 'regions and clusters, in a cluster policy by labels',
      manifests: policyText(
        'all',
        `{ clusterAffinity: { labelSelector: { matchLabels: { env: prod } } }, spreadConstraints: [{ spreadByField: region, minGroups: 1, maxGroups: 2 }, { spreadByField: cluster, minGroups: 2 }], ${weights} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.spreadConstraints',
          severity: 'warning',
          message:
            'the spread over 1 to 2 regions and the spread over at least 2 clusters are ignored: all divides by static weights',
          fix: 'list the clusters in clusterAffinity, or divide by dynamicWeight: AvailableReplicas, which respects spread constraints',
        },
      ],
    },
    {
      name: 'Divided without a weightPreference, which weighs all the same',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${spread}, replicaScheduling: { replicaSchedulingType: Divided } }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints',
          severity: 'warning',
          message:
            'the spread over 2 clusters is ignored: web divides by equal static weights, the default of Divided without a weightPreference',
          fix: 'list the clusters in clusterAffinity, or divide by dynamicWeight: AvailableReplicas, which respects spread constraints',
        },
      ],
    },
  ],
});
