import { describeRule } from '../../support/rule-cases';
import { object } from '../../support/workload-texts';

const quota = (...clusters: readonly string[]) =>
  object(
    'policy.karmada.io/v1alpha1',
    'FederatedResourceQuota',
    'team',
    `spec: { overall: { cpu: '40' }, staticAssignments: [${clusters.map((name) => `{ clusterName: ${name}, hard: { cpu: '10' } }`).join(', ')}] }`,
  );

describeRule('no-repeated-quota-cluster', {
  passes: [{ name: 'each cluster once', manifests: quota('member1', 'member2') }],
  reports: [
    {
      name: 'a cluster twice',
      manifests: quota('member1', 'member2', 'member1'),
      findings: [
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.staticAssignments[2].clusterName',
          severity: 'warning',
          message: 'assigns to cluster "member1" a second time: only staticAssignments[0] is applied there',
          fix: 'merge both into one assignment for "member1", or replace the name with the intended cluster',
        },
      ],
    },
    {
      name: 'a cluster three times',
      manifests: quota('member3', 'member3', 'member3'),
      findings: [
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.staticAssignments[1].clusterName',
          severity: 'warning',
          message: 'assigns to cluster "member3" a second time: only staticAssignments[0] is applied there',
          fix: 'merge both into one assignment for "member3", or replace the name with the intended cluster',
        },
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.staticAssignments[2].clusterName',
          severity: 'warning',
          message: 'assigns to cluster "member3" a second time: only staticAssignments[0] is applied there',
          fix: 'merge both into one assignment for "member3", or replace the name with the intended cluster',
        },
      ],
    },
  ],
});
