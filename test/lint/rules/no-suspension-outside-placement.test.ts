import { describeRule } from '../../support/rule-cases';
import { sending, workload } from '../../support/workload-texts';

const web = (clusters: string, details: { namespace?: string } = {}) =>
  workload('web') +
  sending(['Deployment web'], ['member1', 'member2'], {
    ...details,
    spec: `suspension: { dispatchingOnClusters: { clusterNames: [${clusters}] } }`,
  });

describeRule('no-suspension-outside-placement', {
  passes: [
    { name: 'a cluster of the placement', manifests: web('member2') },
    {
      name: 'a placement in every cluster',
      manifests: web('member3').replace(
        'clusterAffinity: { clusterNames: [member1, member2] }',
        'clusterTolerations: []',
      ),
    },
  ],
  reports: [
    {
      name: 'a cluster outside',
      manifests: web('member3'),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.suspension.dispatchingOnClusters.clusterNames[0]',
          severity: 'warning',
          message: 'suspends dispatching to "member3", which is not in the placement (member1 and member2)',
          fix: 'name one of member1, member2, or remove "member3"',
        },
      ],
    },
    {
      name: 'one of two outside groups, in a cluster policy',
      manifests: web('member1, member3', { namespace: '' }).replace(
        'clusterAffinity: { clusterNames: [member1, member2] }',
        'clusterAffinities: [{ affinityName: a, clusterNames: [member1] }, { affinityName: b, clusterNames: [member2] }]',
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.suspension.dispatchingOnClusters.clusterNames[1]',
          severity: 'warning',
          message: 'suspends dispatching to "member3", which is not in the placement (member1 and member2)',
          fix: 'name one of member1, member2, or remove "member3"',
        },
      ],
    },
  ],
});
