import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const web = (replicas: number) =>
  deployment('web', { replicas, container: 'resources: { requests: { cpu: 500m, memory: 1Gi } }' }) +
  policy('web', { selects: ['Deployment/web'], weights: { member1: 2, member2: 1 } });
const quota = (spec: string) => `---
apiVersion: policy.karmada.io/v1alpha1
kind: FederatedResourceQuota
metadata: { name: team, namespace: default }
spec: ${spec}
`;
const assigned = (hard: string) =>
  quota(`{ overall: {}, staticAssignments: [{ clusterName: member1, hard: { ${hard} } }] }`);

describeRule('no-quota-below-plan', {
  passes: [
    { name: 'a quota that the plan fills', manifests: web(3) + assigned("cpu: '1', memory: 2Gi, pods: 2") },
    {
      name: 'a quota of another namespace',
      manifests: web(30) + assigned("cpu: '1'").replace('namespace: default', 'namespace: other'),
    },
    { name: 'resources that nobody asks for', manifests: web(30) + assigned("nvidia.com/gpu: '1'") },
    { name: 'overall, which nobody enforces', manifests: web(30) + quota("{ overall: { cpu: '1' } }") },
    {
      name: 'replicas that are decided at run time',
      manifests:
        web(30).replace(
          /replicaScheduling: .*/,
          'replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated }',
        ) + assigned("cpu: '1'"),
    },
  ],
  reports: [
    {
      name: 'less than the replicas of a cluster ask for, resource by resource',
      manifests: web(6) + assigned("requests.cpu: '1', memory: 3Gi, pods: 3"),
      findings: [
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.staticAssignments[0].hard[requests.cpu]',
          message: 'gives namespace "default" 1 requests.cpu in member1, but the replicas planned there request 2',
          fix: 'raise it to 2 or more, or send fewer replicas to member1',
        },
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.staticAssignments[0].hard.memory',
          severity: 'warning',
          message: 'gives namespace "default" 3Gi memory in member1, but the replicas planned there request 4Gi',
          fix: 'raise it to 4Gi or more, or send fewer replicas to member1',
        },
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.staticAssignments[0].hard.pods',
          message: 'gives namespace "default" 3 pods in member1, but the replicas planned there request 4',
          fix: 'raise it to 4 or more, or send fewer replicas to member1',
        },
      ],
    },
    {
      name: 'less than all replicas together, where Karmada enforces it',
      manifests: web(6) + quota('{ overall: { cpu: 2500m } }'),
      featureGates: ['FederatedQuotaEnforcement'],
      findings: [
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.overall.cpu',
          message: 'gives namespace "default" 2500m cpu over all clusters, but the planned replicas request 3',
          fix: 'raise it to 3 or more, or run fewer replicas',
        },
      ],
    },
  ],
});
