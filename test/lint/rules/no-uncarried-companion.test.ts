import { duplicated, named, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const workload = (pod: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { ${pod}, containers: [{ name: web, image: example.com/web:1.0 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: default }
imagePullSecrets: [{ name: pull }]
`;
const rights = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: default }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web-reads, namespace: default }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: web, namespace: default }]
`;
const account = 'serviceAccountName: web';
const two = `{ ${named('member1', 'member2')}, ${duplicated} }`;
const deps = { spec: 'propagateDeps: true' };
const rbac = (kind: string) => `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind} }`;
const urgent = `---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: urgent }
value: 1000
`;
const budget = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: default }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`;
const secret = `---
apiVersion: v1
kind: Secret
metadata: { name: pull, namespace: default }
`;

describeRule('no-uncarried-companion', {
  passes: [
    {
      name: 'rights that go along',
      manifests:
        workload(account) +
        rights +
        policyText('web', two, deps) +
        policyText('rights', two, { selects: `${rbac('Role')}, ${rbac('RoleBinding')}` }),
    },
    {
      name: 'rights of somebody else',
      manifests: workload(account) + rights.replace('name: web,', 'name: other,') + policyText('web', two, deps),
    },
    {
      name: 'a PriorityClass of Kubernetes',
      manifests: workload('priorityClassName: system-cluster-critical') + policyText('web', two),
    },
    {
      name: 'a PriorityClass that goes everywhere',
      manifests:
        workload('priorityClassName: urgent') +
        urgent +
        policyText('web', two) +
        policyText('classes', '{}', {
          kind: 'ClusterPropagationPolicy',
          selects: '{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass }',
        }),
    },
    {
      name: 'a budget for other pods',
      manifests: workload(account) + budget.replace('app: web', 'app: api') + policyText('web', two, deps),
    },
  ],
  reports: [
    {
      name: 'rights in a namespace that Karmada does not propagate from',
      manifests:
        workload(account) +
        rights.replaceAll('namespace: default }\nr', 'namespace: kube-system }\nr') +
        policyText('web', two, deps) +
        policyText('rights', two, {
          kind: 'ClusterPropagationPolicy',
          selects: `${rbac('Role')}, ${rbac('RoleBinding')}`,
        }),
      findings: [
        {
          object: 'RoleBinding/kube-system/web-reads',
          severity: 'warning',
          message:
            'grants the rights of Role "reader" to ServiceAccount "web" of Deployment/default/web, but is not sent to member1 and member2, where that runs (Karmada does not propagate from namespaces named kube-…, such as "kube-system")',
          fix: 'create RoleBinding/kube-system/web-reads in member1 and member2 without Karmada',
        },
      ],
    },
    {
      name: 'a RoleBinding that no policy selects',
      manifests:
        workload(account) +
        rights +
        policyText('web', two, deps) +
        policyText('rights', two, { selects: rbac('Role') }),
      findings: [
        {
          object: 'RoleBinding/default/web-reads',
          severity: 'warning',
          message:
            'grants the rights of Role "reader" to ServiceAccount "web" of Deployment/default/web, but is not sent to member1 and member2, where that runs (no policy selects it)',
          fix: 'select RoleBinding/default/web-reads in a PropagationPolicy for member1 and member2',
        },
      ],
    },
    {
      name: 'a Role that goes to fewer clusters than its binding',
      manifests:
        workload(account) +
        rights +
        policyText('web', two, deps) +
        policyText('bindings', two, { selects: rbac('RoleBinding') }) +
        policyText('roles', `{ ${named('member1')} }`, { selects: rbac('Role') }),
      findings: [
        {
          object: 'RoleBinding/default/web-reads',
          path: 'roleRef.name',
          severity: 'warning',
          message:
            'names Role/default/reader, which is not sent to member2 (only to member1), and propagateDeps does not follow it',
          fix: 'select Role/default/reader in a PropagationPolicy for member2',
        },
      ],
    },
    {
      name: 'a ClusterRoleBinding that goes to fewer clusters than the workload',
      manifests:
        workload(account) +
        rights
          .replace('kind: RoleBinding', 'kind: ClusterRoleBinding')
          .replace('web-reads, namespace: default', 'web-reads')
          .replace('kind: Role, name: reader', 'kind: ClusterRole, name: view') +
        policyText('web', two, deps) +
        policyText('rights', `{ ${named('member1')} }`, {
          kind: 'ClusterPropagationPolicy',
          selects: rbac('ClusterRoleBinding'),
        }),
      findings: [
        {
          object: 'ClusterRoleBinding/web-reads',
          severity: 'warning',
          message:
            'grants the rights of ClusterRole "view" to ServiceAccount "web" of Deployment/default/web, but is not sent to member2, where that runs (only to member1)',
          fix: 'select ClusterRoleBinding/web-reads in a ClusterPropagationPolicy for member2',
        },
      ],
    },
    {
      name: 'a PriorityClass that no policy selects',
      manifests: workload('priorityClassName: urgent') + urgent + policyText('web', two),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.priorityClassName',
          severity: 'warning',
          message:
            'names PriorityClass/urgent, which is not sent to member1 and member2 (no policy selects it), and propagateDeps does not follow it',
          fix: 'select PriorityClass/urgent in a ClusterPropagationPolicy for member1 and member2',
        },
      ],
    },
    {
      name: 'a budget that no policy selects',
      manifests: workload(account) + budget + policyText('web', two, deps),
      findings: [
        {
          object: 'PodDisruptionBudget/default/web',
          severity: 'warning',
          message:
            'guards the pods of Deployment/default/web, but is not sent to member1 and member2, where that runs (no policy selects it)',
          fix: 'select PodDisruptionBudget/default/web in a PropagationPolicy for member1 and member2',
        },
      ],
    },
    {
      name: 'a NetworkPolicy in one cluster only, which may be meant',
      manifests:
        workload(account) +
        budget
          .replace('policy/v1', 'networking.k8s.io/v1')
          .replace('PodDisruptionBudget', 'NetworkPolicy')
          .replace('minAvailable: 1, selector', 'podSelector') +
        policyText('web', two, deps) +
        policyText('net', `{ ${named('member2')} }`, {
          selects: '{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy }',
        }),
      findings: [
        {
          object: 'NetworkPolicy/default/web',
          severity: 'info',
          message:
            'filters the traffic of Deployment/default/web, but is not sent to member1, where that runs (only to member2)',
          fix: 'select NetworkPolicy/default/web in a PropagationPolicy for member1',
        },
      ],
    },
    {
      name: 'a pull secret of the ServiceAccount, which is a reference of a reference',
      manifests: workload(account) + secret + policyText('web', two, deps),
      findings: [
        {
          object: 'ServiceAccount/default/web',
          path: 'imagePullSecrets[0].name',
          severity: 'warning',
          message:
            'names Secret/default/pull, which is not sent to member1 and member2 (no policy selects it), and propagateDeps does not follow it',
          fix: 'select Secret/default/pull in a PropagationPolicy for member1 and member2',
        },
      ],
    },
  ],
});
