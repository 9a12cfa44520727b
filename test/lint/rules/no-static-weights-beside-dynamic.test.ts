import { byCapacity, byWeights, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const both = byWeights(['{ clusterNames: [member1] }', 2], ['{ clusterNames: [member2] }', 1]).replace(
  'staticWeightList',
  'dynamicWeight: AvailableReplicas, staticWeightList',
);

describeRule('no-static-weights-beside-dynamic', {
  passes: [
    {
      name: 'static weights alone',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights(['{ clusterNames: [member1] }', 2], ['{ clusterNames: [member2] }', 1])} }`,
      ),
    },
    { name: 'a dynamic weight alone', manifests: placed(`{ ${named('member1', 'member2')}, ${byCapacity} }`) },
    {
      name: 'a dynamic weight beside an empty list',
      manifests: placed(
        `{ ${named('member1')}, ${byCapacity.replace('dynamicWeight', 'staticWeightList: [], dynamicWeight')} }`,
      ),
    },
    {
      name: 'both where no weight counts, which no-ignored-division-settings tells',
      manifests: placed(`{ ${named('member1')}, ${both.replace('Divided', 'Duplicated')} }`),
    },
  ],
  reports: [
    {
      name: 'both',
      manifests: placed(`{ ${named('member1', 'member2')}, ${both} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          severity: 'error',
          message:
            'the 2 static weights are ignored because dynamicWeight: AvailableReplicas takes precedence over staticWeightList',
          fix: 'remove dynamicWeight to divide by static weights, or remove staticWeightList to divide by free capacity',
        },
      ],
    },
    {
      name: 'both in a cluster policy, whose type and preference are defaults',
      manifests: policyText(
        'all',
        `{ ${named('member1')}, replicaScheduling: { weightPreference: { dynamicWeight: AvailableReplicas, staticWeightList: [{ targetCluster: { labelSelector: { matchLabels: { env: prod } } }, weight: 1 }] } } }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          severity: 'error',
          message:
            'the static weight is ignored because dynamicWeight: AvailableReplicas takes precedence over staticWeightList',
          fix: 'remove dynamicWeight to divide by static weights, or remove staticWeightList to divide by free capacity',
        },
      ],
    },
  ],
});
