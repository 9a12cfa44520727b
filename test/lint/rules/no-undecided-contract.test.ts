import { Contract } from '../../../src/model/contract';
import { describeRule } from '../../support/rule-cases';
import { contracts, web } from '../../support/web-contracts';

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
