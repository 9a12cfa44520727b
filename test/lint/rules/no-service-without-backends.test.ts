import { deployment, policy, service } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const equal = { member1: 1, member2: 1, member3: 1 };
const both = ['Deployment/web', 'Service/web'];
const apart = (metadata = '') =>
  deployment('web') +
  service('web', 'web', metadata) +
  policy('web', { selects: ['Deployment/web'], clusters: ['member1'] }) +
  policy('web-service', { selects: ['Service/web'], clusters: ['member1', 'member2'] });

describeRule('no-service-without-backends', {
  passes: [
    {
      name: 'Service and workload in the same clusters',
      manifests: deployment('web', { replicas: 3 }) + service('web') + policy('web', { selects: both, weights: equal }),
    },
    {
      name: 'a workload that is asleep',
      manifests: deployment('web', { replicas: 0 }) + service('web') + policy('web', { selects: both, weights: equal }),
    },
    {
      name: 'a workload that no policy selects, which another rule tells',
      manifests:
        deployment('web') + service('web') + policy('web', { selects: ['Service/web'], clusters: ['member1'] }),
    },
    {
      name: 'a Service without selector, and one of type ExternalName',
      manifests: `
apiVersion: v1
kind: Service
metadata: { name: by-hand, namespace: default }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside, namespace: default }
spec: { type: ExternalName, externalName: example.com, selector: { app: nothing } }
${deployment('web')}${policy('all', { selects: ['Deployment/web', 'Service/by-hand', 'Service/outside'], clusters: ['member1'] })}`,
    },
    ...['istio.io/global: "true"', 'mirror.linkerd.io/federated: member'].map((label) => ({
      name: `a Service with the label ${label}, which a mesh answers in every cluster`,
      manifests: apart(`, labels: { ${label} }`),
    })),
    {
      name: 'a Service in a namespace of Istio',
      manifests: `${apart()}---
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { istio-injection: enabled } }
`,
    },
    {
      name: 'a Service that a rule of Istio names',
      manifests: `${apart()}---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: default }
spec: { host: web.default.svc.cluster.local }
`,
    },
    {
      name: 'two workloads that fill the clusters together',
      manifests:
        deployment('blue', { app: 'web' }) +
        deployment('green', { app: 'web' }) +
        service('web') +
        policy('blue', { selects: ['Deployment/blue'], clusters: ['member1'] }) +
        policy('green', { selects: ['Deployment/green'], clusters: ['member2'] }) +
        policy('web', { selects: ['Service/web'], clusters: ['member1', 'member2'] }),
    },
    {
      name: 'a Service that a MultiClusterService takes along',
      manifests: `${apart()}---
apiVersion: networking.karmada.io/v1alpha1
kind: MultiClusterService
metadata: { name: web, namespace: default }
spec: { types: [CrossCluster], consumerClusters: [{ name: member2 }], providerClusters: [{ name: member1 }] }
`,
    },
    {
      name: 'a Service that Cilium answers from every cluster',
      manifests: apart(", annotations: { service.cilium.io/global: 'true' }"),
    },
  ],
  reports: [
    {
      name: 'an override that leaves no replica in a cluster',
      manifests:
        deployment('web', { replicas: 2 }) +
        service('web') +
        policy('web', { selects: both, clusters: ['member1', 'member2'] }) +
        `---
apiVersion: policy.karmada.io/v1alpha1
kind: OverridePolicy
metadata: { name: zero, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment }]
  overrideRules:
    - targetCluster: { clusterNames: [member2] }
      overriders: { plaintext: [{ path: /spec/replicas, operator: replace, value: 0 }] }
`,
      findings: [
        {
          object: 'Service/default/web',
          severity: 'warning',
          message:
            'goes to member2, where Deployment/default/web has no replica: OverridePolicy/default/zero sets the replicas',
          fix: 'leave a replica of Deployment/default/web in member2, or remove member2 from the placement of Service/default/web',
        },
      ],
    },
    {
      name: 'a Service that goes farther than its workload, at the Service',
      manifests: apart(),
      findings: [
        {
          object: 'Service/default/web',
          severity: 'warning',
          message: 'goes to member2, where Deployment/default/web is never sent',
          fix: 'send Deployment/default/web there as well, or remove member2 from the placement of Service/default/web, or expose it with a MultiClusterService',
        },
      ],
    },
    {
      name: 'replicas that are too few for all clusters, at the workload',
      manifests: deployment('web', { replicas: 2 }) + service('web') + policy('web', { selects: both, weights: equal }),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'warning',
          message: 'Service/default/web also goes to member1 and member3, which may not get any of the 2 replicas',
          fix: 'set spec.replicas to at least 3, or expose Service/default/web with a MultiClusterService',
        },
      ],
    },
    {
      name: 'a weight that rounds to 0',
      manifests:
        deployment('web', { replicas: 1 }) +
        service('web') +
        policy('web', { selects: both, weights: { member1: 5, member2: 1 } }),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          message: 'Service/default/web also goes to member2, where its only replica never runs',
          fix: 'set spec.replicas to at least 4, or expose Service/default/web with a MultiClusterService',
        },
      ],
    },
    {
      name: 'a selector with a typo',
      manifests:
        deployment('frontend') +
        service('frontend', 'fronted') +
        policy('web', { selects: ['Deployment/frontend', 'Service/frontend'], clusters: ['member1'] }),
      findings: [
        {
          object: 'Service/default/frontend',
          path: 'spec.selector',
          severity: 'warning',
          message: 'selects pods with app: fronted, which no workload in the manifests creates',
          fix: 'write app: frontend, which the pods of Deployment/default/frontend have',
        },
      ],
    },
    {
      name: 'a selector without any workload around, as an info: the pods may be in the members already',
      manifests: service('web') + policy('web', { selects: ['Service/web'], clusters: ['member1'] }),
      findings: [
        {
          object: 'Service/default/web',
          path: 'spec.selector',
          severity: 'info',
          message: 'selects pods with app: web, which no workload in the manifests creates',
          fix: 'use the labels of the pods, from spec.template.metadata.labels of their workload',
        },
      ],
    },
    {
      name: 'a workload that is divided by capacity, as an info',
      manifests:
        deployment('web', { replicas: 2 }) +
        service('web') +
        policy('web', {
          selects: both,
          clusters: Object.keys(equal),
          replicaScheduling: '{ replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated }',
        }),
      findings: [
        {
          object: 'Service/default/web',
          severity: 'info',
          message:
            'goes to member1, member2 and member3; which of these clusters get a pod of Deployment/default/web is decided at run time',
          fix: 'do not rely on Service/default/web in every cluster, or expose it with a MultiClusterService',
        },
      ],
    },
    {
      name: 'pods that an operator may make from a custom object, as an info',
      manifests: `${service('db')}${deployment('web')}---
apiVersion: postgresql.example.com/v1
kind: Cluster
metadata: { name: db, namespace: default }
${policy('web', { selects: ['Service/db', 'Deployment/web'], clusters: ['member1'] })}`,
      findings: [
        {
          object: 'Service/default/db',
          path: 'spec.selector',
          severity: 'info',
          message: 'selects pods with app: db, which no workload in the manifests creates',
          fix: 'use the labels of the pods, from spec.template.metadata.labels of their workload',
        },
      ],
    },
  ],
});
