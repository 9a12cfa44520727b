import { describeRule } from '../../support/rule-cases';
import { object, sending, service, workload } from '../../support/workload-texts';

const web = workload('web') + service('web') + sending(['Deployment web'], ['member1']);
const exposed = (spec: string) =>
  object('networking.karmada.io/v1alpha1', 'MultiClusterService', 'web', `spec: { types: [CrossCluster], ${spec} }`);

describeRule('no-unread-cluster-lists', {
  passes: [
    {
      name: 'the lists that are read',
      manifests: web + exposed('providerClusters: [{ name: member1 }], consumerClusters: [{ name: member2 }]'),
    },
    { name: 'an empty range, as the API server writes it', manifests: web + exposed('range: {}') },
  ],
  reports: [
    {
      name: 'the list of consumers of 1.8',
      manifests: web + exposed('providerClusters: [{ name: member1 }], serviceConsumptionClusters: [member2]'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.serviceConsumptionClusters',
          severity: 'error',
          message: 'serviceConsumptionClusters is not read, so every cluster is included, not only member2',
          fix: 'write consumerClusters: [{ name: member2 }], and remove serviceConsumptionClusters',
        },
      ],
    },
    {
      name: 'the list of providers of 1.8',
      manifests: web + exposed('serviceProvisionClusters: [member1], consumerClusters: [{ name: member2 }]'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.serviceProvisionClusters',
          severity: 'error',
          message: 'serviceProvisionClusters is not read, so every cluster is included, not only member1',
          fix: 'write providerClusters: [{ name: member1 }], and remove serviceProvisionClusters',
        },
      ],
    },
    {
      name: 'the range of 1.7',
      manifests: web + exposed('range: { clusterNames: [member2, member3] }'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.range.clusterNames',
          severity: 'error',
          message: 'range.clusterNames is not read, so every cluster is included, not only member2 and member3',
          fix: 'write consumerClusters: [{ name: member2 }, { name: member3 }], and remove range.clusterNames',
        },
      ],
    },
    {
      name: 'old beside new',
      manifests: web + exposed('serviceProvisionClusters: [member2], providerClusters: [{ name: member1 }]'),
      findings: [
        {
          object: 'MultiClusterService/default/web',
          path: 'spec.serviceProvisionClusters',
          severity: 'warning',
          message: 'serviceProvisionClusters is not read: Karmada reads providerClusters',
          fix: 'remove serviceProvisionClusters',
        },
      ],
    },
  ],
});
