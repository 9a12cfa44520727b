import type { Cluster } from '../../../src/karmada/cluster';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { type Outcome, type PlanOptions, planOf } from '../../../src/planner';

/** Members of these names and nothing else. */
export function clusters(...names: readonly string[]): readonly Cluster[] {
  return names.map((name) => ({ name }));
}

/** A Deployment in the namespace `default`, with the fields given. */
export function deployment(name: string, replicas: number, extra: DeploymentExtra = {}): KubernetesObject {
  const { uid, labels, podSpec } = extra;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', ...(uid !== undefined && { uid }), ...(labels && { labels }) },
    spec: { replicas, template: { spec: { containers: [{ name, image: 'nginx' }], ...podSpec } } },
  };
}

interface DeploymentExtra {
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly podSpec?: object;
}

/** An object of a core kind in the namespace `default`. */
export function core(kind: string, name: string, fields: object = {}): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'default' }, ...fields };
}

/** What a policy selects: the whole kind, or one object by name. */
export type Selected = readonly [apiVersion: string, kind: string, name?: string];

/** A PropagationPolicy in the namespace `default`. */
export function policy(name: string, selected: readonly Selected[], spec: object = {}): KubernetesObject {
  const metadata = { name, namespace: 'default' };
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata,
    spec: { resourceSelectors: selected.map(selectorOf), ...spec },
  };
}

/** A ClusterPropagationPolicy. */
export function clusterPolicy(name: string, selected: readonly Selected[], spec: object = {}): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterPropagationPolicy',
    metadata: { name },
    spec: { resourceSelectors: selected.map(selectorOf), ...spec },
  };
}

function selectorOf([apiVersion, kind, name]: Selected): object {
  return { apiVersion, kind, ...(name !== undefined && { name }) };
}

/** A placement with static weights, restricted to the clusters weighed. */
export function weighted(weights: Readonly<Record<string, number>>): object {
  return {
    placement: {
      clusterAffinity: { clusterNames: Object.keys(weights) },
      replicaScheduling: {
        replicaSchedulingType: 'Divided',
        replicaDivisionPreference: 'Weighted',
        weightPreference: {
          staticWeightList: Object.entries(weights).map(([name, weight]) => ({
            targetCluster: { clusterNames: [name] },
            weight,
          })),
        },
      },
    },
  };
}

/** A placement that sends everything to every one of these clusters. */
export function duplicated(...clusterNames: readonly string[]): object {
  return { placement: { clusterAffinity: { clusterNames } } };
}

/** A ResourceBinding of a Deployment. */
export function bindingOf(
  name: string,
  targets: Readonly<Record<string, number>>,
  extra: BindingExtra = {},
): KubernetesObject {
  const { uid = '', status, ...spec } = extra;
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: {
      name: `${name}-deployment`,
      namespace: 'default',
      annotations: extra.annotations ?? {},
      labels: extra.labels ?? {},
    },
    spec: {
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name, uid },
      clusters: Object.entries(targets).map(([cluster, replicas]) => ({ name: cluster, replicas })),
      placement: {},
      ...spec,
    },
    status: status ?? {},
  };
}

interface BindingExtra {
  readonly uid?: string;
  readonly status?: object;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly rescheduleTriggeredAt?: string;
}

/** Three members. */
export const fleet = clusters('member1', 'member2', 'member3');
/** Selects the Deployment `pipy`. */
export const pipy = ['apps/v1', 'Deployment', 'pipy'] as const;
/** Equal weights over the three. */
export const even = weighted({ member1: 10, member2: 10, member3: 10 });
/** UIDs whose ties go to the first name, and to the last. */
export const evenUid = '4858ca61-3ff8-4095-8267-f3d059d8074c';
export const oddUid = 'd43fdeeb-d750-4e2b-bee3-64eb94534f4c';

/** The outcome of one template, for comparing. */
export function outcomeOf(
  objects: readonly KubernetesObject[],
  options: Partial<PlanOptions> = {},
  key = 'Deployment/default/pipy',
) {
  const outcome = planOf(objects, { fleet, ...options }).template(key)?.outcome;
  return outcome && plain(outcome);
}

/** An outcome with its maps as objects, for comparing. */
export function plain(outcome: Outcome): unknown {
  const fields = Object.entries(outcome).map(([key, value]) => [
    key,
    value instanceof Map ? Object.fromEntries(value) : value,
  ]);
  return Object.fromEntries(fields);
}
