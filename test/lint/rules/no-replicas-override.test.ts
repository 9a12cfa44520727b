import { describeRule } from '../../support/rule-cases';
import { object, overriding, sending, workload } from '../../support/workload-texts';

const replicas = 'plaintext: [{ path: /spec/replicas, operator: replace, value: 3 }]';
const scaler = object(
  'autoscaling.karmada.io/v1alpha1',
  'FederatedHPA',
  'web',
  'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 1, maxReplicas: 5 }',
);

describeRule('no-replicas-override', {
  passes: [
    {
      name: 'another field',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2'], { divided: true }) +
        overriding('slow', ['Deployment web'], 'plaintext: [{ path: /spec/minReadySeconds, operator: add, value: 5 }]'),
    },
    {
      name: 'a cluster that it does not go to',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2'], { divided: true }) +
        overriding('more', ['Deployment web'], replicas, { clusters: ['member3'] }),
    },
  ],
  reports: [
    {
      name: 'replicas that the scheduler divides',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2'], { divided: true }) +
        overriding('more', ['Deployment web'], replicas, { clusters: ['member2'] }),
      findings: [
        {
          object: 'OverridePolicy/default/more',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'warning',
          message:
            'sets /spec/replicas of Deployment/default/web to 3 in member2, although its policy divides 4 replicas among the clusters',
          fix: 'remove the operation, and choose cluster weights that lead to these numbers',
        },
      ],
    },
    {
      name: 'replicas that an autoscaler sets, by a cluster policy',
      manifests:
        workload('web') +
        scaler +
        sending(['Deployment web'], ['member1', 'member2']) +
        overriding('more', ['Deployment default/web'], replicas, { namespace: '' }),
      findings: [
        {
          object: 'ClusterOverridePolicy/more',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'warning',
          message:
            'sets /spec/replicas of Deployment/default/web to 3 in member1 and member2, although an autoscaler scales it',
          fix: 'remove the operation, and set the bounds of the autoscaler',
        },
      ],
    },
    {
      name: 'replicas that are removed, so that the member writes 1',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2'], { divided: true }) +
        overriding('none', ['Deployment web'], 'plaintext: [{ path: /spec/replicas, operator: remove }]'),
      findings: [
        {
          object: 'OverridePolicy/default/none',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'warning',
          message:
            'removes /spec/replicas of Deployment/default/web in member1 and member2, although its policy divides 4 replicas among the clusters',
          fix: 'remove the operation, and choose cluster weights that lead to these numbers',
        },
      ],
    },
    {
      name: 'another number in one cluster of a duplicated workload, for a hint',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2']) +
        overriding('more', ['Deployment web'], replicas, { clusters: ['member2'] }),
      findings: [
        {
          object: 'OverridePolicy/default/more',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'info',
          message: 'sets /spec/replicas of Deployment/default/web to 3 in member2, instead of 4',
          fix: 'keep the operation if the number is intended for these clusters, otherwise remove it',
        },
      ],
    },
  ],
});
