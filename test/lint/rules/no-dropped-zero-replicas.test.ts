import { aggregated, byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const asking = (text: string) =>
  text.replace('example.com/web:1.0', 'example.com/web:1.0, resources: { requests: { cpu: 100m } }');
const autoscaler = `---
apiVersion: autoscaling.karmada.io/v1alpha1
kind: CronFederatedHPA
metadata: { name: web, namespace: default }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  rules: [{ name: up, schedule: 0 8 * * *, targetReplicas: 3 }]
`;
const job = `---
apiVersion: batch/v1
kind: Job
metadata: { name: nightly, namespace: default, labels: { app: batch } }
spec:
  parallelism: 0
  template:
    spec: { tolerations: [{ operator: Exists }], restartPolicy: Never, containers: [{ name: job, image: example.com/job:1.0 }] }
`;

describeRule('no-dropped-zero-replicas', {
  passes: [
    {
      name: 'a replica',
      manifests: asking(placed(`{ ${named('member1', 'member2')}, ${duplicated} }`, { replicas: 1 })),
    },
    {
      name: 'no replicas and no requests, which stays in every cluster at 0',
      manifests: placed(`{ ${named('member1', 'member2')}, ${duplicated} }`, { replicas: 0 }),
    },
    {
      name: 'no replicas of what no policy selects',
      manifests: asking(placed(`{ ${named('member1')} }`, { replicas: 0 })).replace(
        'kind: Deployment, name: web',
        'kind: Deployment, name: other',
      ),
    },
  ],
  reports: [
    {
      name: 'no replicas and requests, Duplicated',
      manifests: asking(placed(`{ ${named('member1', 'member2')}, ${duplicated} }`, { replicas: 0 })),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'warning',
          message:
            'with 0 replicas Deployment/default/web is in no cluster at all: web sends it nowhere, and Karmada deletes it where it runs',
          fix: 'set spec.replicas to 1 or more, or remove Deployment/default/web from the manifests while it is not needed',
        },
      ],
    },
    {
      name: 'no replicas and a node selector, Aggregated',
      manifests: placed(`{ ${named('member1', 'member2')}, ${aggregated} }`, { replicas: 0 }).replace(
        'spec: { containers',
        'spec: { nodeSelector: { disk: ssd }, containers',
      ),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'warning',
          message:
            'with 0 replicas Deployment/default/web is in no cluster at all: web sends it nowhere, and Karmada deletes it where it runs',
          fix: 'set spec.replicas to 1 or more, or remove Deployment/default/web from the manifests while it is not needed',
        },
      ],
    },
    {
      name: 'a Job of parallelism 0 with tolerations, in a cluster policy, without a fleet',
      manifests:
        job +
        policyText(
          'jobs',
          `{ ${named('member1', 'member2')}, ${byWeights(['{ clusterNames: [member1] }', 1], ['{ clusterNames: [member2] }', 1])} }`,
          {
            kind: 'ClusterPropagationPolicy',
            selects: '{ apiVersion: batch/v1, kind: Job, labelSelector: { matchLabels: { app: batch } } }',
          },
        ),
      fleet: undefined,
      findings: [
        {
          object: 'Job/default/nightly',
          path: 'spec.parallelism',
          severity: 'warning',
          message:
            'with 0 replicas Job/default/nightly is in no cluster at all: jobs sends it nowhere, and Karmada deletes it where it runs',
          fix: 'set spec.parallelism to 1 or more, or remove Job/default/nightly from the manifests while it is not needed',
        },
      ],
    },
    {
      name: 'a schedule that will scale it',
      manifests: asking(placed(`{ ${named('member1', 'member2')}, ${duplicated} }`, { replicas: 0 })) + autoscaler,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'info',
          message:
            'with 0 replicas Deployment/default/web is in no cluster at all: web sends it nowhere, and Karmada deletes it where it runs',
          fix: 'set spec.replicas to 1 or more, or remove Deployment/default/web from the manifests while it is not needed',
        },
      ],
    },
  ],
});
