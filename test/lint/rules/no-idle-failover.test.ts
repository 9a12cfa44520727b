import { Fleet } from '../../../src/model/fleet';
import { describeRule } from '../../support/rule-cases';
import { object, sending, workload } from '../../support/workload-texts';

const application = (rest = 'purgeMode: Directly') =>
  `propagateDeps: true\n  failover: { application: { decisionConditions: { tolerationSeconds: 60 }, ${rest} } }`;
const preserved = 'statePreservation: { rules: [{ aliasLabelName: app.example.org/turn, jsonPath: "{ .replicas }" }] }';
const single = (spec: string) =>
  sending(['Deployment web'], ['member1', 'member2'], { spec }).replace(
    '    replicaScheduling',
    '    spreadConstraints: [{ spreadByField: cluster, minGroups: 1, maxGroups: 1 }]\n    replicaScheduling',
  );
const tainted = Fleet.of({ member1: {}, member2: { taints: [{ key: 'broken', effect: 'NoExecute' }] } });

describeRule('no-idle-failover', {
  passes: [
    {
      name: 'a Deployment',
      manifests: workload('web') + sending(['Deployment web'], ['member1', 'member2'], { spec: application() }),
    },
    {
      name: 'state of what runs in one cluster',
      manifests: workload('web') + single(application(`purgeMode: Directly, ${preserved}`)),
    },
    {
      name: 'a cluster that somebody taints',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1'], { spec: 'failover: { cluster: { purgeMode: Directly } }' }),
      fleet: tainted,
    },
    {
      name: 'a kind whose health a customization reads',
      manifests:
        workload('nightly', { kind: 'CronJob' }) +
        sending(['CronJob nightly'], ['member1', 'member2'], { spec: application() }) +
        object(
          'config.karmada.io/v1alpha1',
          'ResourceInterpreterCustomization',
          'health',
          "spec: { target: { apiVersion: batch/v1, kind: CronJob }, customizations: { healthInterpretation: { luaScript: 'function InterpretHealth(a) return true end' } } }",
          '',
        ),
    },
  ],
  reports: [
    {
      name: 'a kind whose health nobody reads',
      manifests:
        workload('nightly', { kind: 'CronJob' }) +
        sending(['CronJob nightly'], ['member1', 'member2'], { spec: application() }),
      findings: [
        {
          object: 'PropagationPolicy/default/nightly',
          path: 'spec.failover.application',
          severity: 'warning',
          message:
            'asks for failover of CronJob/default/nightly when unhealthy, but Karmada cannot determine the health of a CronJob',
          fix: 'remove failover.application: Karmada interprets the health of Deployments, StatefulSets, ReplicaSets, DaemonSets and Pods',
        },
      ],
    },
    {
      name: 'a Job under a cluster policy',
      manifests:
        workload('import', { kind: 'Job' }) +
        sending(['Job'], ['member1', 'member2'], { name: 'jobs', namespace: '', spec: application() }),
      findings: [
        {
          object: 'ClusterPropagationPolicy/jobs',
          path: 'spec.failover.application',
          severity: 'warning',
          message:
            'asks for failover of Job/default/import when unhealthy, but Karmada cannot determine the health of a Job',
          fix: 'remove failover.application: Karmada interprets the health of Deployments, StatefulSets, ReplicaSets, DaemonSets and Pods',
        },
      ],
    },
    {
      name: 'state that is removed gracefully',
      manifests: workload('web') + single(application(`purgeMode: Gracefully, ${preserved}`)),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.failover.application.purgeMode',
          severity: 'warning',
          message: 'asks to preserve state, but purgeMode Gracefully does not preserve it',
          fix: 'write failover.application.purgeMode: Directly',
        },
      ],
    },
    {
      name: 'state with no purgeMode',
      manifests: workload('web') + single(application(preserved)),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.failover.application.statePreservation',
          severity: 'warning',
          message: 'asks to preserve state, but purgeMode Gracefully, the default, does not preserve it',
          fix: 'write failover.application.purgeMode: Directly',
        },
      ],
    },
    {
      name: 'state of what runs in two clusters',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2'], { spec: application(`purgeMode: Directly, ${preserved}`) }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.failover.application.statePreservation',
          severity: 'warning',
          message:
            'asks to preserve state of Deployment/default/web, which runs in 2 clusters at a time: member1 and member2',
          fix: 'run it in one cluster at a time: spreadConstraints with spreadByField: cluster and maxGroups: 1',
        },
      ],
    },
    {
      name: 'failing clusters that nobody taints',
      manifests:
        workload('web') +
        sending(['Deployment web'], ['member1', 'member2'], {
          spec: 'failover: { cluster: { purgeMode: Gracefully } }',
        }),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.failover.cluster',
          severity: 'info',
          message: 'asks for failover when a cluster fails, but no ClusterTaintPolicy adds a NoExecute taint',
          fix: 'add a ClusterTaintPolicy with effect NoExecute (karmada-webhook must run with --allow-no-execute-taint-policy), or remove failover.cluster',
        },
      ],
    },
  ],
});
