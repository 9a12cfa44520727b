import {
  aggregated,
  byCapacity,
  byWeights,
  duplicated,
  named,
  placed,
  policyText,
} from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const weights = byWeights(['{ clusterNames: [member1] }', 2], ['{ clusterNames: [member2] }', 1]);

describeRule('no-ignored-division-settings', {
  passes: [
    { name: 'Duplicated without settings', manifests: placed(`{ ${named('member1')}, ${duplicated} }`) },
    {
      name: 'an empty weightPreference, which says nothing',
      manifests: placed(
        `{ ${named('member1')}, replicaScheduling: { replicaSchedulingType: Duplicated, weightPreference: {} } }`,
      ),
    },
    {
      name: 'weights that are used',
      manifests: placed(`{ ${named('member1')}, ${byWeights(['{ clusterNames: [member1] }', 1])} }`),
    },
    { name: 'Aggregated without weights', manifests: placed(`{ ${named('member1')}, ${aggregated} }`) },
    { name: 'no replicaScheduling', manifests: placed(`{ ${named('member1')} }`) },
  ],
  reports: [
    {
      name: 'static weights with Duplicated',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${weights.replace('Divided', 'Duplicated').replace('replicaDivisionPreference: Weighted, ', '')} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference',
          severity: 'warning',
          message:
            'the 2 weights in weightPreference are ignored: replicaSchedulingType Duplicated runs all replicas in every cluster',
          fix: 'set replicaSchedulingType: Divided to divide by weight, or remove weightPreference',
        },
      ],
    },
    {
      name: 'a dynamic weight and a preference with Duplicated',
      manifests: placed(`{ ${named('member1')}, ${byCapacity.replace('Divided', 'Duplicated')} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference',
          severity: 'warning',
          message:
            'weightPreference.dynamicWeight AvailableReplicas is ignored: replicaSchedulingType Duplicated runs all replicas in every cluster',
          fix: 'set replicaSchedulingType: Divided to divide by weight, or remove weightPreference',
        },
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.replicaDivisionPreference',
          severity: 'warning',
          message:
            'replicaDivisionPreference Weighted is ignored: replicaSchedulingType Duplicated runs all replicas in every cluster',
          fix: 'set replicaSchedulingType: Divided to divide the replicas, or remove replicaDivisionPreference',
        },
      ],
    },
    {
      name: 'one weight with Aggregated, in a cluster policy',
      manifests: policyText(
        'all',
        `{ ${named('member1')}, ${byWeights(['{ clusterNames: [member1] }', 3]).replace('Weighted', 'Aggregated')} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.replicaScheduling.weightPreference',
          severity: 'warning',
          message:
            'the weight in weightPreference is ignored: replicaDivisionPreference Aggregated fills as few clusters as possible',
          fix: 'set replicaDivisionPreference: Weighted to divide by weight, or remove weightPreference',
        },
      ],
    },
    {
      name: 'a dynamic weight with Aggregated, in affinity groups',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: eu, clusterNames: [member1] }, { affinityName: us, clusterNames: [member3] }], ${byCapacity.replace('Weighted', 'Aggregated')} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference',
          severity: 'warning',
          message:
            'weightPreference.dynamicWeight AvailableReplicas is ignored: replicaDivisionPreference Aggregated fills as few clusters as possible',
          fix: 'set replicaDivisionPreference: Weighted to divide by weight, or remove weightPreference',
        },
      ],
    },
  ],
});
