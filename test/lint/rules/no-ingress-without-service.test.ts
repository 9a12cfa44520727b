import { describeRule } from '../../support/rule-cases';
import { object, sending, service, workload } from '../../support/workload-texts';

const web = workload('web') + service('web');
const ingress = object(
  'networking.k8s.io/v1',
  'Ingress',
  'web',
  'spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }',
);

describeRule('no-ingress-without-service', {
  passes: [
    {
      name: 'both in the same clusters',
      manifests: web + ingress + sending(['Deployment web', 'Service web', 'Ingress web'], ['member1', 'member2']),
    },
    {
      name: 'an Ingress in fewer clusters',
      manifests:
        web +
        ingress +
        sending(['Deployment web', 'Service web'], ['member1', 'member2']) +
        sending(['Ingress web'], ['member1'], { name: 'ingress' }),
    },
    {
      name: 'a MultiClusterService that brings the Service',
      manifests:
        web +
        ingress +
        sending(['Deployment web'], ['member1']) +
        sending(['Ingress web'], ['member2'], { name: 'ingress' }) +
        object(
          'networking.karmada.io/v1alpha1',
          'MultiClusterService',
          'web',
          'spec: { types: [CrossCluster], providerClusters: [{ name: member1 }], consumerClusters: [{ name: member2 }] }',
        ),
    },
    {
      name: 'an Ingress that stays at home',
      manifests: web + ingress + sending(['Deployment web', 'Service web'], ['member1']),
    },
  ],
  reports: [
    {
      name: 'an Ingress in more clusters',
      manifests:
        web +
        ingress +
        sending(['Deployment web', 'Service web'], ['member1', 'member2']) +
        sending(['Ingress web'], ['member2', 'member3'], { name: 'ingress' }),
      findings: [
        {
          object: 'Ingress/default/web',
          path: 'spec.rules[0].http.paths[0].backend.service.name',
          severity: 'warning',
          message: 'goes to member3, but its backend Service/default/web goes only to member1 and member2',
          fix: 'send Service/default/web to member3 as well, or Ingress/default/web only to member1 and member2',
        },
      ],
    },
    {
      name: 'a default backend that no policy propagates',
      manifests:
        web +
        object(
          'networking.k8s.io/v1',
          'Ingress',
          'web',
          'spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }',
        ) +
        sending(['Deployment web', 'Ingress web'], ['member1']),
      findings: [
        {
          object: 'Ingress/default/web',
          path: 'spec.defaultBackend.service.name',
          severity: 'warning',
          message: 'goes to member1 and routes requests to Service/default/web, which no policy propagates',
          fix: 'select Service/default/web in the policy that sends Ingress/default/web',
        },
      ],
    },
    {
      name: 'an Ingress by a cluster policy',
      manifests:
        web +
        ingress +
        sending(['Deployment web', 'Service web'], ['member1']) +
        sending(['Ingress'], ['member1', 'member3'], { name: 'ingresses', namespace: '' }),
      findings: [
        {
          object: 'Ingress/default/web',
          path: 'spec.rules[0].http.paths[0].backend.service.name',
          severity: 'warning',
          message: 'goes to member3, but its backend Service/default/web goes only to member1',
          fix: 'send Service/default/web to member3 as well, or Ingress/default/web only to member1',
        },
      ],
    },
  ],
});
