import { describeRule } from '../../support/rule-cases';
import { overriding, sending, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const tag = (value: string) => `imageOverrider: [{ component: Tag, operator: replace, value: "${value}" }]`;
const registry = 'imageOverrider: [{ component: Registry, operator: replace, value: mirror.example.com }]';

describeRule('no-competing-overrides', {
  passes: [
    {
      name: 'the same field for different clusters',
      manifests:
        web +
        overriding('one', ['Deployment web'], tag('2'), { clusters: ['member1'] }) +
        overriding('two', ['Deployment web'], tag('3'), { clusters: ['member2'] }),
    },
    {
      name: 'different parts of an image',
      manifests:
        web + overriding('one', ['Deployment web'], tag('2')) + overriding('two', ['Deployment web'], registry),
    },
    {
      name: 'the same value twice',
      manifests:
        web + overriding('one', ['Deployment web'], tag('2')) + overriding('two', ['Deployment web'], tag('2')),
    },
    {
      name: 'two additions to a list',
      manifests:
        web +
        overriding(
          'one',
          ['Deployment web'],
          'argsOverrider: [{ containerName: web, operator: add, value: [--a=1] }]',
        ) +
        overriding('two', ['Deployment web'], 'argsOverrider: [{ containerName: web, operator: add, value: [--b=1] }]'),
    },
    {
      name: 'rules of one policy, which are written in order',
      manifests:
        web + overriding('one', ['Deployment web'], tag('2')).concat('    - overriders:\n        ', tag('3'), '\n'),
    },
  ],
  reports: [
    {
      name: 'two policies that set the tag',
      manifests:
        web +
        overriding('blue', ['Deployment web'], tag('2'), { clusters: ['member1', 'member2'] }) +
        overriding('green', ['Deployment web'], tag('3'), { clusters: ['member2'] }),
      findings: [
        {
          object: 'OverridePolicy/default/blue',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'warning',
          message:
            'sets /spec/template/spec/containers/0/image/Tag of Deployment/default/web for member2, but OverridePolicy/default/green is applied later and sets it again',
          fix: 'set /spec/template/spec/containers/0/image/Tag in only one of OverridePolicy/default/blue and OverridePolicy/default/green, or target different clusters',
        },
      ],
    },
    {
      name: 'a cluster policy and one of the namespace',
      manifests:
        web +
        overriding('platform', ['Deployment default/web'], tag('2'), { namespace: '' }) +
        overriding('team', ['Deployment web'], tag('3')),
      findings: [
        {
          object: 'ClusterOverridePolicy/platform',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'warning',
          message:
            'sets /spec/template/spec/containers/0/image/Tag of Deployment/default/web for member1 and member2, but OverridePolicy/default/team is applied later and sets it again',
          fix: 'set /spec/template/spec/containers/0/image/Tag in only one of ClusterOverridePolicy/platform and OverridePolicy/default/team, or target different clusters',
        },
      ],
    },
    {
      name: 'a patch of a field that an overrider of labels sets',
      manifests:
        web +
        overriding('a', ['Deployment web'], 'labelsOverrider: [{ operator: add, value: { site: north } }]') +
        overriding(
          'b',
          ['Deployment web'],
          'plaintext: [{ path: /metadata/labels/site, operator: replace, value: south }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/a',
          path: 'spec.overrideRules[0].overriders.labelsOverrider[0]',
          severity: 'warning',
          message:
            'sets /metadata/labels/site of Deployment/default/web for member1 and member2, but OverridePolicy/default/b is applied later and sets it again',
          fix: 'set /metadata/labels/site in only one of OverridePolicy/default/a and OverridePolicy/default/b, or target different clusters',
        },
      ],
    },
    {
      name: 'one flag with two values',
      manifests:
        web +
        overriding(
          'a',
          ['Deployment web'],
          'argsOverrider: [{ containerName: web, operator: add, value: [--level=info] }]',
        ) +
        overriding(
          'b',
          ['Deployment web'],
          'argsOverrider: [{ containerName: web, operator: add, value: [--level=debug] }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/a',
          path: 'spec.overrideRules[0].overriders.argsOverrider[0]',
          severity: 'warning',
          message:
            'sets args of container web: --level of Deployment/default/web for member1 and member2, but OverridePolicy/default/b is applied later and sets it again',
          fix: 'set args of container web: --level in only one of OverridePolicy/default/a and OverridePolicy/default/b, or target different clusters',
        },
      ],
    },
    {
      name: 'a precise policy over a general one, for a hint',
      manifests:
        web + overriding('general', ['Deployment'], tag('2')) + overriding('precise', ['Deployment web'], tag('3')),
      findings: [
        {
          object: 'OverridePolicy/default/general',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'info',
          message:
            'sets /spec/template/spec/containers/0/image/Tag of Deployment/default/web for member1 and member2, but OverridePolicy/default/precise is applied later and sets it again',
          fix: 'set /spec/template/spec/containers/0/image/Tag in only one of OverridePolicy/default/general and OverridePolicy/default/precise, or target different clusters',
        },
      ],
    },
  ],
});
