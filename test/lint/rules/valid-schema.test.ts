import { deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const web = policy('web', { selects: ['Deployment/web'], clusters: ['member1'] });

describeRule('valid-schema', {
  passes: [{ name: 'a policy with known fields', manifests: deployment('web') + web }],
  reports: [
    {
      name: 'an unknown field of a kind of Kubernetes',
      manifests: deployment('web').replace('replicas', 'replicaz') + web,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.replicaz',
          severity: 'error',
          message: 'unknown field "replicaz", did you mean "replicas"?',
          fix: 'write replicas in place of replicaz',
        },
      ],
    },
    {
      name: 'an unknown field, with the one that was meant, and once although other rules see that the affinity is empty',
      manifests: deployment('web') + web.replace('clusterNames', 'clusterName'),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinity.clusterName',
          severity: 'error',
          message: 'unknown field "clusterName", did you mean "clusterNames"?',
          fix: 'write clusterNames in place of clusterName',
        },
      ],
    },
    {
      name: 'a field that an earlier release does not know',
      manifests:
        deployment('web') +
        web.replace(
          '    replicaScheduling',
          '    workloadAffinity: { affinity: { groupByLabelKey: app } }\n    replicaScheduling',
        ),
      karmada: '1.16',
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.workloadAffinity',
          message: 'unknown field "workloadAffinity" in Karmada 1.16; Karmada 1.17 has it',
          fix: 'remove it, or model Karmada 1.17',
        },
      ],
    },
  ],
});
