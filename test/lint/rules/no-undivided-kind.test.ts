import { Fleet } from '../../../src/model/fleet';
import { byCapacity, byWeights, duplicated, named, placed, policyText } from '../../support/placement-texts';
import { describeRule } from '../../support/rule-cases';

const custom = (kind: string, spec: string) => `---
apiVersion: example.io/v1
kind: ${kind}
metadata: { name: job, namespace: default }
spec: { ${spec} }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: tasks.example.io }
spec: { group: example.io, scope: Namespaced, names: { kind: ${kind}, plural: tasks }, versions: [{ name: v1, served: true, storage: true }] }
${policyText('definitions', `{ ${named('member1', 'member2')} }`, { kind: 'ClusterPropagationPolicy', selects: '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition }' })}`;
const divided = (selects: string, clusters = ['member1', 'member2']) =>
  policyText(
    'split',
    `{ ${named(...clusters)}, ${byWeights(...clusters.map((name) => [`{ clusterNames: [${name}] }`, 1] as const))} }`,
    { selects },
  );
const interpreter = (...operations: readonly string[]) => `---
apiVersion: config.karmada.io/v1alpha1
kind: ResourceInterpreterCustomization
metadata: { name: tasks }
spec:
  target: { apiVersion: example.io/v1, kind: Task }
  customizations:
${operations.includes('replicaResource') ? '    replicaResource: { luaScript: "function GetReplicas(obj) return obj.spec.replicas, nil end" }\n' : ''}${operations.includes('replicaRevision') ? '    replicaRevision: { luaScript: "function ReviseReplica(obj, replica) obj.spec.replicas = replica return obj end" }\n' : ''}`;
const tasks = '{ apiVersion: example.io/v1, kind: Task }';
const pods =
  'template: { metadata: { labels: { app: agent } }, spec: { containers: [{ name: agent, image: example.com/agent:1.0 }] } }';
const object = (apiVersion: string, kind: string, spec: string) => `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: agent, namespace: default }
${spec}
`;

