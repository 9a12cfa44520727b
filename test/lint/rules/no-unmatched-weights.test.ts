import { deploymentIn, propagation, texts, weighted } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const placed = (placement: object, key = 'PropagationPolicy/shop/web') =>
  texts(deploymentIn('shop', 'web'), propagation(key, ['apps/v1 Deployment'], { placement }));
const two = { clusterAffinity: { clusterNames: ['member1', 'member2'] } };

describeRule('no-unmatched-weights', {
  passes: [
    {
      name: 'one weight that matches',
      manifests: placed(
        weighted(two, [
          [1, 'member1'],
          [1, 'member3'],
        ]),
      ),
    },
    {
      name: 'no weights, for equal parts',
      manifests: placed({
        ...two,
        replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
      }),
    },
    {
      name: 'selectors that cannot be read, which another rule tells',
      manifests: placed(
        weighted(two, [[1, { labelSelector: { matchExpressions: [{ key: 'env', operator: 'Near' }] } }]]),
      ),
    },
  ],
  reports: [
    {
      name: 'names of clusters that are no more',
      manifests: placed(
        weighted(two, [
          [3, 'old-1'],
          [1, 'old-2'],
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          message:
            'none of the weights of PropagationPolicy/shop/web is for member1 and member2, so the replicas are divided equally: the weights are for old-1 and old-2',
          fix: 'add weights for member1 and member2, or remove the staticWeightList to divide equally',
        },
      ],
    },
    {
      name: 'labels that none of the chosen clusters has',
      manifests: placed(
        weighted(two, [[3, { labelSelector: { matchLabels: { env: 'test' } } }]]),
        'ClusterPropagationPolicy/web',
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          message:
            'none of the weights of ClusterPropagationPolicy/web is for member1 and member2, so the replicas are divided equally: the weights are for member3',
          fix: 'add weights for member1 and member2, or remove the staticWeightList to divide equally',
        },
      ],
    },
    {
      name: 'a group of its own, as a warning',
      manifests: placed(
        weighted(
          {
            clusterAffinities: [
              { affinityName: 'primary', clusterNames: ['member1', 'member2'] },
              { affinityName: 'backup', clusterNames: ['member3'] },
            ],
          },
          [
            [1, 'member1'],
            [2, 'member2'],
          ],
        ),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          message:
            'none of the weights of PropagationPolicy/shop/web is for member3 in group "backup", so the replicas are divided equally: the weights are for member1 and member2',
          fix: 'add weights for member3, or remove the staticWeightList to divide equally',
          severity: 'warning',
        },
      ],
    },
  ],
});
