import { describeRule } from '../../support/rule-cases';
import { overriding, sending, workload } from '../../support/workload-texts';

const web = workload('web', { podLabels: ', tier: edge' }) + sending(['Deployment web'], ['member1', 'member2']);
const patch = (operation: string) =>
  overriding('web', ['Deployment web'], `plaintext: [${operation}]`, { clusters: ['member1'] });

// karmada-io/karmada#6139 loses annotations in this way.
describeRule('no-replaced-map', {
  passes: [
    {
      name: 'a single key',
      manifests: web + patch('{ path: /spec/template/metadata/labels/c, operator: add, value: x }'),
    },
    {
      name: 'the operator replace, which says what it does',
      manifests: web + patch('{ path: /spec/template/metadata/labels, operator: replace, value: { app: web } }'),
    },
    {
      name: 'a map that is not there',
      manifests: web + patch('{ path: /spec/template/metadata/annotations, operator: add, value: { zone: z1 } }'),
    },
    {
      name: 'a map with all keys that are there',
      manifests:
        web + patch('{ path: /spec/template/metadata/labels, operator: add, value: { app: web, tier: core } }'),
    },
  ],
  reports: [
    {
      name: 'a map without a key that is there',
      manifests: web + patch('{ path: /spec/template/metadata/labels, operator: add, value: { app: web, a/b: x } }'),
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          message: 'replaces /spec/template/metadata/labels of Deployment/default/web in member1, which drops tier',
          fix: 'add each key in an operation of its own: /spec/template/metadata/labels/app and /spec/template/metadata/labels/a~1b; or use the operator replace if the keys are to go',
        },
      ],
    },
  ],
});
