import { deploymentIn, object, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const lazy = { activationPreference: 'Lazy' };

describeRule('no-lazy-first-apply', {
  passes: [
    {
      name: 'a policy that is not Lazy',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web'])),
    },
    {
      name: 'a Lazy policy for objects that are not in the set',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']),
        propagation('PropagationPolicy/shop/cart', ['v1 Secret cart'], lazy),
      ),
    },
    {
      name: 'a Lazy policy whose objects another policy gets',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']),
        propagation('ClusterPropagationPolicy/all', ['apps/v1 Deployment'], lazy),
      ),
    },
  ],
  reports: [
    {
      name: 'a workload with its Lazy policy',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web'], lazy)),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.activationPreference',
          message:
            'PropagationPolicy/shop/web is Lazy and is applied together with Deployment/shop/web: objects that exist before the policy are not propagated',
          fix: 'remove activationPreference: Lazy until the objects are propagated, or apply the policy before them',
        },
      ],
    },
    {
      name: 'a Lazy cluster policy for objects of two namespaces',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        object('v1', 'ConfigMap/tools/cli', { labels: { team: 'blue' } }),
        propagation(
          'ClusterPropagationPolicy/blue',
          [
            'apps/v1 Deployment',
            { apiVersion: 'v1', kind: 'ConfigMap', labelSelector: { matchLabels: { team: 'blue' } } },
            'v1 Service',
          ],
          lazy,
        ),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/blue',
          path: 'spec.activationPreference',
          message:
            'ClusterPropagationPolicy/blue is Lazy and is applied together with Deployment/shop/web, Service/shop/web and ConfigMap/tools/cli: objects that exist before the policy are not propagated',
          fix: 'remove activationPreference: Lazy until the objects are propagated, or apply the policy before them',
        },
      ],
    },
  ],
});
