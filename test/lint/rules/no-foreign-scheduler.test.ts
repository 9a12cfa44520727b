import { deploymentIn, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');

describeRule('no-foreign-scheduler', {
  passes: [
    {
      name: 'no scheduler, and the one of Karmada by name',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment']),
        propagation('ClusterPropagationPolicy/rest', ['v1 ConfigMap'], { schedulerName: 'default-scheduler' }),
      ),
    },
    {
      name: 'a scheduler of the pods, which is that of the members',
      manifests: texts(
        deploymentIn('shop', 'web', { pod: { schedulerName: 'volcano', containers: [{ name: 'web', image: 'web' }] } }),
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment']),
      ),
    },
  ],
  reports: [
    {
      name: 'another scheduler',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment'], { schedulerName: 'my-scheduler' }),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.schedulerName',
          message:
            'PropagationPolicy/shop/web uses the scheduler "my-scheduler": nothing is placed unless a scheduler with that name runs',
          fix: 'remove schedulerName, or write default-scheduler',
        },
      ],
    },
    {
      name: 'the name of the program in a cluster policy',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/all', ['apps/v1 Deployment'], { schedulerName: 'karmada-scheduler' }),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.schedulerName',
          message:
            'ClusterPropagationPolicy/all uses the scheduler "karmada-scheduler": nothing is placed unless a scheduler with that name runs',
          fix: 'remove schedulerName, or write default-scheduler',
        },
      ],
    },
  ],
});
