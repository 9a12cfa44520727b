import { describeRule } from '../../support/rule-cases';
import { overriding, sending, workload } from '../../support/workload-texts';

const clusters = ['member1', 'member2'];
const edge = 'imageOverrider: [{ component: Tag, operator: replace, value: edge }]';
const at = (path: string) =>
  `imageOverrider: [{ predicate: { path: ${path} }, component: Tag, operator: replace, value: edge }]`;
const web = workload('web');
const proxied = workload('web', { container: " }, { name: proxy, image: 'envoyproxy/envoy:v1'" });
const initialised = (image: string) =>
  workload('web', { pod: `, initContainers: [{ name: setup, image: '${image}' }]` });
const nightly = (image = 'example.com/nightly:1.0') =>
  workload('nightly', { kind: 'CronJob' }).replace('example.com/nightly:1.0', image);
const both = ['Deployment web', 'CronJob nightly'];

describeRule('no-untargeted-image-override', {
  passes: [
    {
      name: 'one repository',
      manifests: web + sending(['Deployment web'], clusters) + overriding('tag', ['Deployment web'], edge),
    },
    {
      name: 'several, one of them selected',
      manifests:
        proxied +
        sending(['Deployment web'], clusters) +
        overriding('tag', ['Deployment web'], at('/spec/template/spec/containers/0/image')),
    },
    {
      name: 'several in a registry',
      manifests:
        proxied +
        sending(['Deployment web'], clusters) +
        overriding('mirror', ['Deployment web'], edge.replace('Tag', 'Registry').replace('edge', 'mirror.example.com')),
    },
    {
      name: 'an init container of somebody else',
      manifests:
        initialised('busybox:1.36') +
        sending(['Deployment web'], clusters) +
        overriding('tag', ['Deployment web'], edge),
    },
    {
      name: 'a CronJob that another override reaches',
      manifests:
        web +
        nightly() +
        sending(both, clusters) +
        overriding('tag', ['Deployment web'], edge) +
        overriding('nightly', ['CronJob nightly'], at('/spec/jobTemplate/spec/template/spec/containers/0/image')),
    },
    {
      name: 'a CronJob of another policy',
      manifests:
        web +
        nightly() +
        sending(['Deployment web'], clusters) +
        sending(['CronJob nightly'], clusters) +
        overriding('tag', ['Deployment web'], edge),
    },
  ],
  reports: [
    {
      name: 'a sidecar with the tag of the application',
      manifests: proxied + sending(['Deployment web'], clusters) + overriding('tag', ['Deployment web'], edge),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          message:
            'gives the tag "edge" to images of 2 repositories: example.com/web (container "web" of Deployment/default/web) and envoyproxy/envoy (container "proxy" of Deployment/default/web)',
          fix: 'select the container with predicate: { path: /spec/template/spec/containers/0/image }, or in code with Override.image({ tag: "edge" }).of("web")',
        },
      ],
    },
    {
      name: 'objects of one app, with a policy each',
      manifests:
        web +
        workload('store', { kind: 'StatefulSet' }).replace('example.com/store', 'redis') +
        sending(['Deployment web', 'StatefulSet store'], clusters) +
        overriding('a', ['Deployment web'], edge) +
        overriding('b', ['StatefulSet store'], edge),
      findings: [
        {
          object: 'OverridePolicy/default/a',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          message:
            'gives the tag "edge" to images of 2 repositories: example.com/web (container "web" of Deployment/default/web) and redis (container "store" of StatefulSet/default/store)',
          fix: 'select the container with predicate: { path: /spec/template/spec/containers/0/image }, or in code with Override.image({ tag: "edge" }).of("web")',
        },
      ],
    },
    {
      name: 'an init container of the same owner',
      manifests:
        initialised('example.com/setup:1.0') +
        sending(['Deployment web'], clusters) +
        overriding('tag', ['Deployment web'], edge),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          message:
            'gives the tag "edge" to example.com/web, and does not reach init container "setup" (example.com/setup:1.0) of Deployment/default/web',
          fix: 'override Deployment/default/web with predicate: { path: /spec/template/spec/initContainers/0/image }, or in code with Override.image({ tag: "edge" }).of("setup")',
        },
      ],
    },
    {
      name: 'a CronJob of the app, which it does not reach',
      manifests: web + nightly() + sending(both, clusters) + overriding('tag', ['Deployment web'], edge),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          message:
            'gives the tag "edge" to example.com/web, and does not reach container "nightly" (example.com/nightly:1.0) of CronJob/default/nightly',
          fix: 'override CronJob/default/nightly with predicate: { path: /spec/jobTemplate/spec/template/spec/containers/0/image }, or in code with Override.image({ tag: "edge" }).of("nightly")',
        },
      ],
    },
    {
      name: 'a CronJob with the image of somebody else',
      manifests: web + nightly('postgres:16') + sending(both, clusters) + overriding('tag', ['Deployment web'], edge),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'info',
          message:
            'gives the tag "edge" to example.com/web, and does not reach container "nightly" (postgres:16) of CronJob/default/nightly',
          fix: 'override CronJob/default/nightly with predicate: { path: /spec/jobTemplate/spec/template/spec/containers/0/image }, or in code with Override.image({ tag: "edge" }).of("nightly")',
        },
      ],
    },
  ],
});
