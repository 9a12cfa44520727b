import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const scaler = object(
  'autoscaling.karmada.io/v1alpha1',
  'FederatedHPA',
  'web',
  'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 9 }',
);
const cron = (
  schedule: string,
  numbers = 'targetReplicas: 4',
  target = 'apiVersion: apps/v1, kind: Deployment, name: web',
) =>
  object(
    'autoscaling.karmada.io/v1alpha1',
    'CronFederatedHPA',
    'office',
    `spec: { scaleTargetRef: { ${target} }, rules: [{ name: up, schedule: '${schedule}', ${numbers} }] }`,
  );

describeRule('valid-cron-rule', {
  passes: [
    { name: 'five fields', manifests: web + cron('0 8 * * MON-FRI') },
    { name: 'a word for it', manifests: web + cron('@daily') },
    { name: 'more spaces, and a question mark', manifests: web + cron('0  8 ? * 1-5') },
    {
      name: 'bounds of a FederatedHPA',
      manifests:
        web +
        scaler +
        cron(
          '0 8 * * *',
          'targetMinReplicas: 4, targetMaxReplicas: 9',
          'apiVersion: autoscaling.karmada.io/v1alpha1, kind: FederatedHPA, name: web',
        ),
    },
  ],
  reports: [
    {
      name: 'seconds before them',
      manifests: web + cron('0 30 8 * * 1-5'),
      findings: [
        {
          object: 'CronFederatedHPA/default/office',
          path: 'spec.rules[0].schedule',
          severity: 'error',
          message:
            'the schedule "0 30 8 * * 1-5" has 6 fields, but the controller reads only 5, so rule "up" never runs',
          fix: 'write minute, hour, day of month, month and day of week (0 to 6, or SUN to SAT), for example "0 8 * * MON-FRI"',
        },
      ],
    },
    {
      name: 'Sunday as 7',
      manifests: web + cron('0 8 * * 7'),
      findings: [
        {
          object: 'CronFederatedHPA/default/office',
          path: 'spec.rules[0].schedule',
          severity: 'error',
          message: 'the schedule "0 8 * * 7" has "7" as day of week, which goes from 0 to 6, so rule "up" never runs',
          fix: 'write minute, hour, day of month, month and day of week (0 to 6, or SUN to SAT), for example "0 8 * * MON-FRI"',
        },
      ],
    },
    {
      name: 'bounds for a Deployment',
      manifests: web + cron('0 8 * * *', 'targetReplicas: 4, targetMinReplicas: 2'),
      findings: [
        {
          object: 'CronFederatedHPA/default/office',
          path: 'spec.rules[0].targetMinReplicas',
          severity: 'error',
          message: 'targetMinReplicas has no effect in rule "up": the target is a Deployment',
          fix: 'remove targetMinReplicas, and set targetReplicas',
        },
      ],
    },
    {
      name: 'replicas for a FederatedHPA',
      manifests:
        web +
        scaler +
        cron(
          '0 8 * * *',
          'targetReplicas: 4, targetMaxReplicas: 9',
          'apiVersion: autoscaling.karmada.io/v1alpha1, kind: FederatedHPA, name: web',
        ),
      findings: [
        {
          object: 'CronFederatedHPA/default/office',
          path: 'spec.rules[0].targetReplicas',
          severity: 'error',
          message: 'targetReplicas has no effect in rule "up": the target is a FederatedHPA',
          fix: 'remove targetReplicas, and set targetMinReplicas and targetMaxReplicas',
        },
      ],
    },
  ],
});
