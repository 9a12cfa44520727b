import { deploymentIn, propagation, texts, weighted } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const placed = (placement: object, key = 'PropagationPolicy/shop/web') =>
  texts(deploymentIn('shop', 'web'), propagation(key, ['apps/v1 Deployment'], { placement }));
const prod = { clusterAffinity: { labelSelector: { matchLabels: { env: 'prod' } } } };
const us = { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['us'] }] } };

describeRule('no-dead-weight', {
  passes: [
    {
      name: 'a weight for each cluster of the affinity',
      manifests: placed(
        weighted(prod, [
          [2, 'member1'],
          [1, 'member2'],
        ]),
      ),
    },
    {
      name: 'one rule for clusters inside and outside',
      manifests: placed(weighted(prod, [[1, 'member1,member2,member3']])),
    },
    {
      name: 'weights for the clusters of every group',
      manifests: placed(
        weighted(
          {
            clusterAffinities: [
              { affinityName: 'eu', clusterNames: ['member1', 'member2'] },
              { affinityName: 'us', clusterNames: ['member3'] },
            ],
          },
          [
            [1, 'member1'],
            [1, 'member2'],
            [1, 'member3'],
          ],
        ),
      ),
    },
    {
      name: 'no affinity at all',
      manifests: placed(
        weighted({}, [
          [1, 'member1'],
          [1, 'member2'],
          [3, us],
        ]),
      ),
    },
    {
      name: 'weights that do not count',
      manifests: placed({
        ...prod,
        replicaScheduling: {
          replicaSchedulingType: 'Duplicated',
          weightPreference: { staticWeightList: [{ targetCluster: { clusterNames: ['member3'] }, weight: 1 }] },
        },
      }),
    },
    {
      name: 'a name that the fleet does not have, which another rule tells',
      manifests: placed(
        weighted(prod, [
          [1, 'member1'],
          [1, 'member2'],
          [1, 'member9'],
        ]),
      ),
    },
  ],
  reports: [
    {
      name: 'a cluster outside the affinity',
      manifests: placed(
        weighted(prod, [
          [2, 'member1'],
          [1, 'member2'],
          [3, 'member3'],
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[2].targetCluster',
          message:
            'weight 3 of PropagationPolicy/shop/web is for member3, which the placement does not select: it selects member1 and member2',
          fix: 'add member3 to the affinity, or remove the weight',
        },
      ],
    },
    {
      name: 'a cluster that is excluded, in a cluster policy',
      manifests: placed(
        weighted({ clusterAffinity: { exclude: ['member2'] } }, [
          [1, 'member1'],
          [1, 'member2'],
          [1, 'member3'],
        ]),
        'ClusterPropagationPolicy/web',
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[1].targetCluster',
          message:
            'weight 1 of ClusterPropagationPolicy/web is for member2, which the placement does not select: it selects member1 and member3',
          fix: 'add member2 to the affinity, or remove the weight',
        },
      ],
    },
    {
      name: 'a region outside the affinity, and a label that no cluster has',
      manifests: placed(
        weighted(prod, [
          [2, 'member1,member2'],
          [1, us],
          [1, { labelSelector: { matchLabels: { env: 'edge' } } }],
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[1].targetCluster',
          message:
            'weight 1 of PropagationPolicy/shop/web is for member3, which the placement does not select: it selects member1 and member2',
          fix: 'add member3 to the affinity, or remove the weight',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[2].targetCluster',
          message: 'weight 1 of PropagationPolicy/shop/web is for clusters of which the fleet has none',
          fix: 'add these clusters to the affinity, or remove the weight',
        },
      ],
    },
  ],
});
