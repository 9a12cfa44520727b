import { byCapacity, byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const three = named('member1', 'member2', 'member3');

describeRule('require-max-groups', {
  passes: [
    {
      name: 'a constraint by cluster with maxGroups',
      manifests: placed(
        `{ ${three}, spreadConstraints: [{ spreadByField: cluster, minGroups: 1, maxGroups: 2 }], ${byCapacity} }`,
      ),
    },
    {
      name: 'a constraint by zone, which counts nothing',
      manifests: placed(
        `{ ${three}, spreadConstraints: [{ spreadByField: zone, minGroups: 1 }, { spreadByField: cluster, minGroups: 1, maxGroups: 2 }], ${byCapacity} }`,
      ),
    },
    {
      name: 'constraints that static weights ignore',
      manifests: placed(
        `{ ${three}, spreadConstraints: [{ spreadByField: cluster, minGroups: 1 }], ${byWeights(['{ clusterNames: [member1] }', 1])} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'a constraint by cluster alone',
      manifests: placed(`{ ${three}, spreadConstraints: [{ spreadByField: cluster, minGroups: 2 }], ${byCapacity} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].maxGroups',
          severity: 'error',
          message:
            'maxGroups is omitted, which is 0 and not "no limit": no cluster is selected, so nothing is scheduled',
          fix: 'write maxGroups: 2 or more, the maximum number of clusters to spread over',
        },
      ],
    },
    {
      name: 'a constraint that says nothing else, with Duplicated',
      manifests: placed(`{ ${three}, spreadConstraints: [{ minGroups: 3 }], ${duplicated} }`),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].maxGroups',
          severity: 'error',
          message:
            'maxGroups is omitted, which is 0 and not "no limit": no cluster is selected, so nothing is scheduled',
          fix: 'write maxGroups: 3 or more, the maximum number of clusters to spread over',
        },
      ],
    },
    {
      name: 'a constraint by region, and 0 by cluster beside it, in a cluster policy',
      manifests: policyText(
        'all',
        `{ clusterAffinity: { labelSelector: { matchLabels: { env: prod } } }, spreadConstraints: [{ spreadByField: region, minGroups: 1 }, { spreadByField: cluster, minGroups: 1, maxGroups: 0 }], ${byCapacity} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.spreadConstraints[0].maxGroups',
          severity: 'error',
          message:
            'maxGroups is omitted, which is 0 and not "no limit": no combination of regions is allowed, so scheduling always fails',
          fix: 'write maxGroups: 2 or more, the maximum number of regions to spread over',
        },
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.spreadConstraints[1].maxGroups',
          severity: 'error',
          message: 'maxGroups is 0 and not "no limit": exactly one cluster of each selected region is used',
          fix: 'write maxGroups: 2 or more, the maximum number of clusters to spread over',
        },
      ],
    },
  ],
});
