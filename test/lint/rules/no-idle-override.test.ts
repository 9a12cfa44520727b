import { describeRule } from '../../support/rule-cases';
import { object, overriding, sending, service, workload } from '../../support/workload-texts';

const clusters = ['member1', 'member2'];
const web = workload('web') + sending(['Deployment web'], clusters);
const nightly = workload('nightly', { kind: 'CronJob' }) + sending(['CronJob nightly'], clusters);
const registry = 'imageOverrider: [{ component: Registry, operator: replace, value: mirror.example.com }]';
const migrating =
  workload('web', { pod: ", initContainers: [{ name: migrate, image: 'example.com/migrate:1.0' }]" }) +
  sending(['Deployment web'], clusters);

describeRule('no-idle-override', {
  passes: [
    {
      name: 'the image of a Deployment',
      manifests: web + overriding('mirror', ['Deployment web'], registry, { clusters: ['member1'] }),
    },
    {
      name: 'the image of a CronJob by its path',
      manifests:
        nightly +
        overriding(
          'mirror',
          ['CronJob nightly'],
          'imageOverrider: [{ predicate: { path: /spec/jobTemplate/spec/template/spec/containers/0/image }, component: Registry, operator: replace, value: mirror.example.com }]',
        ),
    },
    {
      name: 'a tag, and a digest',
      manifests:
        web +
        overriding(
          'tag',
          ['Deployment web'],
          `imageOverrider: [{ component: Tag, operator: replace, value: "2.0-rc.1" }]`,
          { clusters: ['member1'] },
        ) +
        overriding(
          'digest',
          ['Deployment web'],
          `imageOverrider: [{ component: Tag, operator: replace, value: "sha256:${'a'.repeat(64)}" }]`,
          { clusters: ['member2'] },
        ),
    },
    {
      name: 'a container that is there',
      manifests:
        web +
        overriding(
          'args',
          ['Deployment web'],
          'argsOverrider: [{ containerName: web, operator: add, value: [--verbose] }]',
        ),
    },
    {
      name: 'an init container from another registry',
      manifests:
        migrating.replace('example.com/migrate', 'docker.io/migrate') +
        overriding('mirror', ['Deployment web'], registry),
    },
    {
      name: 'an init container that is changed too',
      manifests:
        migrating +
        overriding(
          'mirror',
          ['Deployment web'],
          `${registry.slice(0, -1)}, { predicate: { path: /spec/template/spec/initContainers/0/image }, component: Registry, operator: replace, value: mirror.example.com }]`,
        ),
    },
    {
      name: 'an annotation of the object',
      manifests:
        web +
        overriding('note', ['Deployment web'], 'annotationsOverrider: [{ operator: add, value: { site: north } }]'),
    },
    { name: 'a registry for every kind of a namespace', manifests: nightly + overriding('mirror', [], registry) },
    {
      name: 'a suffix of all tags of a namespace, where there is only a CronJob',
      manifests:
        nightly + overriding('suffix', [], 'imageOverrider: [{ component: Tag, operator: add, value: -edge }]'),
    },
  ],
  reports: [
    {
      name: 'the image of a CronJob',
      manifests: nightly + overriding('mirror', ['CronJob nightly'], registry),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'warning',
          message:
            'has no predicate, so it changes no image of CronJob/default/nightly: Karmada does not know the containers of a CronJob',
          fix: 'say where the image is: predicate: { path: /spec/jobTemplate/spec/template/spec/containers/0/image }',
        },
      ],
    },
    {
      name: 'the image of a custom kind, by a cluster policy',
      manifests:
        workload('clicks', { kind: 'StreamTask' }) +
        object(
          'apiextensions.k8s.io/v1',
          'CustomResourceDefinition',
          'streamtasks.streams.example.org',
          'spec: { group: streams.example.org, scope: Namespaced, names: { kind: StreamTask, plural: streamtasks }, versions: [{ name: v1, served: true, storage: true }] }',
          '',
        ) +
        sending(['StreamTask clicks'], clusters) +
        object(
          'policy.karmada.io/v1alpha1',
          'ClusterPropagationPolicy',
          'crds',
          'spec: { resourceSelectors: [{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition }], placement: { clusterAffinity: { clusterNames: [member1, member2] } } }',
          '',
        ) +
        overriding('mirror', ['StreamTask default/clicks'], registry, { namespace: '' }),
      findings: [
        {
          object: 'ClusterOverridePolicy/mirror',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'warning',
          message:
            'has no predicate, so it changes no image of StreamTask/default/clicks: Karmada does not know the containers of a StreamTask',
          fix: 'say where the image is: predicate: { path: /spec/template/spec/containers/0/image }',
        },
      ],
    },
    {
      name: 'an init container of the same registry',
      manifests: migrating + overriding('mirror', ['Deployment web'], registry),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'warning',
          message:
            'changes the containers of Deployment/default/web, and not its init container "migrate" with the image example.com/migrate:1.0',
          fix: 'add an imageOverrider with predicate: { path: /spec/template/spec/initContainers/0/image }',
        },
      ],
    },
    {
      name: 'a tag that is none',
      manifests:
        web +
        overriding('tag', ['Deployment web'], 'imageOverrider: [{ component: Tag, operator: replace, value: ":2.0" }]'),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'error',
          message:
            'replaces the tag of Deployment/default/web by ":2.0", which is neither a tag nor a digest, so the image stays as it is',
          fix: 'write a tag such as "1.2.3" (letters, digits, "_", "." and "-"), or a digest such as "sha256:…"',
        },
      ],
    },
    {
      name: 'an addition that makes no tag',
      manifests:
        web +
        overriding('tag', ['Deployment web'], 'imageOverrider: [{ component: Tag, operator: add, value: "+build" }]'),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'error',
          message:
            'adds "+build" to the tag of Deployment/default/web, which makes no tag, so the image stays as it is',
          fix: 'add letters, digits, "_", "." or "-", and write a tag in the image of the template',
        },
      ],
    },
    {
      name: 'a registry with a scheme',
      manifests:
        web +
        overriding(
          'mirror',
          ['Deployment web'],
          'imageOverrider: [{ component: Registry, operator: replace, value: "https://mirror.example.com" }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'error',
          message: 'makes the image of Deployment/default/web "https://mirror.example.com/web:1.0", which is none',
          fix: 'write a registry as host and port, such as registry.example.com:5000, without scheme and without slash at its end',
        },
      ],
    },
    {
      name: 'a container that is not there',
      manifests:
        web +
        overriding(
          'args',
          ['Deployment web'],
          'argsOverrider: [{ containerName: wbe, operator: add, value: [--verbose] }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.argsOverrider[0]',
          severity: 'error',
          message: 'names the container "wbe", which Deployment/default/web does not have',
          fix: 'write "web"',
        },
      ],
    },
    {
      name: 'the command of an init container',
      manifests:
        migrating +
        overriding(
          'args',
          ['Deployment web'],
          'commandOverrider: [{ containerName: migrate, operator: add, value: [run] }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.commandOverrider[0]',
          severity: 'error',
          message: 'names "migrate", an init container of Deployment/default/web, and only containers are changed',
          fix: 'use a plaintext overrider with the path of the list',
        },
      ],
    },
    {
      name: 'the arguments of a CronJob',
      manifests:
        nightly +
        overriding(
          'args',
          ['CronJob nightly'],
          'argsOverrider: [{ containerName: nightly, operator: add, value: [--verbose] }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.argsOverrider[0]',
          severity: 'warning',
          message: 'does nothing to CronJob/default/nightly: Karmada does not know the containers of a CronJob',
          fix: 'use a plaintext overrider with the path of the list',
        },
      ],
    },
    {
      name: 'a label that the pods have too',
      manifests:
        workload('web', { labels: ', tier: front', podLabels: ', tier: front' }) +
        sending(['Deployment web'], clusters) +
        overriding('tier', ['Deployment web'], 'labelsOverrider: [{ operator: replace, value: { tier: edge } }]'),
      findings: [
        {
          object: 'OverridePolicy/default/tier',
          path: 'spec.overrideRules[0].overriders.labelsOverrider[0]',
          severity: 'warning',
          message: 'changes labels of Deployment/default/web, not of its pods, which have tier too',
          fix: 'to change the pods, use a plaintext overrider with path /spec/template/metadata/labels/tier',
        },
      ],
    },
    {
      name: 'a label by which a Service looks for pods',
      manifests:
        web +
        service('web', { selector: 'app: web, site: north' }) +
        overriding('site', ['Deployment web'], 'labelsOverrider: [{ operator: add, value: { site: north } }]'),
      findings: [
        {
          object: 'OverridePolicy/default/site',
          path: 'spec.overrideRules[0].overriders.labelsOverrider[0]',
          severity: 'warning',
          message:
            'labels Deployment/default/web with site=north, and not its pods, which are looked for by site=north',
          fix: 'to label the pods too, use a plaintext overrider below /spec/template/metadata/labels',
        },
      ],
    },
    {
      name: 'a label to replace that is not there',
      manifests:
        web +
        overriding('site', ['Deployment web'], 'labelsOverrider: [{ operator: replace, value: { site: north } }]'),
      findings: [
        {
          object: 'OverridePolicy/default/site',
          path: 'spec.overrideRules[0].overriders.labelsOverrider[0]',
          severity: 'warning',
          message: 'wants to replace labels site, which Deployment/default/web does not have',
          fix: 'use operator add, which sets what is not there as well',
        },
      ],
    },
    {
      name: 'the deprecated fieldOverrider beside rules',
      manifests:
        web +
        overriding('mirror', ['Deployment web'], registry).concat(
          '  overriders: { fieldOverrider: [{ fieldPath: /data/a, json: [{ subPath: /a, operator: replace, value: 1 }] }] }\n',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.overriders.fieldOverrider',
          severity: 'warning',
          message: 'is in the deprecated spec.overriders next to overrideRules, so this fieldOverrider is ignored',
          fix: 'move it into the overriders of a rule in spec.overrideRules',
        },
      ],
    },
    {
      name: 'what is so already, for a hint',
      manifests:
        web +
        overriding('tag', ['Deployment web'], 'imageOverrider: [{ component: Tag, operator: replace, value: "1.0" }]'),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'info',
          message: 'changes nothing of Deployment/default/web',
          fix: 'remove it, or set a different value',
        },
      ],
    },
  ],
});
