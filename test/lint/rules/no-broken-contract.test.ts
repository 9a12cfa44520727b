import { Contract } from '../../../src/model/contract';
import { describeRule } from '../../support/rule-cases';

const web = (replicas: number, division: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: 'example.com/web:1.0' }] } }
---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: { name: web, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
  placement:
    clusterAffinity: { clusterNames: [member1, member2, member3] }
    replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: ${division} }
`;

const contracts = [Contract.on('web').keeps(2).whenLosing('any cluster')];

describeRule('no-broken-contract', {
  page: { contracts },
  passes: [
    { name: 'no contract', manifests: web(2, 'Weighted') },
    { name: 'no fleet', manifests: web(2, 'Weighted'), contracts, fleet: undefined },
    { name: 'a contract that holds', manifests: web(3, 'Weighted'), contracts },
    { name: 'a contract that cannot be told', manifests: web(4, 'Aggregated'), contracts },
  ],
  reports: [
    {
      name: 'a contract that a tie breaks',
      manifests: web(2, 'Weighted'),
      contracts,
      findings: [
        {
          object: 'Deployment/default/web',
          message:
            'breaks the contract "web keeps 2 replicas when any cluster is lost": losing member1 leaves 1 of 2 replicas, if the UID of Deployment/default/web gives ties to the first names',
          fix: 'run more replicas, or spread them over more clusters, so that 2 are left',
        },
      ],
    },
  ],
});
