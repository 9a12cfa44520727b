import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const account = (annotations = '') =>
  object('v1', 'ServiceAccount', 'default', 'imagePullSecrets: [{ name: pull }]').replace(
    'namespace: default }',
    `namespace: default${annotations} }`,
  ) + object('v1', 'Secret', 'pull', 'stringData: { a: b }');
const sent = (spec = '') =>
  sending(['ServiceAccount default', 'Secret pull'], ['member1', 'member2'], { name: 'accounts', spec });

describeRule('no-conflict-with-member-default', {
  passes: [
    { name: 'a policy that overwrites', manifests: account() + sent('conflictResolution: Overwrite') },
    {
      name: 'an object that asks to be overwritten',
      manifests: account(', annotations: { work.karmada.io/conflict-resolution: overwrite }') + sent(),
    },
    {
      name: 'a role of a program, under a name of the system',
      manifests:
        object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:metrics-server', 'rules: []', '') +
        object(
          'policy.karmada.io/v1alpha1',
          'ClusterPropagationPolicy',
          'roles',
          'spec: { resourceSelectors: [{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole }], placement: { clusterAffinity: { clusterNames: [member1] } } }',
          '',
        ),
    },
    {
      name: 'an account of another name',
      manifests:
        workload('web') +
        object('v1', 'ServiceAccount', 'web') +
        sending(['Deployment web', 'ServiceAccount web'], ['member1']),
    },
  ],
  reports: [
    {
      name: 'the default account',
      manifests: account() + sent('conflictResolution: Abort'),
      findings: [
        {
          object: 'PropagationPolicy/default/accounts',
          path: 'spec.conflictResolution',
          severity: 'warning',
          message:
            'sends ServiceAccount/default/default to member1 and member2, where a ServiceAccount "default" already exists; conflictResolution Abort does not change it',
          fix: 'set conflictResolution: Overwrite, or annotate ServiceAccount/default/default with work.karmada.io/conflict-resolution: overwrite',
        },
      ],
    },
    {
      name: 'nothing said, by a cluster policy',
      manifests: account() + sending(['ServiceAccount', 'Secret'], ['member3'], { name: 'accounts', namespace: '' }),
      findings: [
        {
          object: 'ClusterPropagationPolicy/accounts',
          path: 'spec.conflictResolution',
          severity: 'warning',
          message:
            'sends ServiceAccount/default/default to member3, where a ServiceAccount "default" already exists; conflictResolution Abort, the default, does not change it',
          fix: 'set conflictResolution: Overwrite, or annotate ServiceAccount/default/default with work.karmada.io/conflict-resolution: overwrite',
        },
      ],
    },
    {
      name: 'a role that Kubernetes makes',
      manifests:
        object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'view', 'rules: []', '') +
        object(
          'policy.karmada.io/v1alpha1',
          'ClusterPropagationPolicy',
          'roles',
          'spec: { resourceSelectors: [{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, name: view }], placement: { clusterAffinity: { clusterNames: [member1] } } }',
          '',
        ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/roles',
          path: 'spec.conflictResolution',
          severity: 'warning',
          message:
            'sends ClusterRole/view to member1, where a ClusterRole "view" already exists; conflictResolution Abort, the default, does not change it',
          fix: 'set conflictResolution: Overwrite, or annotate ClusterRole/view with work.karmada.io/conflict-resolution: overwrite',
        },
      ],
    },
  ],
});
