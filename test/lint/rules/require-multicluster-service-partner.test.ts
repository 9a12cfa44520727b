import { describeRule } from '../../support/rule-cases';
import { object, sending, service, workload } from '../../support/workload-texts';

const web = workload('web') + service('web') + sending(['Deployment web'], ['member1']);
const exposed = (spec: string, name = 'web', namespace = 'default') =>
  object('networking.karmada.io/v1alpha1', 'MultiClusterService', name, `spec: { ${spec} }`, namespace);

describeRule('require-multicluster-service-partner', {
  passes: [
    {
      name: 'a Service with backends in the provider',
      manifests:
        web +
        exposed('types: [CrossCluster], providerClusters: [{ name: member1 }], consumerClusters: [{ name: member2 }]'),
    },
    { name: 'all clusters', manifests: web + exposed('types: [CrossCluster]') },
  ],
  reports: [
    {
      name: 'another name than the Service',
      manifests: web + exposed('types: [CrossCluster], providerClusters: [{ name: member1 }]', 'web-global'),
      findings: [
        {
          object: 'MultiClusterService/default/web-global',
          path: 'metadata.name',
          severity: 'error',
          message: 'exposes Service/default/web-global, which is not in the manifests',
          fix: 'write metadata.name: web, or rename the Service "web"',
        },
      ],
    },
    {
      name: 'another namespace than the Service',
      manifests: web + exposed('types: [CrossCluster]', 'web', 'shop') + workload('x', { namespace: 'shop' }),
      findings: [
        {
          object: 'MultiClusterService/shop/web',
          path: 'metadata.name',
          severity: 'error',
          message: 'exposes Service/shop/web, which is not in the manifests',
          fix: 'write metadata.namespace: default, where the Service is',
        },
      ],
    },
    {
      name: 'no types',
      manifests: web + exposed('types: []'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.types',
          severity: 'error',
          message: 'has no types, so it has no effect',
          fix: 'write types: [CrossCluster]',
        },
      ],
    },
    {
      name: 'a provider without backends',
      manifests:
        web +
        exposed('types: [CrossCluster], providerClusters: [{ name: member2 }], consumerClusters: [{ name: member3 }]'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.providerClusters[0].name',
          severity: 'error',
          message: 'takes backends from member2, where Deployment/default/web is not sent: it goes to member1 only',
          fix: 'write member1, or send Deployment/default/web to member2 as well',
        },
      ],
    },
    {
      name: 'one of two providers without backends',
      manifests:
        workload('web', { kind: 'DaemonSet' }) +
        service('web') +
        sending(['DaemonSet web'], ['member1'], { namespace: '' }) +
        exposed('types: [CrossCluster], providerClusters: [{ name: member1 }, { name: member3 }]'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.providerClusters[1].name',
          severity: 'error',
          message: 'takes backends from member3, where DaemonSet/default/web is not sent: it goes to member1 only',
          fix: 'write member1, or remove it, or send DaemonSet/default/web to member3 as well',
        },
      ],
    },
  ],
});
