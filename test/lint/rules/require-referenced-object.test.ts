import { named, policyText } from '../../support/placement-texts';
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
`;
const web = policyText('web', `{ ${named('member1')} }`, { spec: 'propagateDeps: true' });
const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: default }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: shop, port: { number: 80 } } } }] } }] }
`;
const binding = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web-reads, namespace: default }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: User, name: anna }]
`;

describeRule('require-referenced-object', {
  passes: [
    {
      name: 'a ConfigMap that is there',
      manifests: `${workload('volumes: [{ name: a, configMap: { name: settings } }]')}${web}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: default }\n`,
    },
    {
      name: 'a ConfigMap that pods can do without',
      manifests: workload('volumes: [{ name: a, configMap: { name: settings, optional: true } }]') + web,
    },
    {
      name: 'what Kubernetes makes in every namespace',
      manifests:
        workload(
          'serviceAccountName: default, priorityClassName: system-node-critical, volumes: [{ name: a, configMap: { name: kube-root-ca.crt } }]',
        ) + web,
    },
    {
      name: 'a Secret that an operator makes',
      manifests: `${workload('volumes: [{ name: a, secret: { secretName: token } }]')}${web}---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: vault, namespace: default }\nspec: { target: { name: token } }\n`,
    },
    {
      name: 'a missing ConfigMap of a workload that no policy selects',
      manifests: workload('volumes: [{ name: a, configMap: { name: settings } }]'),
    },
    { name: 'classes, which members have', manifests: workload('runtimeClassName: gvisor') + web },
  ],
  reports: [
    {
      name: 'a ConfigMap that is nearly there',
      manifests: `${workload('volumes: [{ name: a, configMap: { name: settings } }]')}${web}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: setting, namespace: default }\n`,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.volumes[0].configMap.name',
          severity: 'warning',
          message: 'names ConfigMap/default/settings, which is not in the manifests',
          fix: 'write "setting", or add ConfigMap/default/settings to the manifests',
        },
      ],
    },
    {
      name: 'a ServiceAccount and a claim, without a fleet',
      manifests:
        workload('serviceAccountName: web, volumes: [{ name: a, persistentVolumeClaim: { claimName: data } }]') + web,
      fleet: undefined,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.serviceAccountName',
          severity: 'warning',
          message: 'names ServiceAccount/default/web, which is not in the manifests',
          fix: 'add ServiceAccount/default/web to the manifests and select it in a policy, or make sure that every member has it',
        },
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
          severity: 'warning',
          message: 'names PersistentVolumeClaim/default/data, which is not in the manifests',
          fix: 'add PersistentVolumeClaim/default/data to the manifests and select it in a policy, or make sure that every member has it',
        },
      ],
    },
    {
      name: 'a Secret, which is often made elsewhere',
      manifests: workload('imagePullSecrets: [{ name: pull }]') + web,
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.imagePullSecrets[0].name',
          severity: 'info',
          message: 'names Secret/default/pull, which is not in the manifests',
          fix: 'add Secret/default/pull to the manifests and select it in a policy, or make sure that every member has it',
        },
      ],
    },
    {
      name: 'the Service behind an Ingress, in a cluster policy',
      manifests:
        ingress +
        policyText('ingresses', `{ ${named('member1')} }`, {
          kind: 'ClusterPropagationPolicy',
          selects: '{ apiVersion: networking.k8s.io/v1, kind: Ingress }',
        }),
      findings: [
        {
          object: 'Ingress/default/web',
          path: 'spec.rules[0].http.paths[0].backend.service.name',
          severity: 'warning',
          message: 'names Service/default/shop, which is not in the manifests',
          fix: 'add Service/default/shop to the manifests and select it in a policy, or make sure that every member has it',
        },
      ],
    },
    {
      name: 'the Role of a RoleBinding',
      manifests:
        binding +
        policyText('rights', `{ ${named('member1')} }`, {
          selects: '{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding }',
        }),
      findings: [
        {
          object: 'RoleBinding/default/web-reads',
          path: 'roleRef.name',
          severity: 'warning',
          message: 'names Role/default/reader, which is not in the manifests',
          fix: 'add Role/default/reader to the manifests and select it in a policy, or make sure that every member has it',
        },
      ],
    },
  ],
});
