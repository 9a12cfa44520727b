import { deploymentIn, labelling, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const selector = (labelSelector: object, name?: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  labelSelector,
  ...(name && { name }),
});
const labels = { matchLabels: { app: 'web' } };

describeRule('no-ignored-label-selector', {
  passes: [
    {
      name: 'a name alone and labels alone',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web', selector(labels)])),
    },
    {
      name: 'a whole kind',
      manifests: texts(web, propagation('ClusterPropagationPolicy/all', ['apps/v1 Deployment'])),
    },
  ],
  reports: [
    {
      name: 'labels beside a name',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', [selector(labels, 'web')])),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].labelSelector',
          message: 'PropagationPolicy/shop/web selects Deployment "web" by name, so its labelSelector is ignored',
          fix: 'remove the labelSelector, or remove name: web to select by label',
        },
      ],
    },
    {
      name: 'labels that would have left the object out',
      manifests: texts(
        web,
        object('v1', 'ConfigMap/shop/web', { labels: { app: 'old' } }),
        propagation('ClusterPropagationPolicy/web', [
          'apps/v1 Deployment',
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            namespace: 'shop',
            name: 'web',
            labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
          },
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.resourceSelectors[1].labelSelector',
          message:
            'ClusterPropagationPolicy/web selects ConfigMap "web" by name, so its labelSelector is ignored: ConfigMap/shop/web is selected although its labels do not match',
          fix: 'remove the labelSelector, or remove name: web to select by label',
        },
      ],
    },
    {
      name: 'an empty label selector, and one in an override policy',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [selector({})]),
        labelling('OverridePolicy/shop/web', [selector(labels, 'web')]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].labelSelector',
          message:
            'the empty labelSelector of PropagationPolicy/shop/web selects every Deploymentand takes precedence over a policy that selects every Deployment without one',
          fix: 'remove the labelSelector, or add the intended labels',
        },
        {
          object: 'OverridePolicy/shop/web',
          path: 'spec.resourceSelectors[0].labelSelector',
          message: 'OverridePolicy/shop/web selects Deployment "web" by name, so its labelSelector is ignored',
          fix: 'remove the labelSelector, or remove name: web to select by label',
        },
      ],
    },
  ],
});
