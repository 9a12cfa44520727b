import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const tie = (replicas: number, ignore: string) =>
  deployment('web', { replicas, annotations: `{ cdk8s-karmada.dev/lint-ignore: ${JSON.stringify(ignore)} }` }) +
  policy('web', { selects: ['Deployment/web'], weights: { member1: 1, member2: 1, member3: 1 } });
const ignored = 'no-tie-decided-by-uid: either cluster will do';

describeRule('no-unused-suppression', {
  passes: [
    { name: 'a suppression that silences something', manifests: tie(7, ignored) },
    { name: 'one of a rule that is off', manifests: tie(6, ignored), rules: { 'no-tie-decided-by-uid': 'off' } },
    { name: 'one that cannot be read, which is another finding', manifests: tie(6, 'no-tie-decided-by-uid') },
    {
      name: 'one that would silence what stands behind another finding',
      manifests: tie(2, 'no-tie-decided-by-uid: either cluster will do'),
    },
  ],
  reports: [
    {
      name: 'a suppression without a finding',
      manifests: tie(6, ignored),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'metadata.annotations[cdk8s-karmada.dev/lint-ignore]',
          severity: 'warning',
          message: '"no-tie-decided-by-uid" is suppressed, and finds nothing there',
          fix: 'remove the suppression of no-tie-decided-by-uid',
        },
      ],
    },
  ],
});
