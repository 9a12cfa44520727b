import { Fleet } from '../../../src/model/fleet';
import { deploymentIn, propagation, serviceIn, texts, weighted } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const placed = (placement: object, key = 'PropagationPolicy/shop/web') =>
  texts(deploymentIn('shop', 'web'), propagation(key, ['apps/v1 Deployment'], { placement }));
const all = { clusterAffinity: { clusterNames: ['member1', 'member2', 'member3'] } };
const eu = { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] } };
const tainted = Fleet.of({ member1: {}, member2: {}, member3: { taints: [{ key: 'edge', effect: 'NoSchedule' }] } });

describeRule('no-candidate-without-weight', {
  passes: [
    {
      name: 'weights for all clusters, by name and by region',
      manifests: placed(
        weighted(all, [
          [2, eu],
          [1, 'member3'],
        ]),
      ),
    },
    {
      name: 'no weight at all for the clusters, which shares them equally',
      manifests: placed(weighted({ clusterAffinity: { clusterNames: ['member1'] } }, [[1, 'member3']])),
    },
    {
      name: 'a cluster that takes no workloads in any case',
      fleet: tainted,
      manifests: placed(
        weighted(all, [
          [1, 'member1'],
          [1, 'member2'],
        ]),
      ),
    },
    {
      name: 'a group without weights, which shares equally',
      manifests: placed(
        weighted(
          {
            clusterAffinities: [
              { affinityName: 'eu', ...eu },
              { affinityName: 'us', clusterNames: ['member3'] },
            ],
          },
          [
            [1, 'member1'],
            [2, 'member2'],
          ],
        ),
      ),
    },
  ],
  reports: [
    {
      name: 'a named cluster',
      manifests: placed(
        weighted(all, [
          [1, 'member1'],
          [1, 'member2'],
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          message: 'PropagationPolicy/shop/web selects member3 but gives it no weight: no replica ever runs there',
          fix: 'add a weight for member3, or remove it from the affinity',
        },
      ],
    },
    {
      name: 'a cluster that the label of the affinity chooses, with a Service that goes there',
      manifests: texts(
        deploymentIn('shop', 'web'),
        serviceIn('shop', 'web'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', 'v1 Service web'], {
          placement: weighted({ clusterAffinity: { labelSelector: { matchLabels: { env: 'prod' } } } }, [
            [1, 'member1'],
          ]),
        }),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          message: 'PropagationPolicy/shop/web selects member2 but gives it no weight: no replica ever runs there',
          fix: 'add a weight for member2, or remove it from the affinity',
        },
      ],
    },
    {
      name: 'every cluster but those of a region',
      manifests: placed(
        weighted({}, [
          [1, { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'NotIn', values: ['eu'] }] } }],
        ]),
        'ClusterPropagationPolicy/web',
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList',
          message:
            'ClusterPropagationPolicy/web selects member1 and member2 but gives them no weight: no replica ever runs there',
          fix: 'add a weight for member1 and member2, or remove them from the affinity',
        },
      ],
    },
  ],
});
