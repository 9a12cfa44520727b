import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const equal = { member1: 1, member2: 1, member3: 1 };
const web = (replicas: number, weights: Readonly<Record<string, number>>) =>
  deployment('web', { replicas }) + policy('web', { selects: ['Deployment/web'], weights });

describeRule('no-cluster-without-replicas', {
  passes: [
    { name: 'as many replicas as clusters', manifests: web(3, equal) },
    { name: 'a tie that leaves no cluster empty', manifests: web(4, equal) },
    {
      name: 'replicas that are not divided',
      manifests: deployment('web') + policy('web', { selects: ['Deployment/web'], clusters: ['member1', 'member2'] }),
    },
    {
      name: 'replicas divided by capacity',
      manifests:
        deployment('web') +
        policy('web', {
          selects: ['Deployment/web'],
          clusters: ['member1', 'member2'],
          replicaScheduling: '{ replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated }',
        }),
    },
    { name: 'no replicas at all', manifests: web(0, equal) },
    {
      name: 'replicas that an autoscaler sets',
      manifests: `${web(1, equal)}---
apiVersion: autoscaling.karmada.io/v1alpha1
kind: FederatedHPA
metadata: { name: web, namespace: default }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 3, maxReplicas: 9 }
`,
    },
  ],
  reports: [
    {
      name: 'a Pod, which has no number to raise',
      manifests: `---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1.0' }] }
---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: { name: web, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: v1, kind: Pod }]
  placement:
    clusterAffinity: { clusterNames: [member1, member2] }
    replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: Weighted }
`,
      findings: [
        {
          object: 'Pod/default/web',
          message:
            'its only replica leaves member1 or member2 without any, depending on the UID of the Pod: 2 clusters share them in equal parts',
          fix: 'use a Deployment with at least 2 replicas, or place the workload in fewer clusters',
        },
      ],
    },
    {
      name: 'fewer replicas than clusters of equal weight: the UID decides who goes without',
      manifests: web(2, equal),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'warning',
          message:
            'its 2 replicas leave member1 or member3 without any, depending on the UID of the Deployment: 3 clusters share them in equal parts',
          fix: 'set spec.replicas to at least 3, or place the workload in fewer clusters',
        },
      ],
    },
    {
      name: 'a weight whose share rounds to 0',
      manifests: web(8, { member1: 50, member2: 2, member3: 1 }),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          message:
            'its 8 replicas leave member2 and member3 without any: 3 clusters share them by the weights member1 50, member2 2, member3 1',
          fix: 'set spec.replicas to at least 27, or increase the smaller weights, or remove those clusters from the placement',
        },
      ],
    },
    {
      name: 'one replica',
      manifests: web(1, { member1: 2, member2: 1 }),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          message:
            'its only replica leaves member2 without any: 2 clusters share them by the weights member1 2, member2 1',
          fix: 'set spec.replicas to at least 2, or increase the smaller weights, or remove those clusters from the placement',
        },
      ],
    },
  ],
});
