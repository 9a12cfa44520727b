import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const equal = { member1: 1, member2: 1, member3: 1 };
const web = (replicas: number, weights: Readonly<Record<string, number>>) =>
  deployment('web', { replicas }) + policy('web', { selects: ['Deployment/web'], weights });

describeRule('no-tie-decided-by-uid', {
  passes: [
    { name: 'replicas that divide evenly', manifests: web(6, equal) },
    { name: 'weights that leave no tie', manifests: web(7, { member1: 2, member2: 1, member3: 1 }) },
  ],
  reports: [
    {
      name: 'a remainder of one, with the nearest numbers that have none',
      manifests: web(7, equal),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'info',
          message: '1 of its 7 replicas goes to member1 or to member3, depending on the UID of the Deployment',
          fix: 'set spec.replicas to 6 or 9, or give one of the clusters more weight',
        },
      ],
    },
    {
      name: 'fewer replicas than clusters, behind the warning about the cluster without any',
      manifests: web(1, equal),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          message: 'its only replica goes to member1 or to member3, depending on the UID of the Deployment',
          fix: 'set spec.replicas to 3, or give one of the clusters more weight',
        },
      ],
    },
  ],
});
