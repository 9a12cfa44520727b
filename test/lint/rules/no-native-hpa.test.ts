import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const hpa = (kind: string, name = 'web') =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    name,
    `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: ${kind}, name: ${name} }, minReplicas: 2, maxReplicas: 9 }`,
  );
const both = sending(['Deployment web', 'HorizontalPodAutoscaler web'], ['member1', 'member2']);
const retained = "resourcetemplate.karmada.io/retain-replicas: 'true'";

describeRule('no-native-hpa', {
  passes: [
    {
      name: 'a Deployment that keeps its replicas',
      manifests: workload('web', { labels: `, ${retained}` }) + hpa('Deployment') + both,
    },
    {
      name: 'an autoscaler for a cluster without the Deployment',
      manifests:
        workload('web') +
        hpa('Deployment') +
        sending(['Deployment web'], ['member1']) +
        sending(['HorizontalPodAutoscaler web'], ['member2'], { name: 'scaler' }),
    },
    {
      name: 'a kind whose customization retains',
      manifests:
        workload('store', { kind: 'StatefulSet' }) +
        hpa('StatefulSet', 'store') +
        sending(['StatefulSet store', 'HorizontalPodAutoscaler store'], ['member1']) +
        object(
          'config.karmada.io/v1alpha1',
          'ResourceInterpreterCustomization',
          'keep',
          "spec: { target: { apiVersion: apps/v1, kind: StatefulSet }, customizations: { retention: { luaScript: 'function Retain(a, b) return a end' } } }",
          '',
        ),
    },
  ],
  reports: [
    {
      name: 'a Deployment without the label',
      manifests: workload('web') + hpa('Deployment') + both,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'metadata.labels',
          severity: 'error',
          message:
            'is scaled by HorizontalPodAutoscaler/default/web in member1 and member2, but Karmada keeps resetting its replicas: the label resourcetemplate.karmada.io/retain-replicas is missing',
          fix: 'add the label resourcetemplate.karmada.io/retain-replicas: "true", or scale it with a FederatedHPA instead of HorizontalPodAutoscaler/default/web',
        },
      ],
    },
    {
      name: 'a label with another value, and an autoscaler by a cluster policy',
      manifests:
        workload('web', { labels: ", resourcetemplate.karmada.io/retain-replicas: 'yes'" }) +
        hpa('Deployment') +
        sending(['Deployment web'], ['member1']) +
        sending(['HorizontalPodAutoscaler'], ['member1'], { name: 'scalers', namespace: '' }),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'metadata.labels[resourcetemplate.karmada.io/retain-replicas]',
          severity: 'error',
          message:
            'is scaled by HorizontalPodAutoscaler/default/web in member1, but Karmada keeps resetting its replicas: the label resourcetemplate.karmada.io/retain-replicas is "yes"',
          fix: 'add the label resourcetemplate.karmada.io/retain-replicas: "true", or scale it with a FederatedHPA instead of HorizontalPodAutoscaler/default/web',
        },
      ],
    },
    {
      name: 'a StatefulSet',
      manifests:
        workload('store', { kind: 'StatefulSet', labels: `, ${retained}` }) +
        hpa('StatefulSet', 'store') +
        sending(['StatefulSet store', 'HorizontalPodAutoscaler store'], ['member1']),
      findings: [
        {
          object: 'StatefulSet/default/store',
          path: 'metadata.labels[resourcetemplate.karmada.io/retain-replicas]',
          severity: 'error',
          message:
            'is scaled by HorizontalPodAutoscaler/default/store in member1, but Karmada keeps resetting its replicas',
          fix: 'scale it with a FederatedHPA instead of HorizontalPodAutoscaler/default/store: Karmada retains replicas only for Deployments',
        },
      ],
    },
  ],
});
