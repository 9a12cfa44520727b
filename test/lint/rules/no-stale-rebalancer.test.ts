import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const rebalancer = (workloads: string, ttl = 'ttlSecondsAfterFinished: 60, ') =>
  object('apps.karmada.io/v1alpha1', 'WorkloadRebalancer', 'monday', `spec: { ${ttl}workloads: [${workloads}] }`, '');
const listing = (name: string, namespace = 'default', apiVersion = 'apps/v1', kind = 'Deployment') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, namespace: ${namespace}, name: ${name} }`;

describeRule('no-stale-rebalancer', {
  passes: [{ name: 'a workload that is propagated', manifests: web + rebalancer(listing('web')) }],
  reports: [
    {
      name: 'a workload that no policy selects, without a fleet',
      fleet: undefined,
      manifests:
        workload('web') + workload('api') + sending(['Deployment web'], ['member1']) + rebalancer(listing('api')),
      findings: [
        {
          object: 'WorkloadRebalancer/monday',
          path: 'spec.workloads[0]',
          severity: 'warning',
          message: 'lists Deployment/default/api, which no policy propagates, so it has no binding',
          fix: 'select Deployment/default/api in a PropagationPolicy, or remove it from the list',
        },
      ],
    },
    {
      name: 'a name that is misspelled',
      manifests: web + rebalancer(`${listing('web')}, ${listing('wbe')}`),
      findings: [
        {
          object: 'WorkloadRebalancer/monday',
          path: 'spec.workloads[1]',
          severity: 'warning',
          message: 'lists Deployment/default/wbe, which is not in the manifests',
          fix: 'write name: web',
        },
      ],
    },
    {
      name: 'another namespace',
      manifests: web + rebalancer(listing('web', 'shop')),
      findings: [
        {
          object: 'WorkloadRebalancer/monday',
          path: 'spec.workloads[0].namespace',
          severity: 'warning',
          message: 'lists Deployment/shop/web, which is not in the manifests',
          fix: 'write namespace: default',
        },
      ],
    },
    {
      name: 'a workload that no policy propagates',
      manifests: workload('web') + rebalancer(listing('web')),
      findings: [
        {
          object: 'WorkloadRebalancer/monday',
          path: 'spec.workloads[0]',
          severity: 'warning',
          message: 'lists Deployment/default/web, which no policy propagates, so it has no binding',
          fix: 'select Deployment/default/web in a PropagationPolicy, or remove it from the list',
        },
      ],
    },
    {
      name: 'a kind that nothing has',
      manifests: web + rebalancer(listing('web', 'default', 'apps/v1', 'StatefulSet')),
      findings: [
        {
          object: 'WorkloadRebalancer/monday',
          path: 'spec.workloads[0]',
          severity: 'warning',
          message: 'lists StatefulSet/default/web, which is not in the manifests',
          fix: 'remove it from the list, or add it to the manifests',
        },
      ],
    },
    {
      name: 'a rebalancer that stays, for a hint',
      manifests: web + rebalancer(listing('web'), ''),
      findings: [
        {
          object: 'WorkloadRebalancer/monday',
          severity: 'info',
          message: 'rebalances only once: applying it again under the name "monday" has no effect',
          fix: 'set ttlSecondsAfterFinished so that it is deleted when it has finished, and use a new name each time',
        },
      ],
    },
  ],
});
