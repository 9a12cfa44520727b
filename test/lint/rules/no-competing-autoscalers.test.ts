import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const web = workload('web', { labels: ", resourcetemplate.karmada.io/retain-replicas: 'true'" });
const sent = sending(['Deployment web'], ['member1', 'member2']);
const target = 'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }';
const scaler = (name = 'web') =>
  object(
    'autoscaling.karmada.io/v1alpha1',
    'FederatedHPA',
    name,
    `spec: { ${target}, minReplicas: 2, maxReplicas: 9 }`,
  );
const cron = (reference: string, numbers: string) =>
  object(
    'autoscaling.karmada.io/v1alpha1',
    'CronFederatedHPA',
    'office',
    `spec: { ${reference}, rules: [{ name: up, schedule: 0 8 * * 1-5, ${numbers} }] }`,
  );

describeRule('no-competing-autoscalers', {
  passes: [
    { name: 'one autoscaler', manifests: web + sent + scaler() },
    {
      name: 'a schedule for its bounds',
      manifests:
        web +
        sent +
        scaler() +
        cron(
          'scaleTargetRef: { apiVersion: autoscaling.karmada.io/v1alpha1, kind: FederatedHPA, name: web }',
          'targetMinReplicas: 4',
        ),
    },
    {
      name: 'an autoscaler of the clusters that no policy sends there',
      manifests:
        web +
        sent +
        scaler() +
        object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec: { ${target}, maxReplicas: 9 }`),
    },
    { name: 'a schedule alone', manifests: web + sent + cron(target, 'targetReplicas: 4') },
  ],
  reports: [
    {
      name: 'an autoscaler of the clusters beside it',
      manifests:
        web +
        sending(['Deployment web', 'HorizontalPodAutoscaler web'], ['member1']) +
        scaler() +
        object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec: { ${target}, maxReplicas: 9 }`),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef',
          severity: 'error',
          message: 'scales Deployment/default/web, which HorizontalPodAutoscaler/default/web scales too',
          fix: 'keep one of FederatedHPA/default/web, HorizontalPodAutoscaler/default/web',
        },
      ],
    },
    {
      name: 'a schedule for the same workload',
      manifests: web + sent + scaler() + cron(target, 'targetReplicas: 4'),
      findings: [
        {
          object: 'CronFederatedHPA/default/office',
          path: 'spec.rules[0].targetReplicas',
          severity: 'error',
          message: 'sets the replicas of Deployment/default/web, which FederatedHPA/default/web also scales',
          fix: 'set its target to FederatedHPA "web" instead of the workload, with targetMinReplicas and targetMaxReplicas',
        },
      ],
    },
    {
      name: 'two of a kind',
      manifests: web + sent + scaler() + scaler('web-too'),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef',
          severity: 'error',
          message: 'scales Deployment/default/web, which FederatedHPA/default/web-too scales too',
          fix: 'keep one of FederatedHPA/default/web, FederatedHPA/default/web-too',
        },
      ],
    },
  ],
});
