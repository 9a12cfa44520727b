import { Fleet } from '../../../src/model/fleet';
import { byCapacity, byWeights, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

describeRule('no-spread-by-zone-or-provider', {
  passes: [
    {
      name: 'region and cluster',
      manifests: placed(
        `{ ${named('member1', 'member3')}, spreadConstraints: [{ spreadByField: region, minGroups: 2, maxGroups: 2 }, { spreadByField: cluster, minGroups: 2, maxGroups: 2 }], ${byCapacity} }`,
      ),
    },
    {
      name: 'a zone that static weights ignore, which no-spread-with-static-weights tells',
      manifests: placed(
        `{ ${named('member1')}, spreadConstraints: [{ spreadByField: zone, maxGroups: 2 }, { spreadByField: cluster, maxGroups: 1 }], ${byWeights(['{ clusterNames: [member1] }', 1])} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'a zone',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: zone, minGroups: 2, maxGroups: 2 }, { spreadByField: cluster, minGroups: 1, maxGroups: 2 }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].spreadByField',
          severity: 'warning',
          message:
            'spreadByField zone spreads nothing, and minGroups 2 and maxGroups 2 are ignored: it only excludes clusters without a zone',
          fix: 'spread by region and cluster, or select the zones with a fieldSelector in clusterAffinity',
        },
      ],
    },
    {
      name: 'a provider that some clusters lack, in a cluster policy',
      manifests: policyText(
        'all',
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 1, maxGroups: 2 }, { spreadByField: provider, minGroups: 2 }], ${byCapacity} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      fleet: Fleet.of({ member1: { provider: 'aws' }, member2: {}, member3: {} }),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.spreadConstraints[1].spreadByField',
          severity: 'warning',
          message:
            'spreadByField provider spreads nothing, and minGroups 2 is ignored: it only excludes clusters without a provider, here member2 and member3',
          fix: 'spread by region and cluster, or select the providers with a fieldSelector in clusterAffinity',
        },
      ],
    },
  ],
});
