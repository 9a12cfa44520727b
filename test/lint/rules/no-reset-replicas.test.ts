import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const sent = sending(['Deployment web'], ['member1', 'member2']);
const target = 'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }';
const scaler = object(
  'autoscaling.karmada.io/v1alpha1',
  'FederatedHPA',
  'web',
  `spec: { ${target}, minReplicas: 2, maxReplicas: 9 }`,
);
const schedule = object(
  'autoscaling.karmada.io/v1alpha1',
  'CronFederatedHPA',
  'office',
  `spec: { ${target}, rules: [{ name: up, schedule: 0 8 * * 1-5, targetReplicas: 6 }] }`,
);

describeRule('no-reset-replicas', {
  passes: [
    { name: 'no number', manifests: workload('web').replace(/ {2}replicas: 4\n/, '') + sent + scaler },
    { name: 'a target that is not in the manifests', manifests: workload('other') + scaler },
    {
      name: 'an autoscaler of the clusters, whose replicas Karmada retains',
      manifests:
        workload('web', { labels: ", resourcetemplate.karmada.io/retain-replicas: 'true'" }) +
        object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', `spec: { ${target}, maxReplicas: 9 }`) +
        sending(['Deployment web', 'HorizontalPodAutoscaler web'], ['member1']),
    },
    {
      name: 'a schedule for the bounds of an autoscaler',
      manifests:
        workload('web').replace(/ {2}replicas: 4\n/, '') +
        sent +
        scaler +
        schedule
          .replace(
            target,
            'scaleTargetRef: { apiVersion: autoscaling.karmada.io/v1alpha1, kind: FederatedHPA, name: web }',
          )
          .replace('targetReplicas', 'targetMinReplicas'),
    },
  ],
  reports: [
    {
      name: 'a number that the autoscaler changes',
      manifests: workload('web') + sent + scaler,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'info',
          message: 'states 4 replicas, and each apply sets them again, although FederatedHPA/default/web scales it',
          fix: 'leave spec.replicas out, so that only FederatedHPA/default/web decides',
        },
      ],
    },
    {
      name: 'a number that a schedule changes, without a fleet',
      fleet: undefined,
      manifests: workload('web', { replicas: 1 }) + sent + schedule,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicas',
          severity: 'info',
          message: 'states 1 replica, and each apply sets it again, although CronFederatedHPA/default/office scales it',
          fix: 'leave spec.replicas out, so that only CronFederatedHPA/default/office decides',
        },
      ],
    },
  ],
});
