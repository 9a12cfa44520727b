import { Fleet } from '../../../src/model/fleet';
import { byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const fleet = Fleet.of({
  member1: { region: 'eu', zones: ['eu-1', 'eu-2'] },
  member2: { region: 'eu', zones: ['eu-3'] },
  member3: { region: 'us', zones: ['us-1', 'us-2', 'us-3'] },
});
const zones = (...values: readonly string[]) =>
  `{ fieldSelector: { matchExpressions: [{ key: zone, operator: In, values: [${values.join(', ')}] }] } }`;

describeRule('no-ambiguous-zone-selector', {
  passes: [
    {
      name: 'every zone of the clusters',
      manifests: placed(`{ clusterAffinity: ${zones('eu-1', 'eu-2')}, ${duplicated} }`),
      fleet,
    },
    { name: 'a cluster of one zone', manifests: placed(`{ clusterAffinity: ${zones('eu-3')}, ${duplicated} }`), fleet },
    {
      name: 'NotIn, which never changed',
      manifests: placed(`{ clusterAffinity: ${zones('eu-1').replace('In,', 'NotIn,')}, ${duplicated} }`),
      fleet,
    },
    {
      name: 'a cluster that its name leaves out',
      manifests: placed(
        `{ clusterAffinity: ${zones('eu-1', 'eu-3').replace('{ ', '{ clusterNames: [member2], ')}, ${duplicated} }`,
      ),
      fleet,
    },
  ],
  reports: [
    {
      name: 'some zones of some clusters',
      manifests: placed(`{ clusterAffinity: ${zones('eu-1', 'us-1')}, ${duplicated} }`),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity.fieldSelector',
          severity: 'info',
          message:
            'zone In eu-1, us-1 matches member1 and member3, which are in other zones as well (eu-2, us-2, us-3): up to Karmada 1.17 it did not',
          fix: 'list every zone of member1 and member3, or choose by region or by name',
        },
      ],
    },
    {
      name: 'some zones of a cluster, before Karmada 1.18, in a cluster policy',
      manifests: policyText('all', `{ clusterAffinity: ${zones('us-1', 'us-2')}, ${duplicated} }`, {
        kind: 'ClusterPropagationPolicy',
      }),
      fleet,
      karmada: '1.17',
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterAffinity.fieldSelector',
          severity: 'info',
          message:
            'zone In us-1, us-2 does not match member3, which is in other zones as well (us-3): since Karmada 1.18 it does',
          fix: 'list every zone of member3, or choose by region or by name',
        },
      ],
    },
    {
      name: 'some zones of a cluster, in a weight',
      manifests: placed(
        `{ ${named('member1', 'member2')}, ${byWeights([zones('eu-1'), 2], ['{ clusterNames: [member2] }', 1])} }`,
      ),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].targetCluster.fieldSelector',
          severity: 'info',
          message:
            'zone In eu-1 matches member1, which is in other zones as well (eu-2): up to Karmada 1.17 it did not',
          fix: 'list every zone of member1, or choose by region or by name',
        },
      ],
    },
  ],
});
