import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const pod = (hook: string) =>
  object('v1', 'Pod', 'probe', `spec: { containers: [{ name: c, image: 'x:1' }] }`).replace(
    'name: probe,',
    `name: probe, annotations: { helm.sh/hook: ${hook} },`,
  );

describeRule('no-propagated-hook', {
  passes: [
    { name: 'a Job without a hook', manifests: workload('web', { kind: 'Job' }) + sending(['Job web'], ['member1']) },
    { name: 'a hook that no policy selects', manifests: pod('test') },
  ],
  reports: [
    {
      name: 'a test of a chart',
      manifests: pod('test') + sending(['Pod probe'], ['member1']),
      findings: [
        {
          object: 'Pod/default/probe',
          path: 'metadata.annotations[helm.sh/hook]',
          message: 'probe sends Pod/default/probe to the members, a test of Helm',
          fix: 'render the chart without it, with helm template --skip-tests, or remove the annotation if it is to run in the members',
        },
      ],
    },
    {
      name: 'a hook',
      manifests: pod('pre-install') + sending(['Pod probe'], ['member1']),
      findings: [
        {
          object: 'Pod/default/probe',
          path: 'metadata.annotations[helm.sh/hook]',
          message: 'probe sends Pod/default/probe to the members, a pre-install hook of Helm',
          fix: 'render the chart without it, with helm template --no-hooks, or remove the annotation if it is to run in the members',
        },
      ],
    },
  ],
});
