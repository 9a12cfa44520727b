import { describeRule } from '../../support/rule-cases';
import { object } from '../../support/workload-texts';

const policy = (
  effect: string,
  operator: string,
  conditions = `addOnConditions: [{ conditionType: Ready, operator: ${operator}, statusValues: ["False"] }], `,
) =>
  object(
    'policy.karmada.io/v1alpha1',
    'ClusterTaintPolicy',
    'broken',
    `spec: { ${conditions}taints: [{ key: broken, effect: ${effect} }] }`,
    '',
  );

describeRule('valid-taint-policy', {
  passes: [
    { name: 'an effect and an operator that there are', manifests: policy('NoSchedule', 'In') },
    {
      name: 'conditions that only remove a taint',
      manifests: policy(
        'NoSchedule',
        'In',
        'removeOnConditions: [{ conditionType: Ready, operator: In, statusValues: ["True"] }], ',
      ),
    },
  ],
  reports: [
    {
      name: 'an effect that clusters do not take',
      manifests: policy('PreferNoSchedule', 'In'),
      findings: [
        {
          object: 'ClusterTaintPolicy/broken',
          path: 'spec.taints[0].effect',
          severity: 'warning',
          message: 'the effect "PreferNoSchedule" of taint "broken" is not valid for a Cluster',
          fix: 'write NoSchedule or NoExecute',
        },
      ],
    },
    {
      name: 'an effect that is misspelled',
      manifests: policy('Noschedule', 'NotIn'),
      findings: [
        {
          object: 'ClusterTaintPolicy/broken',
          path: 'spec.taints[0].effect',
          severity: 'warning',
          message: 'the effect "Noschedule" of taint "broken" is not valid for a Cluster',
          fix: 'write NoSchedule',
        },
      ],
    },
    {
      name: 'an operator that is none',
      manifests: policy('NoSchedule', 'Equal'),
      findings: [
        {
          object: 'ClusterTaintPolicy/broken',
          path: 'spec.addOnConditions[0].operator',
          severity: 'warning',
          message: 'the operator "Equal" for condition Ready is neither In nor NotIn, so the condition is never met',
          fix: 'write In or NotIn',
        },
      ],
    },
    {
      name: 'no conditions',
      manifests: policy('NoSchedule', '', ''),
      findings: [
        {
          object: 'ClusterTaintPolicy/broken',
          path: 'spec.addOnConditions',
          severity: 'warning',
          message: 'has no addOnConditions, so broken is never added',
          fix: 'add a condition, for example { conditionType: Ready, operator: NotIn, statusValues: ["True"] }',
        },
      ],
    },
  ],
});
