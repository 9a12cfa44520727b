import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const all = ['member1', 'member2', 'member3'];
const claims =
  'volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]';
const store = workload('store', { kind: 'StatefulSet', replicas: 3, spec: claims });
const cache = workload('cache', {
  replicas: 3,
  pod: ', volumes: [{ name: data, persistentVolumeClaim: { claimName: cache } }]',
});
const claim = (modes: string) =>
  object(
    'v1',
    'PersistentVolumeClaim',
    'cache',
    `spec: { accessModes: [${modes}], resources: { requests: { storage: 1Gi } } }`,
  );
const failover =
  'propagateDeps: true\n  failover: { application: { decisionConditions: { tolerationSeconds: 60 }, purgeMode: Directly } }';

describeRule('no-divided-state', {
  passes: [
    { name: 'one cluster', manifests: store + sending(['StatefulSet store'], ['member1'], { divided: true }) },
    { name: 'the full number in each cluster', manifests: store + sending(['StatefulSet store'], all) },
    {
      name: 'a Deployment without volumes',
      manifests: workload('web', { replicas: 3 }) + sending(['Deployment web'], all, { divided: true }),
    },
    {
      name: 'data that is only read',
      manifests:
        cache +
        claim('ReadOnlyMany') +
        sending(['Deployment cache'], all, { divided: true, spec: 'propagateDeps: true' }),
    },
  ],
  reports: [
    {
      name: 'a StatefulSet that is divided',
      manifests: store + sending(['StatefulSet store'], all, { divided: true }),
      findings: [
        {
          object: 'StatefulSet/default/store',
          path: 'spec.volumeClaimTemplates',
          severity: 'warning',
          message:
            'keeps state in volumeClaimTemplate "data", and PropagationPolicy "store" divides its replicas among member1, member2 and member3',
          fix: 'place it in one cluster, or duplicate it if each cluster can have its own data',
        },
      ],
    },
    {
      name: 'a Deployment with a claim that is divided by a cluster policy',
      manifests:
        cache +
        claim('ReadWriteOnce') +
        sending(['Deployment cache'], all, { divided: true, namespace: '', spec: 'propagateDeps: true' }),
      findings: [
        {
          object: 'Deployment/default/cache',
          path: 'spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
          severity: 'warning',
          message:
            'keeps state in PersistentVolumeClaim "cache", and ClusterPropagationPolicy "cache" divides its replicas among member1, member2 and member3',
          fix: 'place it in one cluster, or duplicate it if each cluster can have its own data',
        },
      ],
    },
    {
      name: 'failover',
      manifests: store + sending(['StatefulSet store'], ['member1', 'member2'], { spec: failover }),
      findings: [
        {
          object: 'StatefulSet/default/store',
          path: 'spec.volumeClaimTemplates',
          severity: 'warning',
          message:
            'keeps state in volumeClaimTemplate "data", and failover of PropagationPolicy "store" moves it between member1 and member2 without its data',
          fix: 'replicate the data outside Karmada, or remove failover from the policy',
        },
      ],
    },
    {
      name: 'a rebalancer of what runs in one cluster at a time',
      manifests:
        store.replace('replicas: 3', 'replicas: 1') +
        sending(['StatefulSet store'], ['member1', 'member2']).replace(
          'Duplicated',
          'Divided, replicaDivisionPreference: Aggregated',
        ) +
        object(
          'apps.karmada.io/v1alpha1',
          'WorkloadRebalancer',
          'now',
          'spec: { ttlSecondsAfterFinished: 60, workloads: [{ apiVersion: apps/v1, kind: StatefulSet, namespace: default, name: store }] }',
          '',
        ),
      findings: [
        {
          object: 'StatefulSet/default/store',
          path: 'spec.volumeClaimTemplates',
          severity: 'warning',
          message:
            'keeps state in volumeClaimTemplate "data", and WorkloadRebalancer/now may move it between member1 and member2 without its data',
          fix: 'remove it from WorkloadRebalancer/now, or place it in one cluster',
        },
      ],
    },
    {
      name: 'a StatefulSet without volumes, for a hint',
      manifests:
        workload('queue', { kind: 'StatefulSet', replicas: 3 }) +
        sending(['StatefulSet queue'], all, { divided: true }),
      findings: [
        {
          object: 'StatefulSet/default/queue',
          severity: 'info',
          message: 'is a StatefulSet divided among member1, member2 and member3: each cluster has a pod queue-0',
          fix: 'place it in one cluster, or use a Deployment if the pods need no identity',
        },
      ],
    },
  ],
});
