import { Fleet } from '../../../src/model/fleet';
import { aggregated, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const fleet = Fleet.of({
  member1: { labels: { env: 'prod' } },
  member2: { labels: { env: 'prod' }, taints: [{ key: 'gpu', value: 'h100', effect: 'NoSchedule' }] },
  member3: { labels: { env: 'edge' }, taints: [{ key: 'edge', effect: 'NoExecute' }] },
});

describeRule('no-untolerated-taint', {
  passes: [
    {
      name: 'a taint that is tolerated',
      manifests: placed(
        `{ ${named('member1', 'member2')}, clusterTolerations: [{ key: gpu, operator: Equal, value: h100, effect: NoSchedule }], ${duplicated} }`,
      ),
      fleet,
    },
    {
      name: 'all taints tolerated',
      manifests: placed(
        `{ ${named('member1', 'member2', 'member3')}, clusterTolerations: [{ operator: Exists }], ${duplicated} }`,
      ),
      fleet,
    },
    {
      name: 'tainted clusters that the placement is not for',
      manifests: placed(`{ ${named('member1')}, ${duplicated} }`),
      fleet,
    },
    {
      name: 'a toleration for a taint that no cluster has now',
      manifests: placed(
        `{ ${named('member1')}, clusterTolerations: [{ key: cluster.karmada.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300 }], ${duplicated} }`,
      ),
      fleet,
    },
  ],
  reports: [
    {
      name: 'a cluster that is named',
      manifests: placed(`{ ${named('member1', 'member2')}, ${duplicated} }`),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations',
          severity: 'error',
          message: 'member2 is excluded: taint gpu=h100:NoSchedule is not tolerated',
          fix: 'add a clusterToleration with key: gpu, value: h100, effect: NoSchedule, or remove member2 from the placement',
        },
      ],
    },
    {
      name: 'a toleration of the same key for another value, in a cluster policy',
      manifests: policyText(
        'all',
        `{ ${named('member1', 'member2')}, clusterTolerations: [{ key: gpu, value: a100 }], ${duplicated} }`,
        { kind: 'ClusterPropagationPolicy' },
      ),
      fleet,
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.placement.clusterTolerations[0]',
          severity: 'error',
          message:
            'member2 is excluded: taint gpu=h100:NoSchedule is not tolerated; clusterTolerations[0] has that key but does not match (key gpu, value a100)',
          fix: 'add a clusterToleration with key: gpu, value: h100, effect: NoSchedule, or remove member2 from the placement',
        },
      ],
    },
    {
      name: 'all clusters of a label',
      manifests: placed(`{ clusterAffinity: { labelSelector: { matchLabels: { env: edge } } }, ${duplicated} }`),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations',
          severity: 'error',
          message: 'member3 is excluded: taint edge:NoExecute is not tolerated; no cluster remains',
          fix: 'add a clusterToleration with key: edge, operator: Exists, effect: NoExecute, or remove member3 from the placement',
        },
      ],
    },
    {
      name: 'one of the clusters of a label, which the taint may be there to keep out',
      manifests: placed(`{ clusterAffinity: { labelSelector: { matchLabels: { env: prod } } }, ${duplicated} }`),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations',
          severity: 'info',
          message: 'member2 is excluded: taint gpu=h100:NoSchedule is not tolerated',
          fix: 'add a clusterToleration with key: gpu, value: h100, effect: NoSchedule, or remove member2 from the placement',
        },
      ],
    },
    {
      name: 'a cluster that is named in a group',
      manifests: placed(
        `{ clusterAffinities: [{ affinityName: near, clusterNames: [member1] }, { affinityName: far, clusterNames: [member2, member3] }], ${aggregated} }`,
      ),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations',
          severity: 'error',
          message:
            'member2 and member3 are excluded: taints gpu=h100:NoSchedule and edge:NoExecute are not tolerated; no cluster remains',
          fix: 'add a clusterToleration with key: gpu, value: h100, effect: NoSchedule and one with key: edge, operator: Exists, effect: NoExecute, or remove member2 and member3 from the placement',
        },
      ],
    },
    {
      name: 'a cluster that is tainted because it does not answer at present',
      manifests: placed(`{ ${named('member1', 'member2')}, ${duplicated} }`),
      fleet: Fleet.of({
        member1: {},
        member2: { taints: [{ key: 'cluster.karmada.io/unreachable', effect: 'NoSchedule' }] },
      }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations',
          severity: 'info',
          message: 'member2 is excluded: taint cluster.karmada.io/unreachable:NoSchedule is not tolerated',
          fix: 'add a clusterToleration with key: cluster.karmada.io/unreachable, operator: Exists, effect: NoSchedule, or remove member2 from the placement',
        },
      ],
    },
    {
      name: 'an operator that there is not',
      manifests: placed(`{ ${named('member1')}, clusterTolerations: [{ key: gpu, operator: Exist }], ${duplicated} }`),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations[0].operator',
          severity: 'error',
          message: 'the toleration of key gpu, operator Exist tolerates nothing: the operator "Exist" does not exist',
          fix: 'write "Exists"',
        },
      ],
    },
    {
      name: 'an effect that clusters cannot have',
      manifests: placed(
        `{ ${named('member1')}, clusterTolerations: [{ key: gpu, operator: Exists, effect: PreferNoSchedule }], ${duplicated} }`,
      ),
      fleet,
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterTolerations[0].effect',
          severity: 'warning',
          message:
            'the toleration of key gpu, operator Exists, effect PreferNoSchedule tolerates nothing: clusters have no taints with effect PreferNoSchedule',
          fix: 'use NoSchedule or NoExecute, or omit effect for both',
        },
      ],
    },
  ],
});
