import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const web = policy('web', { selects: ['Deployment/web'], clusters: ['member1', 'member2'] });
const spread = (constraint: string) => `${deployment('web') + web}    spreadConstraints: [{ ${constraint} }]\n`;

describeRule('valid-admission', {
  passes: [
    {
      name: 'a spread constraint that can be met',
      manifests: spread('spreadByField: cluster, minGroups: 1, maxGroups: 2'),
    },
  ],
  reports: [
    {
      name: 'at most fewer groups than at least',
      manifests: spread('spreadByField: cluster, minGroups: 2, maxGroups: 1'),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints[0].maxGroups',
          severity: 'error',
          message: 'maxGroups: at most 1 groups contradicts at least 2',
          fix: 'raise maxGroups to 2 or more',
        },
      ],
    },
  ],
});
