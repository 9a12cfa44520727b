import { describeRule } from '../../support/rule-cases';
import { object, overriding, sending, workload } from '../../support/workload-texts';

const apps = workload('web') + workload('api') + sending(['Deployment web', 'Deployment api'], ['member1']);
const mirror = 'imageOverrider: [{ component: Registry, operator: replace, value: mirror.example.com }]';

describeRule('no-unscoped-override', {
  passes: [
    { name: 'objects by name', manifests: apps + overriding('mirror', ['Deployment web'], mirror) },
    { name: 'every object of a kind', manifests: apps + overriding('mirror', ['Deployment'], mirror) },
    {
      name: 'a policy without rules, which changes nothing',
      manifests: apps + object('policy.karmada.io/v1alpha1', 'OverridePolicy', 'later', 'spec: { overrideRules: [] }'),
    },
  ],
  reports: [
    {
      name: 'an OverridePolicy',
      manifests: apps + overriding('mirror', [], mirror, { clusters: ['member1'] }),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.resourceSelectors',
          severity: 'warning',
          message:
            'has no resourceSelectors, so it changes every object in namespace "default": Deployment/default/web and Deployment/default/api',
          fix: 'list the intended objects in spec.resourceSelectors, for example { apiVersion: apps/v1, kind: Deployment, name: web }',
        },
      ],
    },
    {
      name: 'objects of which only one is sent',
      manifests: apps + workload('idle') + overriding('mirror', [], mirror, { clusters: ['member1'] }),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.resourceSelectors',
          severity: 'warning',
          message:
            'has no resourceSelectors, so it changes every object in namespace "default": Deployment/default/web and Deployment/default/api',
          fix: 'list the intended objects in spec.resourceSelectors, for example { apiVersion: apps/v1, kind: Deployment, name: web }',
        },
      ],
    },
    {
      name: 'a ClusterOverridePolicy',
      manifests: apps + overriding('mirror', [], mirror, { namespace: '' }),
      findings: [
        {
          object: 'ClusterOverridePolicy/mirror',
          path: 'spec.resourceSelectors',
          severity: 'warning',
          message:
            'has no resourceSelectors, so it changes every object of the whole fleet: Deployment/default/web and Deployment/default/api',
          fix: 'list the intended objects in spec.resourceSelectors, for example { apiVersion: apps/v1, kind: Deployment, name: web }',
        },
      ],
    },
    {
      name: 'an empty list, with the deprecated fields',
      manifests:
        apps +
        object(
          'policy.karmada.io/v1alpha1',
          'OverridePolicy',
          'mirror',
          `spec: { resourceSelectors: [], overriders: { ${mirror} } }`,
        ),
      findings: [
        {
          object: 'OverridePolicy/default/mirror',
          path: 'spec.resourceSelectors',
          severity: 'warning',
          message:
            'has no resourceSelectors, so it changes every object in namespace "default": Deployment/default/web and Deployment/default/api',
          fix: 'list the intended objects in spec.resourceSelectors, for example { apiVersion: apps/v1, kind: Deployment, name: web }',
        },
      ],
    },
  ],
});
