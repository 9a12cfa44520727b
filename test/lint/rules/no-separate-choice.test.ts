import { describeRule } from '../../support/rule-cases';
import { object, service, workload } from '../../support/workload-texts';

const one = 'spreadConstraints: [{ spreadByField: cluster, minGroups: 1, maxGroups: 1 }]';
const duplicated = 'replicaScheduling: { replicaSchedulingType: Duplicated }';
const aggregated = 'replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated }';
const groups =
  'clusterAffinities: [{ affinityName: first, clusterNames: [member1] }, { affinityName: second, clusterNames: [member2] }]';
const named = 'clusterAffinity: { clusterNames: [member1, member2] }';
const settings = object('v1', 'ConfigMap', 'settings', 'data: { level: info }');
const configured = workload('web', { container: ', envFrom: [{ configMapRef: { name: settings } }]' });

function policy(placement: string, kinds: readonly string[], { name = 'web', spec = '' } = {}): string {
  const selectors = kinds.map((one) => {
    const [kind, of] = one.split(' ');
    return `{ apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}, kind: ${kind}, name: ${of} }`;
  });
  return object(
    'policy.karmada.io/v1alpha1',
    'PropagationPolicy',
    name,
    `spec: { resourceSelectors: [${selectors.join(', ')}], placement: { ${placement} }${spec} }`,
  );
}

const both = ['Deployment web', 'Service web'];
const all = workload('web') + service('web');

describeRule('no-separate-choice', {
  passes: [
    {
      name: 'one cluster',
      manifests: all + policy(`clusterAffinity: { clusterNames: [member1] }, ${one}, ${duplicated}`, both),
    },
    { name: 'groups without capacity', manifests: all + policy(`${groups}, ${duplicated}`, both) },
    {
      name: 'capacity without a choice of clusters for the Service',
      manifests: all + policy(`${named}, ${aggregated}`, both),
    },
    {
      name: 'a Service that is sent everywhere',
      manifests:
        all +
        policy(`${named}, ${one}, ${duplicated}`, ['Deployment web']) +
        policy(`${named}, ${duplicated}`, ['Service web'], { name: 'service' }),
    },
    {
      name: 'a ConfigMap that follows',
      manifests:
        configured +
        settings +
        policy(`${named}, ${one}, ${duplicated}`, ['Deployment web'], { spec: ', propagateDeps: true' }),
    },
    {
      name: 'a ConfigMap that is selected and follows',
      manifests:
        configured +
        settings +
        policy(`${named}, ${one}, ${duplicated}`, ['Deployment web', 'ConfigMap settings'], {
          spec: ', propagateDeps: true',
        }),
    },
  ],
  reports: [
    {
      name: 'one of two clusters',
      manifests: all + policy(`${named}, ${one}, ${duplicated}`, both),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints',
          message:
            'leaves open which of member1 and member2 Deployment/default/web goes to, and Service/default/web may be missing in member2',
          fix: 'let all objects make the same choice: clusterAffinities with one group for each choice, Duplicated or with static weights, and no spreadConstraints (in code Placement.duplicated("member1").named("first").orElse("second", "member2")), or send Service/default/web to member1 and member2 by a policy of their own',
        },
      ],
    },
    {
      name: 'a ConfigMap',
      manifests:
        configured + settings + policy(`${named}, ${one}, ${duplicated}`, ['Deployment web', 'ConfigMap settings']),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints',
          message:
            'leaves open which of member1 and member2 Deployment/default/web goes to, and ConfigMap/default/settings may be missing in member2',
          fix: 'set propagateDeps: true, or let all objects make the same choice: clusterAffinities with one group for each choice, Duplicated or with static weights, and no spreadConstraints (in code Placement.duplicated("member1").named("first").orElse("second", "member2"))',
        },
      ],
    },
    {
      name: 'a ConfigMap and a Service',
      manifests:
        configured +
        settings +
        service('web') +
        policy(`${named}, ${one}, ${duplicated}`, [...both, 'ConfigMap settings']),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.spreadConstraints',
          message:
            'leaves open which of member1 and member2 Deployment/default/web goes to, and Service/default/web and ConfigMap/default/settings may be missing in member2',
          fix: 'let all objects make the same choice: clusterAffinities with one group for each choice, Duplicated or with static weights, and no spreadConstraints (in code Placement.duplicated("member1").named("first").orElse("second", "member2")), or send Service/default/web and ConfigMap/default/settings to member1 and member2 by a policy of their own; propagateDeps: true is enough for ConfigMap/default/settings',
        },
      ],
    },
    {
      name: 'groups by capacity',
      manifests: all + policy(`${groups}, ${aggregated}`, both),
      findings: [
        {
          object: 'PropagationPolicy/default/web',
          path: 'spec.placement.clusterAffinities',
          message:
            'leaves open which of member1 and member2 Deployment/default/web goes to, and Service/default/web may be missing in member2',
          fix: 'let all objects make the same choice: Duplicated or static weights, which use a later group only if no cluster of the earlier ones fits, or send Service/default/web to member1 and member2 by a policy of their own',
        },
      ],
    },
  ],
});
