import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const web = (ignore: string) =>
  deployment('web', { replicas: 7, annotations: `{ cdk8s-karmada.dev/lint-ignore: ${JSON.stringify(ignore)} }` }) +
  policy('web', { selects: ['Deployment/web'], weights: { member1: 1, member2: 1, member3: 1 } });
const place = { object: 'Deployment/default/web', path: 'metadata.annotations[cdk8s-karmada.dev/lint-ignore]' };

describeRule('valid-suppression', {
  passes: [
    { name: 'a rule and a reason', manifests: web('no-tie-decided-by-uid: either cluster will do') },
    {
      name: 'several, a line for each',
      manifests: web('no-tie-decided-by-uid: either will do\n\nvalid-schema: ours\n'),
    },
  ],
  reports: [
    {
      name: 'a rule without a reason',
      manifests: web('no-tie-decided-by-uid'),
      findings: [
        {
          ...place,
          severity: 'warning',
          message: '"no-tie-decided-by-uid" is not a suppression',
          fix: 'write a line for each rule, such as "no-tie-decided-by-uid: either cluster will do"',
        },
      ],
    },
    {
      name: 'a rule that does not exist',
      manifests: web('no-tie-decided-by-uuid: either cluster will do'),
      findings: [
        {
          ...place,
          message: 'suppresses the unknown rule "no-tie-decided-by-uuid"',
          fix: 'write "no-tie-decided-by-uid"',
        },
      ],
    },
  ],
});
