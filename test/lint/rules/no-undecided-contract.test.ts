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

describeRule('no-undecided-contract', {
  page: { contracts },
  passes: [
    { name: 'no contract', manifests: web(2, 'Weighted') },
    { name: 'no fleet', manifests: web(2, 'Weighted'), contracts, fleet: undefined },
    { name: 'a contract that holds', manifests: web(3, 'Weighted'), contracts },
    { name: 'a contract that is broken', manifests: web(2, 'Weighted'), contracts },
  ],
  reports: [
    {
      name: 'a contract that capacity decides',
      manifests: web(4, 'Aggregated'),
      contracts,
      findings: [
        {
          object: 'Deployment/default/web',
          message:
            'it cannot be told whether it fulfils the contract "web keeps 2 replicas when any cluster is lost": losing member1 leaves as few as 0 of 4 replicas: aggregated division depends on the room in each cluster',
          fix: 'state the free capacity (clusters with their status as the fleet, or --capacities), or divide by static weights',
        },
      ],
    },
    {
      name: 'a contract about something that is not there',
      manifests: web(3, 'Weighted'),
      contracts: [Contract.on('wep').keeps(2).whenLosing('any cluster')],
      findings: [
        {
          object: 'Contract/wep keeps 2 replicas when any cluster is lost',
          message:
            'it cannot be told whether it fulfils the contract "wep keeps 2 replicas when any cluster is lost": "wep" is not among the manifests',
          fix: 'did you mean "web"?',
        },
      ],
    },
  ],
});
