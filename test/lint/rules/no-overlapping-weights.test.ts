import { deploymentIn, propagation, texts, weighted } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const placed = (placement: object, key = 'PropagationPolicy/shop/web') =>
  texts(deploymentIn('shop', 'web'), propagation(key, ['apps/v1 Deployment'], { placement }));
const all = { clusterAffinity: { clusterNames: ['member1', 'member2', 'member3'] } };
const prod = { labelSelector: { matchLabels: { env: 'prod' } } };

describeRule('no-overlapping-weights', {
  passes: [
    {
      name: 'one weight for each',
      manifests: placed(
        weighted(all, [
          [2, prod],
          [1, 'member3'],
        ]),
      ),
    },
    {
      name: 'an overlap outside the affinity',
      manifests: placed(
        weighted({ clusterAffinity: { clusterNames: ['member3'] } }, [
          [2, prod],
          [1, 'member1,member3'],
        ]),
      ),
    },
  ],
  reports: [
    {
      name: 'a cluster named twice',
      manifests: placed(
        weighted(all, [
          [1, 'member1,member2'],
          [3, 'member2,member3'],
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[1].targetCluster',
          message: 'member2 has the weights 1 and 3 in PropagationPolicy/shop/web: 3 is used',
          fix: 'match member2 in only one entry of the staticWeightList',
        },
      ],
    },
    {
      name: 'a label and a name',
      manifests: placed(
        weighted(all, [
          [1, prod],
          [5, 'member1'],
          [1, 'member3'],
        ]),
        'ClusterPropagationPolicy/web',
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[1].targetCluster',
          message: 'member1 has the weights 1 and 5 in ClusterPropagationPolicy/web: 5 is used',
          fix: 'match member1 in only one entry of the staticWeightList',
        },
      ],
    },
    {
      name: 'three rules over two clusters',
      manifests: placed(
        weighted({ clusterAffinity: prod }, [
          [1, 'member1,member2'],
          [2, prod],
          [3, { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] } }],
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[2].targetCluster',
          message: 'member1 and member2 have the weights 1, 2 and 3 in PropagationPolicy/shop/web: 3 is used',
          fix: 'match member1 and member2 in only one entry of the staticWeightList',
        },
      ],
    },
  ],
});
