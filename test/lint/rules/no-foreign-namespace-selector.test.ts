import { deploymentIn, labelling, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const inNamespace = (namespace: string, name?: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace,
  ...(name && { name }),
});

describeRule('no-foreign-namespace-selector', {
  passes: [
    {
      name: 'the namespace of the policy, written or not',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [inNamespace('shop', 'web')]),
        labelling('OverridePolicy/shop/web', ['apps/v1 Deployment web']),
      ),
    },
    {
      name: 'any namespace in a cluster policy',
      manifests: texts(web, propagation('ClusterPropagationPolicy/web', [inNamespace('shop', 'web')])),
    },
    {
      name: 'a policy without a namespace, which goes to the default one',
      manifests: texts(
        deploymentIn('default', 'web'),
        propagation('PropagationPolicy/web', [inNamespace('default', 'web')]),
      ),
    },
  ],
  reports: [
    {
      name: 'a workload of another namespace',
      manifests: texts(web, propagation('PropagationPolicy/tools/web', [inNamespace('shop', 'web')])),
      findings: [
        {
          object: 'PropagationPolicy/tools/web',
          path: 'spec.resourceSelectors[0].namespace',
          message:
            'PropagationPolicy/tools/web selects Deployment "web" in namespace "shop", but the policy is in "tools"',
          fix: 'remove the namespace, or move the selector to a policy in "shop" or to a ClusterPropagationPolicy',
        },
      ],
    },
    {
      name: 'what Karmada accepts before v1.17, in two selectors',
      karmada: '1.16',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          inNamespace('shop', 'web'),
          inNamespace('billing'),
          { ...inNamespace('data'), labelSelector: { matchLabels: { app: 'web' } } },
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1].namespace',
          message:
            'PropagationPolicy/shop/web selects objects of kind Deployment in namespace "billing", but the policy is in "shop"',
          fix: 'remove the namespace, or move the selector to a policy in "billing" or to a ClusterPropagationPolicy',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[2].namespace',
          message:
            'PropagationPolicy/shop/web selects objects of kind Deployment labelled app: web in namespace "data", but the policy is in "shop"',
          fix: 'remove the namespace, or move the selector to a policy in "data" or to a ClusterPropagationPolicy',
        },
      ],
    },
    {
      name: 'an override policy',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']),
        labelling('OverridePolicy/tools/web', [inNamespace('shop', 'web')]),
      ),
      findings: [
        {
          object: 'OverridePolicy/tools/web',
          path: 'spec.resourceSelectors[0].namespace',
          message:
            'OverridePolicy/tools/web selects Deployment "web" in namespace "shop", but the policy is in "tools"',
          fix: 'remove the namespace, or move the selector to a policy in "shop" or to a ClusterOverridePolicy',
        },
      ],
    },
  ],
});
