import { describeRule } from '../../support/rule-cases';
import { object, sending, service, workload } from '../../support/workload-texts';

const web = workload('web') + service('web');
const exposed = (types = 'CrossCluster') =>
  object(
    'networking.karmada.io/v1alpha1',
    'MultiClusterService',
    'web',
    `spec: { types: [${types}], providerClusters: [{ name: member1 }], consumerClusters: [{ name: member2 }] }`,
  );

describeRule('no-service-owned-twice', {
  passes: [
    { name: 'a policy for the workload alone', manifests: web + exposed() + sending(['Deployment web'], ['member1']) },
    {
      name: 'a MultiClusterService that takes nothing over',
      manifests: web + exposed('LoadBalancer') + sending(['Deployment web', 'Service web'], ['member1']),
    },
  ],
  reports: [
    {
      name: 'a policy that also selects the Service',
      manifests: web + exposed() + sending(['Deployment web', 'Service web'], ['member1']),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.resourceSelectors[1]',
          severity: 'warning',
          message:
            'PropagationPolicy/default/web selects Service/default/web, which MultiClusterService/default/web manages and sends to member1 and member2',
          fix: 'remove Service/default/web from the policy, or remove MultiClusterService/default/web',
        },
      ],
    },
    {
      name: 'a cluster policy that selects it by name',
      manifests:
        web +
        exposed() +
        sending(['Deployment web'], ['member1']) +
        sending(['Service default/web'], ['member3'], { namespace: '' }),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.resourceSelectors[0]',
          severity: 'warning',
          message:
            'ClusterPropagationPolicy/web selects Service/default/web, which MultiClusterService/default/web manages and sends to member1 and member2',
          fix: 'remove Service/default/web from the policy, or remove MultiClusterService/default/web',
        },
      ],
    },
    {
      name: 'two policies, of which the other would not get it either',
      manifests:
        web +
        exposed() +
        sending(['Deployment web', 'Service web'], ['member1']) +
        sending(['Service'], ['member3'], { namespace: '', name: 'all' }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.resourceSelectors[1]',
          severity: 'warning',
          message:
            'PropagationPolicy/default/web selects Service/default/web, which MultiClusterService/default/web manages and sends to member1 and member2',
          fix: 'remove Service/default/web from the policy, or remove MultiClusterService/default/web',
        },
      ],
    },
    {
      name: 'a policy for every Service, for a hint',
      manifests: web + exposed() + sending(['Deployment web', 'Service'], ['member1']),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.resourceSelectors[1]',
          severity: 'info',
          message:
            'PropagationPolicy/default/web selects Service/default/web, which MultiClusterService/default/web manages and sends to member1 and member2',
          fix: 'remove Service/default/web from the policy, or remove MultiClusterService/default/web',
        },
      ],
    },
  ],
});
