import { Fleet } from '../../../src/model/fleet';
import { byCapacity, duplicated, named, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const workload = (pod: string, kind = 'Deployment') => `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { ${pod}, containers: [{ name: web, image: example.com/web:1.0 }] }
`;
const object = (kind: string, name: string) => `---
apiVersion: v1
kind: ${kind}
metadata: { name: ${name}, namespace: default }
`;
const volume = 'volumes: [{ name: config, configMap: { name: settings } }]';
const three = `{ ${named('member1', 'member2', 'member3')}, ${duplicated} }`;
const configMap = '{ apiVersion: v1, kind: ConfigMap, name: settings }';
const override = `---
apiVersion: policy.karmada.io/v1alpha1
kind: OverridePolicy
metadata: { name: web, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
  overrideRules:
    - targetCluster: { clusterNames: [member3] }
      overriders: { plaintext: [{ path: /spec/template/spec/volumes, operator: remove }] }
`;
const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: default }
spec: { tls: [{ hosts: [example.com], secretName: cert }], defaultBackend: { resource: { kind: Bucket, name: site } } }
`;

describeRule('require-carried-references', {
  passes: [
    {
      name: 'a ConfigMap that propagateDeps brings along',
      manifests:
        workload(volume) + object('ConfigMap', 'settings') + policyText('web', three, { spec: 'propagateDeps: true' }),
    },
    {
      name: 'a ConfigMap that a policy sends to more clusters',
      manifests:
        workload(volume) +
        object('ConfigMap', 'settings') +
        policyText('web', `{ ${named('member1')} }`) +
        policyText('all', three, { selects: configMap }),
    },
    {
      name: 'a ConfigMap that pods can do without',
      manifests:
        workload('volumes: [{ name: config, configMap: { name: settings, optional: true } }]') +
        object('ConfigMap', 'settings') +
        policyText('web', three),
    },
    {
      name: 'the default ServiceAccount, and the certificate of every namespace',
      manifests:
        workload('serviceAccountName: default, volumes: [{ name: ca, configMap: { name: kube-root-ca.crt } }]') +
        object('ServiceAccount', 'default') +
        object('ConfigMap', 'kube-root-ca.crt') +
        policyText('web', three),
    },
    {
      name: 'the claims of a StatefulSet',
      manifests:
        workload('volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]', 'StatefulSet').replace(
          '  template:',
          '  volumeClaimTemplates: [{ metadata: { name: data } }]\n  template:',
        ) +
        object('PersistentVolumeClaim', 'data') +
        policyText('web', three, { selects: '{ apiVersion: apps/v1, kind: StatefulSet }' }),
    },
    { name: 'a workload that no policy selects', manifests: workload(volume) + object('ConfigMap', 'settings') },
    {
      name: 'a reference that an override takes out where the ConfigMap is not',
      manifests:
        workload(volume) +
        object('ConfigMap', 'settings') +
        policyText('web', three) +
        policyText('settings', `{ ${named('member1', 'member2')} }`, { selects: configMap }) +
        override,
    },
  ],
  reports: [
    {
      name: 'a ConfigMap that nothing sends',
      manifests: workload(volume) + object('ConfigMap', 'settings') + policyText('web', three),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.volumes[0].configMap.name',
          severity: 'error',
          message:
            'needs ConfigMap/default/settings, which is not sent to member1, member2 and member3: no policy selects it',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select ConfigMap/default/settings in a policy for member1, member2 and member3 as well',
        },
      ],
    },
    {
      name: 'a Secret in the environment that goes to fewer clusters, by a cluster policy',
      manifests:
        workload('')
          .replace('{ , ', '{ ')
          .replace('image:', 'env: [{ name: TOKEN, valueFrom: { secretKeyRef: { name: token, key: t } } }], image:') +
        object('Secret', 'token') +
        policyText('web', three) +
        policyText('secrets', `{ ${named('member1', 'member2')} }`, {
          kind: 'ClusterPropagationPolicy',
          selects: '{ apiVersion: v1, kind: Secret }',
        }),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name',
          severity: 'error',
          message: 'needs Secret/default/token, which is not sent to member3: it goes only to member1 and member2',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select Secret/default/token in a policy for member3 as well',
        },
      ],
    },
    {
      name: 'a ServiceAccount, a pull secret and a claim, each told once',
      manifests:
        workload(
          'serviceAccountName: web, imagePullSecrets: [{ name: pull }], volumes: [{ name: a, persistentVolumeClaim: { claimName: data } }, { name: b, persistentVolumeClaim: { claimName: data } }]',
        ) +
        object('ServiceAccount', 'web') +
        object('Secret', 'pull') +
        object('PersistentVolumeClaim', 'data') +
        policyText('web', `{ ${named('member1')} }`),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.serviceAccountName',
          severity: 'error',
          message: 'needs ServiceAccount/default/web, which is not sent to member1: no policy selects it',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select ServiceAccount/default/web in a policy for member1 as well',
        },
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.imagePullSecrets[0].name',
          severity: 'error',
          message: 'needs Secret/default/pull, which is not sent to member1: no policy selects it',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select Secret/default/pull in a policy for member1 as well',
        },
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
          severity: 'error',
          message: 'needs PersistentVolumeClaim/default/data, which is not sent to member1: no policy selects it',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select PersistentVolumeClaim/default/data in a policy for member1 as well',
        },
      ],
    },
    {
      name: 'the certificate of an Ingress',
      manifests:
        ingress +
        object('Secret', 'cert') +
        policyText('web', `{ ${named('member1')} }`, {
          selects: '{ apiVersion: networking.k8s.io/v1, kind: Ingress }',
        }),
      findings: [
        {
          object: 'Ingress/default/web',
          path: 'spec.tls[0].secretName',
          severity: 'error',
          message: 'needs Secret/default/cert, which is not sent to member1: no policy selects it',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select Secret/default/cert in a policy for member1 as well',
        },
      ],
    },
    {
      name: 'a custom workload, whose references propagateDeps does not follow',
      manifests:
        workload(volume).replace('apps/v1', 'example.io/v1').replace('Deployment', 'Rollout') +
        object('ConfigMap', 'settings') +
        policyText('web', `{ ${named('member1')} }`, {
          selects: '{ apiVersion: example.io/v1, kind: Rollout }',
          spec: 'propagateDeps: true',
        }),
      fleet: Fleet.of({
        member1: {
          apiEnablements: [
            { groupVersion: 'example.io/v1', kinds: ['Rollout'] },
            { groupVersion: 'v1', kinds: ['ConfigMap'] },
          ],
        },
      }),
      findings: [
        {
          object: 'Rollout/default/web',
          path: 'spec.template.spec.volumes[0].configMap.name',
          severity: 'error',
          message: 'needs ConfigMap/default/settings, which is not sent to member1: no policy selects it',
          fix: 'select ConfigMap/default/settings in a policy for member1 as well',
        },
      ],
    },
    {
      name: 'a ConfigMap that spreads by name where the workload spreads by room',
      manifests:
        workload(volume) +
        object('ConfigMap', 'settings') +
        policyText(
          'web',
          `{ ${named('member1', 'member2', 'member3')}, spreadConstraints: [{ spreadByField: cluster, minGroups: 2, maxGroups: 2 }], ${byCapacity} }`,
          { selects: `{ apiVersion: apps/v1, kind: Deployment, name: web }, ${configMap}` },
        ),
      findings: [
        {
          object: 'Deployment/default/web',
          path: 'spec.template.spec.volumes[0].configMap.name',
          severity: 'info',
          message:
            'needs ConfigMap/default/settings, which may not be sent to member3: it goes only to member1 and member2',
          fix: 'set propagateDeps: true in PropagationPolicy/default/web, or select ConfigMap/default/settings in a policy for member3 as well',
        },
      ],
    },
  ],
});
