import { describeRule } from '../../support/rule-cases';
import { contracts, web } from '../../support/web-contracts';

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
