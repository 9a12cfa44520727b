import { deploymentIn, duplicatedOver, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const shop = object('v1', 'Namespace/shop');
const atHome = object('v1', 'Namespace/vault', { labels: { 'namespace.karmada.io/skip-auto-propagation': 'true' } });
const some = { placement: duplicatedOver('member1', 'member2') };

describeRule('no-namespace-placement', {
  passes: [
    {
      name: 'Namespaces without a policy',
      manifests: texts(
        shop,
        deploymentIn('shop', 'web'),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment'], some),
      ),
    },
    {
      name: 'a policy that sends them everywhere',
      manifests: texts(shop, propagation('ClusterPropagationPolicy/namespaces', ['v1 Namespace'])),
    },
    {
      name: 'a Namespace that would stay at home otherwise',
      manifests: texts(shop, atHome, propagation('ClusterPropagationPolicy/vault', ['v1 Namespace vault'], some)),
    },
    {
      name: 'the namespace default, which is not sent by itself',
      manifests: texts(
        object('v1', 'Namespace/default'),
        propagation('ClusterPropagationPolicy/default', ['v1 Namespace default'], some),
      ),
    },
  ],
  reports: [
    {
      name: 'a Namespace by name',
      manifests: texts(shop, propagation('ClusterPropagationPolicy/shop', ['v1 Namespace shop'], some)),
      findings: [
        {
          object: 'ClusterPropagationPolicy/shop',
          path: 'spec.resourceSelectors[0]',
          message:
            'ClusterPropagationPolicy/shop selects Namespace "shop" for some clusters only, but Karmada sends it to member3 as well',
          fix: 'remove the selector; to exclude a Namespace from propagation, label it namespace.karmada.io/skip-auto-propagation: "true"',
        },
      ],
    },
    {
      name: 'all of them by label of the clusters, and some by their own labels',
      manifests: texts(
        object('v1', 'Namespace/shop', { labels: { team: 'blue' } }),
        propagation('ClusterPropagationPolicy/all', ['v1 Namespace'], {
          placement: { clusterAffinity: { labelSelector: { matchLabels: { env: 'test' } } } },
        }),
        propagation(
          'ClusterPropagationPolicy/blue',
          [{ apiVersion: 'v1', kind: 'Namespace', labelSelector: { matchLabels: { team: 'blue' } } }],
          { placement: { clusterAffinity: { exclude: ['member3'] } } },
        ),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.resourceSelectors[0]',
          message:
            'ClusterPropagationPolicy/all selects objects of kind Namespace for some clusters only, but Karmada sends it to member1 and member2 as well',
          fix: 'remove the selector; to exclude a Namespace from propagation, label it namespace.karmada.io/skip-auto-propagation: "true"',
        },
        {
          object: 'ClusterPropagationPolicy/blue',
          path: 'spec.resourceSelectors[0]',
          message:
            'ClusterPropagationPolicy/blue selects objects of kind Namespace labelled team: blue for some clusters only, but Karmada sends it to member3 as well',
          fix: 'remove the selector; to exclude a Namespace from propagation, label it namespace.karmada.io/skip-auto-propagation: "true"',
        },
      ],
    },
  ],
});
