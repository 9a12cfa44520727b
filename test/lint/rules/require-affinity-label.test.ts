import { named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const grouped = (field: string, label: string) =>
  `{ ${named('member1', 'member2')}, workloadAffinity: { ${field}: { groupByLabelKey: ${label} } } }`;

describeRule('require-affinity-label', {
  passes: [
    { name: 'the label', manifests: placed(grouped('affinity', 'app')) },
    {
      name: 'a ConfigMap of the same policy',
      manifests: `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, namespace: default }\ndata: {}\n${policyText('web', grouped('affinity', 'group'), { selects: '{ apiVersion: v1, kind: ConfigMap, name: web }' })}`,
    },
    { name: 'no workload affinity', manifests: placed(`{ ${named('member1')} }`) },
  ],
  reports: [
    {
      name: 'a label that it does not have',
      manifests: placed(grouped('affinity', 'group')),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'metadata.labels',
          severity: 'warning',
          message: 'has no label "group", which web uses to group workloads (spec.placement.workloadAffinity.affinity)',
          fix: 'add group: <group> to metadata.labels of Deployment/default/web',
        },
      ],
    },
    {
      name: 'a label that only its pods have, in a cluster policy',
      manifests: placed(grouped('antiAffinity', 'tier'))
        .replace('labels: { app: web } }\n    spec', 'labels: { app: web, tier: front } }\n    spec')
        .replace(
          'kind: PropagationPolicy\nmetadata: { name: web, namespace: default }',
          'kind: ClusterPropagationPolicy\nmetadata: { name: web }',
        ),
      featureGates: ['WorkloadAffinity'],
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'metadata.labels',
          severity: 'warning',
          message:
            'has no label "tier", which web uses to group workloads (spec.placement.workloadAffinity.antiAffinity): only its pods have it, and Karmada does not read their labels',
          fix: 'add tier: front to metadata.labels of Deployment/default/web',
        },
      ],
    },
  ],
});
