import { deploymentIn, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const ofShop = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

describeRule('no-outranked-cluster-policy', {
  passes: [
    {
      name: 'a cluster policy as the fallback of a whole kind',
      manifests: texts(
        web,
        deploymentIn('tools', 'cli'),
        propagation('ClusterPropagationPolicy/fallback', ['apps/v1 Deployment']),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']),
      ),
    },
    {
      name: 'a priority over other cluster policies',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/fallback', ['apps/v1 Deployment']),
        propagation('ClusterPropagationPolicy/strict', ['apps/v1 Deployment'], { priority: 100 }),
      ),
    },
    {
      name: 'a policy of another namespace',
      manifests: texts(
        web,
        deploymentIn('tools', 'web'),
        propagation('ClusterPropagationPolicy/shop', [ofShop], { priority: 100 }),
        propagation('PropagationPolicy/tools/web', ['apps/v1 Deployment web']),
      ),
    },
  ],
  reports: [
    {
      name: 'a higher priority',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/platform', [ofShop], { priority: 100 }),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/platform',
          path: 'spec.priority',
          message:
            'ClusterPropagationPolicy/platform does not get Deployment/shop/web, despite its priority 100 over 0: PropagationPolicy/shop/web also selects it',
          fix: 'remove the selector from PropagationPolicy/shop/web, or change the placement of PropagationPolicy/shop/web',
        },
      ],
    },
    {
      name: 'a higher priority for whole kinds, in two namespaces',
      manifests: texts(
        web,
        deploymentIn('tools', 'cli'),
        object('v1', 'ConfigMap/tools/cli'),
        propagation('ClusterPropagationPolicy/compliance', ['apps/v1 Deployment', 'v1 ConfigMap'], {
          priority: 10,
          preemption: 'Never',
        }),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment'], { priority: 9 }),
        propagation('PropagationPolicy/tools/cli', ['v1 ConfigMap cli']),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/compliance',
          path: 'spec.priority',
          message:
            'ClusterPropagationPolicy/compliance does not get ConfigMap/tools/cli, despite its priority 10 over 0: PropagationPolicy/tools/cli also selects it',
          fix: 'remove the selector from PropagationPolicy/tools/cli, or change the placement of PropagationPolicy/tools/cli',
        },
        {
          object: 'ClusterPropagationPolicy/compliance',
          path: 'spec.priority',
          message:
            'ClusterPropagationPolicy/compliance does not get Deployment/shop/web, despite its priority 10 over 9: PropagationPolicy/shop/web also selects it',
          fix: 'remove the selector from PropagationPolicy/shop/web, or change the placement of PropagationPolicy/shop/web',
        },
      ],
    },
    {
      name: 'the same priority, with the object named',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/platform', [ofShop]),
        propagation('PropagationPolicy/shop/web', [
          { apiVersion: 'apps/v1', kind: 'Deployment', labelSelector: { matchLabels: { app: 'web' } } },
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/platform',
          path: 'spec.resourceSelectors[0]',
          message:
            'ClusterPropagationPolicy/platform does not get Deployment/shop/web, although it names it: PropagationPolicy/shop/web also selects it',
          fix: 'remove the selector from PropagationPolicy/shop/web, or change the placement of PropagationPolicy/shop/web',
        },
      ],
    },
  ],
});
