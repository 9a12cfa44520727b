import { deploymentIn, propagation, texts, weighted } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const clusterAffinity = { clusterNames: ['member1', 'member2'] };
const scheduled = (replicaScheduling: object | undefined, key = 'PropagationPolicy/shop/web') =>
  texts(
    web,
    propagation(key, ['apps/v1 Deployment'], {
      placement: { clusterAffinity, ...(replicaScheduling && { replicaScheduling }) },
    }),
  );
const weights = weighted({}, [
  [1, 'member1'],
  [2, 'member2'],
]) as { replicaScheduling: { weightPreference: object } };

describeRule('no-implicit-division', {
  passes: [
    { name: 'no replicaScheduling, which duplicates', manifests: scheduled(undefined) },
    {
      name: 'a type',
      manifests:
        scheduled({ replicaSchedulingType: 'Duplicated' }) +
        scheduled({ replicaSchedulingType: 'Divided' }, 'PropagationPolicy/shop/other'),
    },
    {
      name: 'a preference, which says that replicas are divided',
      manifests: scheduled({ replicaDivisionPreference: 'Aggregated' }),
    },
  ],
  reports: [
    {
      name: 'an empty replicaScheduling',
      manifests: scheduled({}),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling',
          message:
            'replicaScheduling of PropagationPolicy/shop/web is empty: replicas are divided equally, not duplicated',
          fix: 'add replicaSchedulingType: Duplicated or Divided, or remove replicaScheduling, which duplicates',
        },
      ],
    },
    {
      name: 'weights alone',
      manifests: scheduled({ weightPreference: weights.replicaScheduling.weightPreference }),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.placement.replicaScheduling',
          message:
            'replicaScheduling of PropagationPolicy/shop/web has a weightPreference but no replicaSchedulingType: replicas are divided by default',
          fix: 'add replicaSchedulingType: Divided and replicaDivisionPreference: Weighted',
        },
      ],
    },
    {
      name: 'dynamic weights alone in a cluster policy',
      manifests: scheduled(
        { weightPreference: { dynamicWeight: 'AvailableReplicas' } },
        'ClusterPropagationPolicy/web',
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.placement.replicaScheduling',
          message:
            'replicaScheduling of ClusterPropagationPolicy/web has a weightPreference but no replicaSchedulingType: replicas are divided by default',
          fix: 'add replicaSchedulingType: Divided and replicaDivisionPreference: Weighted',
        },
      ],
    },
  ],
});
