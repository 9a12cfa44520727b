import { deploymentIn, propagation, serviceIn, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const named = 'apps/v1 Deployment web';

describeRule('no-priority-without-preemption', {
  passes: [
    {
      name: 'a policy without a rival',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', [named], { priority: 10 })),
    },
    {
      name: 'a more precise selector',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/all', ['apps/v1 Deployment']),
        propagation('PropagationPolicy/shop/web', [named]),
      ),
    },
    {
      name: 'preemption',
      featureGates: ['PropagationPolicyPreemption'],
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/all', [named]),
        propagation('PropagationPolicy/shop/web', [named], { priority: 10, preemption: 'Always' }),
      ),
    },
  ],
  reports: [
    {
      name: 'two policies of one object',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/all', ['apps/v1 Deployment']),
        propagation('PropagationPolicy/shop/web', [named], { priority: 10 }),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.priority',
          message:
            'PropagationPolicy/shop/web gets Deployment/shop/web only because its priority 10 is higher than 0: if PropagationPolicy/shop/all has already claimed it, it keeps it',
          fix: 'select it in only one of the two policies, or set preemption: Always and enable the feature gate PropagationPolicyPreemption',
        },
      ],
    },
    {
      name: 'cluster policies, once for all their objects',
      manifests: texts(
        web,
        serviceIn('shop', 'web'),
        propagation('ClusterPropagationPolicy/base', ['apps/v1 Deployment', 'v1 Service'], { priority: -1 }),
        propagation('ClusterPropagationPolicy/shop', [
          { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop' },
          'v1 Service',
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/shop',
          path: 'spec.priority',
          message:
            'ClusterPropagationPolicy/shop gets Deployment/shop/web and Service/shop/web only because its priority 0 is higher than -1: if ClusterPropagationPolicy/base has already claimed them, it keeps them',
          fix: 'select them in only one of the two policies, or set preemption: Always and enable the feature gate PropagationPolicyPreemption',
        },
      ],
    },
  ],
});
