import { defaultKarmadaVersion } from '../../../src/karmada/release';
import { named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const placement = `{ ${named('member1')} }`;
const service = `---
apiVersion: networking.karmada.io/v1alpha1
kind: MultiClusterService
metadata: { name: web, namespace: default }
spec: { types: [CrossCluster] }
`;
const priority = 'schedulePriority: { priorityClassSource: KubePriorityClass, priorityClassName: high }';
const quota = `---
apiVersion: policy.karmada.io/v1alpha1
kind: FederatedResourceQuota
metadata: { name: team, namespace: default }
spec: { overall: { cpu: 8 } }
`;

describeRule('no-undeclared-feature-gate', {
  passes: [
    { name: 'nothing that needs a gate', manifests: placed(placement) },
    { name: 'a gate that is declared', manifests: service, featureGates: ['MultiClusterService'] },
    { name: 'a scheduling priority', manifests: placed(placement, { spec: priority }) },
    { name: 'preemption that is off', manifests: placed(placement, { spec: 'preemption: Never' }) },
    {
      name: 'a quota with staticAssignments, which works without',
      manifests: quota.replace('overall', 'staticAssignments: [{ clusterName: member1, hard: { cpu: 4 } }], overall'),
    },
  ],
  reports: [
    {
      name: 'a MultiClusterService',
      manifests: service,
      findings: [
        {
          object: 'MultiClusterService/default/web',
          severity: 'info',
          message: `MultiClusterService needs the feature gate MultiClusterService, which is disabled by default in Karmada ${defaultKarmadaVersion}`,
          fix: 'start karmada-controller-manager and karmada-agent with --feature-gates=MultiClusterService=true, and declare MultiClusterService in featureGates',
        },
      ],
    },
    {
      name: 'a scheduling priority, before Karmada 1.19',
      manifests: placed(placement, { spec: priority }),
      karmada: '1.18',
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.schedulePriority',
          severity: 'info',
          message:
            'spec.schedulePriority needs the feature gate PriorityBasedScheduling, which is disabled by default in Karmada 1.18',
          fix: 'start karmada-controller-manager and karmada-scheduler with --feature-gates=PriorityBasedScheduling=true, and declare PriorityBasedScheduling in featureGates',
        },
      ],
    },
    {
      name: 'preemption in a cluster policy',
      manifests: policyText('all', placement, { kind: 'ClusterPropagationPolicy', spec: 'preemption: Always' }),
      findings: [
        {
          object: 'ClusterPropagationPolicy/all',
          path: 'spec.preemption',
          severity: 'info',
          message: `spec.preemption needs the feature gate PropagationPolicyPreemption, which is disabled by default in Karmada ${defaultKarmadaVersion}`,
          fix: 'start karmada-controller-manager with --feature-gates=PropagationPolicyPreemption=true, and declare PropagationPolicyPreemption in featureGates',
        },
      ],
    },
    {
      name: 'workload affinity, and failover of clusters',
      manifests: placed(`{ ${named('member1')}, workloadAffinity: { affinity: { groupByLabelKey: app } } }`, {
        spec: 'failover: { cluster: { purgeMode: Directly } }',
      }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.workloadAffinity',
          severity: 'info',
          message: `spec.placement.workloadAffinity needs the feature gate WorkloadAffinity, which is disabled by default in Karmada ${defaultKarmadaVersion}`,
          fix: 'start karmada-controller-manager and karmada-scheduler with --feature-gates=WorkloadAffinity=true, and declare WorkloadAffinity in featureGates',
        },
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.failover.cluster',
          severity: 'info',
          message: `spec.failover.cluster needs the feature gate Failover, which is disabled by default in Karmada ${defaultKarmadaVersion}`,
          fix: 'start karmada-controller-manager with --feature-gates=Failover=true, and declare Failover in featureGates',
        },
      ],
    },
    {
      name: 'a quota of overall only',
      manifests: quota,
      findings: [
        {
          object: 'FederatedResourceQuota/default/team',
          path: 'spec.overall',
          severity: 'info',
          message: `spec.overall needs the feature gate FederatedQuotaEnforcement, which is disabled by default in Karmada ${defaultKarmadaVersion}`,
          fix: 'start karmada-controller-manager and karmada-webhook with --feature-gates=FederatedQuotaEnforcement=true, and declare FederatedQuotaEnforcement in featureGates',
        },
      ],
    },
  ],
});
