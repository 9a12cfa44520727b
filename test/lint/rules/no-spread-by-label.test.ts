import { byCapacity, byWeights, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

describeRule('no-spread-by-label', {
  passes: [
    {
      name: 'a constraint by field',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 1, maxGroups: 2 }], ${byCapacity} }`,
      ),
    },
    {
      name: 'an empty label, which is none',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, spreadByLabel: '', maxGroups: 2 }], ${byCapacity} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'a label alone',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByLabel: rack, minGroups: 1, maxGroups: 2 }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].spreadByLabel',
          severity: 'error',
          message: 'spreadByLabel "rack" is not implemented in Karmada\'s scheduler: scheduling fails',
          fix: 'use spreadByField: cluster, or region in addition to cluster',
        },
      ],
    },
    {
      name: 'a label beside clusters, in a cluster policy',
      manifests: policyText(
        'all',
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, maxGroups: 2 }, { spreadByLabel: example.com/rack, maxGroups: 2 }], ${byCapacity} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.spreadConstraints[1].spreadByLabel',
          severity: 'error',
          message:
            'spreadByLabel "example.com/rack" is not implemented in Karmada\'s scheduler: the constraint is ignored',
          fix: 'use spreadByField: cluster, or region in addition to cluster',
        },
      ],
    },
    {
      name: 'a label with static weights, before the warning that they ignore it',
      manifests: placed(
        `{ ${named('member1')}, spreadConstraints: [{ spreadByLabel: rack }], ${byWeights(['{ clusterNames: [member1] }', 1])} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].spreadByLabel',
          severity: 'error',
          message: 'spreadByLabel "rack" is not implemented in Karmada\'s scheduler: the constraint is ignored',
          fix: 'use spreadByField: cluster, or region in addition to cluster',
        },
      ],
    },
  ],
});