describeRule('no-undivided-kind', {
  passes: [
    { name: 'a Deployment', manifests: placed(`{ ${named('member1', 'member2')}, ${byCapacity} }`) },
    {
      name: 'a custom kind with an interpreter',
      manifests: custom('Task', 'replicas: 6') + interpreter('replicaResource', 'replicaRevision') + divided(tasks),
    },
    {
      // liangyuanpeng/karmada-extend interprets a database by its spec.size.
      name: 'a custom kind whose interpreter reads another field',
      manifests:
        custom('Task', 'size: 6') +
        interpreter('replicaResource', 'replicaRevision').replaceAll('spec.replicas', 'spec.size') +
        divided(tasks),
    },
    {
      name: 'a custom kind that is Duplicated',
      manifests:
        custom('Task', 'replicas: 6') +
        policyText('all', `{ ${named('member1', 'member2')}, ${duplicated} }`, { selects: tasks }),
    },
    {
      name: 'a custom kind without replicas, beside a Deployment',
      manifests:
        placed(`{ ${named('member1', 'member2')}, ${byCapacity} }`) +
        custom('Task', 'size: 6') +
        policyText('tasks', `{ ${named('member1')} }`, { selects: tasks }),
    },
    {
      name: 'a custom kind in one cluster, which gets all of it anyway',
      manifests: custom('Task', 'replicas: 6') + divided(tasks, ['member1']),
    },
    {
      name: 'the Service and ConfigMap of a Deployment',
      manifests:
        object('v1', 'Service', 'spec: { selector: { app: web }, ports: [{ port: 80 }] }') +
        object('v1', 'ConfigMap', 'data: {}') +
        placed(`{ ${named('member1', 'member2')}, ${byCapacity} }`).replace(
          'resourceSelectors: [',
          'resourceSelectors: [{ apiVersion: v1, kind: Service }, { apiVersion: v1, kind: ConfigMap }, ',
        ),
    },
    {
      name: 'a CloneSet, which Karmada knows',
      manifests:
        object('apps.kruise.io/v1alpha1', 'CloneSet', `spec: { replicas: 4, ${pods} }`) +
        divided('{ apiVersion: apps.kruise.io/v1alpha1, kind: CloneSet }'),
      fleet: Fleet.of({
        member1: { apiEnablements: [{ groupVersion: 'apps.kruise.io/v1alpha1', kinds: ['CloneSet'] }] },
        member2: { apiEnablements: [{ groupVersion: 'apps.kruise.io/v1alpha1', kinds: ['CloneSet'] }] },
      }),
    },
  ],
  reports: [
    {
      // Karmada v1.18.2 ships replicaResource and no replicaRevision for it.
      name: 'a FlinkDeployment, whose replicas Karmada counts and cannot change',
      manifests:
        object(
          'flink.apache.org/v1beta1',
          'FlinkDeployment',
          'spec: { jobManager: { replicas: 1 }, taskManager: { replicas: 3 } }',
        ) + divided('{ apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment }'),
      fleet: Fleet.of({
        member1: { apiEnablements: [{ groupVersion: 'flink.apache.org/v1beta1', kinds: ['FlinkDeployment'] }] },
        member2: { apiEnablements: [{ groupVersion: 'flink.apache.org/v1beta1', kinds: ['FlinkDeployment'] }] },
      }),
      findings: [
        {
          object: 'FlinkDeployment/default/agent',
          severity: 'warning',
          message:
            'split divides the 4 replicas of FlinkDeployment/default/agent, but Karmada does not know how to change the replicas of a FlinkDeployment: each of member1 and member2 gets all of them',
          fix: 'add a ResourceInterpreterCustomization for flink.apache.org/v1beta1 FlinkDeployment with replicaResource and replicaRevision, or set replicaSchedulingType: Duplicated',
        },
      ],
    },
    {
      name: 'a custom kind that Karmada does not know',
      manifests: custom('Task', 'replicas: 6') + divided(tasks),
      findings: [
        {
          object: 'Task/default/job',
          path: 'spec.replicas',
          severity: 'warning',
          message:
            'split divides the 6 replicas of Task/default/job, but Karmada does not know the replicas of a Task: each of member1 and member2 gets all of them',
          fix: 'add a ResourceInterpreterCustomization for example.io/v1 Task with replicaResource and replicaRevision, or set replicaSchedulingType: Duplicated',
        },
      ],
    },
    {
      name: 'a custom kind of which Karmada knows how many, and not how to write it',
      manifests: custom('Task', 'replicas: 6') + interpreter('replicaResource') + divided(tasks),
      findings: [
        {
          object: 'Task/default/job',
          path: 'spec.replicas',
          severity: 'warning',
          message:
            'split divides the 6 replicas of Task/default/job, but Karmada does not know how to change the replicas of a Task: each of member1 and member2 gets all of them',
          fix: 'add a ResourceInterpreterCustomization for example.io/v1 Task with replicaResource and replicaRevision, or set replicaSchedulingType: Duplicated',
        },
      ],
    },
    {
      name: 'a ReplicationController, without a fleet',
      manifests:
        object('v1', 'ReplicationController', `spec: { replicas: 3, ${pods} }`) +
        divided('{ apiVersion: v1, kind: ReplicationController }'),
      fleet: undefined,
      findings: [
        {
          object: 'ReplicationController/default/agent',
          path: 'spec.replicas',
          severity: 'warning',
          message:
            'split divides the 3 replicas of ReplicationController/default/agent, but Karmada does not know the replicas of a ReplicationController: every candidate gets all of them',
          fix: 'add a ResourceInterpreterCustomization for v1 ReplicationController with replicaResource and replicaRevision, or set replicaSchedulingType: Duplicated',
        },
      ],
    },
    {
      name: 'a DaemonSet',
      manifests:
        object('apps/v1', 'DaemonSet', `spec: { selector: { matchLabels: { app: agent } }, ${pods} }`) +
        divided('{ apiVersion: apps/v1, kind: DaemonSet }'),
      findings: [
        {
          object: 'DaemonSet/default/agent',
          severity: 'info',
          message:
            'split divides replicas, which a DaemonSet does not have: DaemonSet/default/agent goes to every candidate',
          fix: 'select the DaemonSet in a separate policy with replicaSchedulingType: Duplicated, which describes what happens',
        },
      ],
    },
    {
      name: 'a CronJob by label, in a cluster policy',
      manifests:
        object('batch/v1', 'CronJob', `spec: { schedule: '0 3 * * *', jobTemplate: { spec: { ${pods} } } }`) +
        divided('{ apiVersion: batch/v1, kind: CronJob }')
          .replace('PropagationPolicy', 'ClusterPropagationPolicy')
          .replace(', namespace: default }\nspec:\n  resourceSelectors', ' }\nspec:\n  resourceSelectors'),
      findings: [
        {
          object: 'CronJob/default/agent',
          severity: 'info',
          message:
            'split divides replicas, which a CronJob does not have: CronJob/default/agent goes to every candidate',
          fix: 'select the CronJob in a separate policy with replicaSchedulingType: Duplicated, which describes what happens',
        },
      ],
    },
    {
      name: 'a bare Pod',
      manifests:
        object('v1', 'Pod', 'spec: { containers: [{ name: agent, image: example.com/agent:1.0 }] }') +
        divided('{ apiVersion: v1, kind: Pod }'),
      findings: [
        {
          object: 'Pod/default/agent',
          severity: 'info',
          message:
            'split divides replicas, and a Pod counts as one replica: Pod/default/agent runs in only one cluster',
          fix: 'set replicaSchedulingType: Duplicated to run it in every cluster, or use a Deployment',
        },
      ],
    },
    {
      name: 'nothing but a ConfigMap',
      manifests: object('v1', 'ConfigMap', 'data: {}') + divided('{ apiVersion: v1, kind: ConfigMap }'),
      findings: [
        {
          object: 'PropagationPolicy/default/split',
          path: 'spec.placement.replicaScheduling',
          severity: 'info',
          message:
            'split divides replicas, but nothing that it selects has replicas: ConfigMap/default/agent goes to every candidate',
          fix: 'set replicaSchedulingType: Duplicated, which describes what happens',
        },
      ],
    },
  ],
});
