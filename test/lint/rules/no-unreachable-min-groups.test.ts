import { Fleet } from '../../../src/model/fleet';
import { byCapacity, byWeights, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

describeRule('no-unreachable-min-groups', {
  passes: [
    {
      name: 'as many clusters as asked for',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 2, maxGroups: 2 }], ${byCapacity} }`,
      ),
    },
    {
      name: 'as many regions as asked for, chosen by label',
      manifests: placed(
        `{ clusterAffinity: { labelSelector: { matchExpressions: [{ key: env, operator: Exists }] } }, spreadConstraints: [{ spreadByField: region, minGroups: 2, maxGroups: 2 }, { spreadByField: cluster, minGroups: 3, maxGroups: 3 }], ${byCapacity} }`,
      ),
    },
    {
      name: 'constraints that static weights ignore',
      manifests: placed(
        `{ ${named('member1')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 3, maxGroups: 3 }], ${byWeights(['{ clusterNames: [member1] }', 1])} }`,
      ),
    },
    {
      name: 'an affinity without any cluster, which no-affinity-without-clusters tells',
      manifests: placed(
        `{ clusterAffinity: { labelSelector: { matchLabels: { env: stage } } }, spreadConstraints: [{ spreadByField: cluster, minGroups: 1, maxGroups: 3 }], ${byCapacity} }`,
      ),
    },
  ],
  reports: [
    {
      name: 'more clusters than are named',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 3, maxGroups: 3 }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].minGroups',
          severity: 'error',
          message:
            'minGroups 3 requires more clusters than the affinity offers: only member1 and member2 pass the filters',
          fix: 'lower minGroups to 2, or change the affinity to select more clusters',
        },
      ],
    },
    {
      name: 'more regions than the clusters of a label are in, in a cluster policy',
      manifests: policyText(
        'all',
        `{ clusterAffinity: { labelSelector: { matchLabels: { env: prod } } }, spreadConstraints: [{ spreadByField: region, minGroups: 2, maxGroups: 3 }, { spreadByField: cluster, minGroups: 2, maxGroups: 3 }], ${byCapacity} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.spreadConstraints[0].minGroups',
          severity: 'error',
          message: 'minGroups 2 requires more regions than the affinity offers: member1 and member2 are in eu only',
          fix: 'lower minGroups to 1, or change the affinity to select clusters in more regions',
        },
      ],
    },
    {
      name: 'more clusters than that many regions have',
      manifests: placed(
        `{ ${named('member1', 'member2', 'member3')}, spreadConstraints: [{ spreadByField: region, minGroups: 1, maxGroups: 1 }, { spreadByField: cluster, minGroups: 3, maxGroups: 3 }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[1].minGroups',
          severity: 'error',
          message: 'minGroups 3 requires more clusters than the affinity offers: 1 region has 2 at most',
          fix: 'lower minGroups to 2, or change the affinity to select more clusters',
        },
      ],
    },
    {
      name: 'a group that can never be used, behind one that can',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: eu, clusterNames: [member1, member2] }, { affinityName: us, clusterNames: [member3] }], spreadConstraints: [{ spreadByField: cluster, minGroups: 2, maxGroups: 2 }], ${byCapacity} }`,
      ),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].minGroups',
          severity: 'warning',
          message:
            'minGroups 2 requires more clusters than affinity group "us" offers: only member3 passes the filters',
          fix: 'lower minGroups to 1, or change affinity group "us" to select more clusters',
        },
      ],
    },
    {
      name: 'a region that no cluster has',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: region, minGroups: 1, maxGroups: 2 }, { spreadByField: cluster, minGroups: 1, maxGroups: 2 }], ${byCapacity} }`,
      ),
      fleet: Fleet.of({ member1: {}, member2: {} }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].minGroups',
          severity: 'error',
          message: 'minGroups 1 requires more regions than the affinity offers: member1 and member2 have no region',
          fix: 'set the region of the clusters, or change the affinity to select clusters in more regions',
        },
      ],
    },
    {
      name: 'a cluster fewer, since a taint keeps it out',
      manifests: placed(
        `{ ${named('member1', 'member2')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 2, maxGroups: 2 }], ${byCapacity} }`,
      ),
      fleet: Fleet.of({ member1: {}, member2: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].minGroups',
          severity: 'error',
          message: 'minGroups 2 requires more clusters than the affinity offers: only member1 passes the filters',
          fix: 'lower minGroups to 1, or change the affinity to select more clusters',
        },
      ],
    },
  ],
});
