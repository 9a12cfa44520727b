import { describeRule } from '../../support/rule-cases';
import { overriding, sending, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const patch = (...operations: string[]) =>
  overriding('web', ['Deployment web'], `plaintext: [${operations.join(', ')}]`, { clusters: ['member1'] });

// karmada-io/karmada#2081 writes whole label maps.
describeRule('valid-override-result', {
  passes: [
    {
      name: 'a single label',
      manifests: web + patch('{ path: /spec/template/metadata/labels/c, operator: add, value: x }'),
    },
    { name: 'a number', manifests: web + patch('{ path: /spec/replicas, operator: replace, value: 4 }') },
    {
      name: 'labels that are replaced and keep what the selector needs',
      manifests: web + patch('{ path: /spec/template/metadata/labels, operator: replace, value: { app: web, c: x } }'),
    },
    {
      name: 'a fault that a later operation mends',
      manifests:
        web +
        patch(
          '{ path: /spec/replicas, operator: replace, value: "4" }',
          '{ path: /spec/replicas, operator: replace, value: 4 }',
        ),
    },
  ],
  reports: [
    {
      name: 'what the validation of a member refuses',
      manifests: web + patch('{ path: /spec/strategy, operator: add, value: { type: Rolling } }'),
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          message:
            'makes spec.strategy.type invalid: type must be Recreate or RollingUpdate, got "Rolling", in Deployment/default/web for member1',
          fix: 'write "RollingUpdate"',
        },
      ],
    },
    {
      name: 'labels without that of the selector',
      manifests: web + patch('{ path: /spec/template/metadata/labels, operator: add, value: { cluster: member1 } }'),
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          message:
            'leaves pods with the labels {"cluster":"member1"}, which spec.selector {"matchLabels":{"app":"web"}} does not match, in Deployment/default/web for member1',
          fix: 'keep the labels of spec.selector: change other labels one by one, at /spec/template/metadata/labels/KEY',
        },
      ],
    },
    {
      name: 'another selector, and a number in quotes',
      manifests:
        web +
        patch(
          '{ path: /spec/selector/matchLabels/app, operator: replace, value: other }',
          '{ path: /spec/replicas, operator: replace, value: "4" }',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          message:
            'leaves pods with the labels {"app":"web"}, which spec.selector {"matchLabels":{"app":"other"}} does not match, in Deployment/default/web for member1',
          fix: 'leave spec.selector as it is',
        },
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[1]',
          message: 'sets spec.replicas to "4", which must be an integer, in Deployment/default/web for member1',
          fix: 'write it without quotes: 4',
        },
      ],
    },
    {
      name: 'a selector that changes with the labels, as a warning',
      manifests:
        web +
        patch(
          '{ path: /spec/selector/matchLabels/app, operator: replace, value: other }',
          '{ path: /spec/template/metadata/labels/app, operator: replace, value: other }',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'warning',
          message:
            'changes spec.selector to {"matchLabels":{"app":"other"}}, which is immutable, in Deployment/default/web for member1',
          fix: 'leave spec.selector as it is, and give the workload another name where it has to differ',
        },
      ],
    },
    {
      name: 'a value of an environment variable that is a number',
      manifests:
        web +
        patch('{ path: /spec/template/spec/containers/0/env, operator: add, value: [{ name: PORT, value: 8080 }] }'),
      findings: [
        {
          object: 'OverridePolicy/default/web',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          message:
            'sets spec.template.spec.containers[0].env[0].value to 8080, which must be a text, in Deployment/default/web for member1',
          fix: 'write it in quotes: "8080"',
        },
      ],
    },
  ],
});
