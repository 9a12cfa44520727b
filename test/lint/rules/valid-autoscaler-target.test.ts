import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const scaler = (target: string, name = 'web') =>
  object(
    'autoscaling.karmada.io/v1alpha1',
    'FederatedHPA',
    name,
    `spec: { scaleTargetRef: { ${target} }, minReplicas: 2, maxReplicas: 9 }`,
  );
const cron = (target: string, numbers: string) =>
  object(
    'autoscaling.karmada.io/v1alpha1',
    'CronFederatedHPA',
    'office',
    `spec: { scaleTargetRef: { ${target} }, rules: [{ name: up, schedule: 0 8 * * 1-5, ${numbers} }] }`,
  );

describeRule('valid-autoscaler-target', {
  passes: [
    {
      name: 'a Deployment that is propagated',
      manifests: web + scaler('apiVersion: apps/v1, kind: Deployment, name: web'),
    },
    {
      name: 'a FederatedHPA that is there',
      manifests:
        web +
        scaler('kind: Deployment, name: web') +
        cron('apiVersion: autoscaling.karmada.io/v1alpha1, kind: FederatedHPA, name: web', 'targetMinReplicas: 4'),
    },
  ],
  reports: [
    {
      name: 'a Deployment that no policy selects, without a fleet',
      fleet: undefined,
      manifests: web + workload('api') + scaler('apiVersion: apps/v1, kind: Deployment, name: api', 'api'),
      findings: [
        {
          object: 'FederatedHPA/default/api',
          path: 'spec.scaleTargetRef',
          severity: 'error',
          message: 'scales Deployment/default/api, which no policy propagates',
          fix: 'select Deployment/default/api in a PropagationPolicy',
        },
      ],
    },
    {
      name: 'a Deployment that comes along as a dependency only, without a claim',
      manifests:
        workload('api') +
        object('apps.example.org/v1', 'Bundle', 'all') +
        sending(['apps.example.org/v1/Bundle all'], ['member1'], { spec: 'propagateDeps: true' }) +
        object(
          'config.karmada.io/v1alpha1',
          'ResourceInterpreterCustomization',
          'bundles',
          'spec: { target: { apiVersion: apps.example.org/v1, kind: Bundle }, customizations: { dependencyInterpretation: { luaScript: \'function GetDependencies(o) return {{apiVersion="apps/v1", kind="Deployment", namespace="default", name="api"}} end\' } } }',
          '',
        ) +
        scaler('apiVersion: apps/v1, kind: Deployment, name: api', 'api'),
      findings: [
        {
          object: 'FederatedHPA/default/api',
          path: 'spec.scaleTargetRef',
          severity: 'error',
          message: 'scales Deployment/default/api, which no policy propagates',
          fix: 'select Deployment/default/api in a PropagationPolicy',
        },
      ],
    },
    {
      name: 'a Deployment that is not there',
      manifests: web + scaler('apiVersion: apps/v1, kind: Deployment, name: wbe'),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef.name',
          severity: 'error',
          message: 'scales Deployment/default/wbe, which is not in the manifests',
          fix: 'write name: web',
        },
      ],
    },
    {
      name: 'a Deployment that no policy propagates',
      manifests: workload('web') + scaler('apiVersion: apps/v1, kind: Deployment, name: web'),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef',
          severity: 'error',
          message: 'scales Deployment/default/web, which no policy propagates',
          fix: 'select Deployment/default/web in a PropagationPolicy',
        },
      ],
    },
    {
      name: 'a FederatedHPA that is not there',
      manifests:
        web +
        cron('apiVersion: autoscaling.karmada.io/v1alpha1, kind: FederatedHPA, name: web', 'targetMinReplicas: 4'),
      findings: [
        {
          object: 'CronFederatedHPA/default/office',
          path: 'spec.scaleTargetRef.name',
          severity: 'error',
          message: 'scales FederatedHPA/default/web, which is not in the manifests',
          fix: 'add FederatedHPA "web" in namespace "default"',
        },
      ],
    },
    {
      name: 'a kind without replicas',
      manifests:
        workload('agent', { kind: 'DaemonSet' }) +
        sending(['DaemonSet agent'], ['member1']) +
        scaler('apiVersion: apps/v1, kind: DaemonSet, name: agent'),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef.kind',
          severity: 'error',
          message: 'scales DaemonSet/default/agent, but a DaemonSet has no replicas',
          fix: 'scale a Deployment, a StatefulSet or another kind with a scale subresource',
        },
      ],
    },
    {
      name: 'a target of another group',
      manifests: web + scaler('apiVersion: extensions/v1beta1, kind: Deployment, name: web'),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef.apiVersion',
          severity: 'error',
          message:
            'scales Deployment/default/web of extensions/v1beta1, but the Deployment "web" has apiVersion apps/v1',
          fix: 'write apiVersion: apps/v1',
        },
      ],
    },
    {
      name: 'an autoscaler alone, for a hint',
      manifests: scaler('apiVersion: apps/v1, kind: Deployment, name: web'),
      findings: [
        {
          object: 'FederatedHPA/default/web',
          path: 'spec.scaleTargetRef.name',
          severity: 'info',
          message: 'scales Deployment/default/web, which is not in the manifests',
          fix: 'add Deployment "web" in namespace "default"',
        },
      ],
    },
  ],
});
