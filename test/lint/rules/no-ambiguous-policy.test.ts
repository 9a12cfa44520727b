import { deploymentIn, object, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web', { labels: { app: 'web', team: 'blue' } });
const named = 'apps/v1 Deployment web';
const labelled = (key: string, value: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  labelSelector: { matchLabels: { [key]: value } },
});

describeRule('no-ambiguous-policy', {
  passes: [
    {
      name: 'policies of different objects',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        propagation('PropagationPolicy/shop/a', [named]),
        propagation('PropagationPolicy/shop/b', ['v1 Service web']),
      ),
    },
    {
      name: 'different priorities',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/a', [named]),
        propagation('PropagationPolicy/shop/b', [named], { priority: 1 }),
      ),
    },
    {
      name: 'different precision',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/a', ['apps/v1 Deployment']),
        propagation('PropagationPolicy/shop/b', [labelled('app', 'web')]),
        propagation('PropagationPolicy/shop/c', [named]),
      ),
    },
    {
      name: 'a cluster policy beside one of the namespace',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/a', [named]),
        propagation('ClusterPropagationPolicy/a', [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }]),
      ),
    },
    {
      name: 'two that lose to a third',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/a', [labelled('app', 'web')]),
        propagation('PropagationPolicy/shop/b', [labelled('team', 'blue')]),
        propagation('PropagationPolicy/shop/c', [named]),
      ),
    },
    {
      name: 'Namespaces, which go everywhere in any case',
      manifests: texts(
        object('v1', 'Namespace/shop'),
        propagation('ClusterPropagationPolicy/a', ['v1 Namespace']),
        propagation('ClusterPropagationPolicy/b', ['v1 Namespace']),
      ),
    },
  ],
  reports: [
    {
      name: 'two policies that name one workload',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web-eu', [named]),
        propagation('PropagationPolicy/shop/web-all', [named]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web-eu',
          path: 'spec.resourceSelectors[0]',
          message:
            'PropagationPolicy/shop/web-eu and PropagationPolicy/shop/web-all both select Deployment/shop/web by name with priority 0: web-all gets it because its name sorts first',
          fix: 'remove the selector from one of the two policies, or give the policy that should win a higher priority',
        },
      ],
    },
    {
      name: 'two labels of one workload, at the same priority',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/by-team', [labelled('team', 'blue')], { priority: 5 }),
        propagation('PropagationPolicy/shop/by-app', [labelled('app', 'web')], { priority: 5 }),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/by-team',
          path: 'spec.resourceSelectors[0]',
          message:
            'PropagationPolicy/shop/by-team and PropagationPolicy/shop/by-app both select Deployment/shop/web by label with priority 5: by-app gets it because its name sorts first',
          fix: 'remove the selector from one of the two policies, or give the policy that should win a higher priority',
        },
      ],
    },
    {
      name: 'two cluster policies for whole kinds, once for all objects',
      manifests: texts(
        web,
        deploymentIn('billing', 'ledger'),
        propagation('ClusterPropagationPolicy/platform', ['apps/v1 Deployment']),
        propagation('ClusterPropagationPolicy/everything', ['apps/v1 Deployment', 'v1 ConfigMap']),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/platform',
          path: 'spec.resourceSelectors[0]',
          message:
            'ClusterPropagationPolicy/platform and ClusterPropagationPolicy/everything both select Deployment/shop/web and Deployment/billing/ledger by kind only with priority 0: everything gets them because its name sorts first',
          fix: 'remove the selector from one of the two policies, or give the policy that should win a higher priority',
        },
      ],
    },
  ],
});
