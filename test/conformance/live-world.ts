import type { KubernetesObject } from '../../src/kubernetes/object';
import type { RecordedMembers } from './live-members';
import type { RecordedTarget } from './schedule-support';

/** An object as a step holds it: without apiVersion and namespace where these go without saying. */
export interface RecordedObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name?: string;
  readonly metadata?: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** A binding as read back. */
export interface RecordedBinding {
  readonly name: string;
  readonly resource: { readonly kind: string; readonly name: string };
  readonly templateUID: string;
  readonly replicas?: number | null;
  readonly clusters: readonly RecordedTarget[];
  readonly requiredBy?: readonly { readonly name: string; readonly clusters: readonly RecordedTarget[] }[];
  /** null on a binding that only exists because others require it. */
  readonly placement?: null;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The control plane and its members once they stood still. */
export interface LiveState {
  readonly resourceBindings: readonly RecordedBinding[];
  readonly clusterResourceBindings?: readonly RecordedBinding[];
  readonly members: RecordedMembers;
}

const apiVersions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'Namespace', 'Pod', 'PersistentVolumeClaim'].map((kind) => [
      kind,
      'v1',
    ]),
  ),
  ...Object.fromEntries(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => [kind, 'apps/v1'])),
  ...Object.fromEntries(['Job', 'CronJob'].map((kind) => [kind, 'batch/v1'])),
  ...Object.fromEntries(
    [
      'PropagationPolicy',
      'ClusterPropagationPolicy',
      'OverridePolicy',
      'ClusterOverridePolicy',
      'FederatedResourceQuota',
    ].map((kind) => [kind, 'policy.karmada.io/v1alpha1']),
  ),
  ...Object.fromEntries(['Ingress', 'NetworkPolicy'].map((kind) => [kind, 'networking.k8s.io/v1'])),
  ...Object.fromEntries(
    ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => [kind, 'rbac.authorization.k8s.io/v1']),
  ),
  HorizontalPodAutoscaler: 'autoscaling/v2',
  PodDisruptionBudget: 'policy/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  MultiClusterService: 'networking.karmada.io/v1alpha1',
  WorkloadRebalancer: 'apps.karmada.io/v1alpha1',
};

/** The objects applied so far in one scenario. */
export class LiveWorld {
  readonly #objects = new Map<string, KubernetesObject>();

  /** @param namespace - of the scenario: its id */
  constructor(readonly namespace: string) {}

  get objects(): readonly KubernetesObject[] {
    return [...this.#objects.values()];
  }

  change(applied: readonly RecordedObject[], deleted: readonly RecordedObject[]): void {
    for (const object of applied) this.#objects.set(keyOf(object), this.#complete(object));
    for (const object of deleted) this.#objects.delete(keyOf(object));
  }

  /** Sets the replicas of Deployments, StatefulSets and Jobs, by name. */
  scale(replicas: Readonly<Record<string, number>>): void {
    for (const [key, object] of this.#objects) {
      const wanted = replicas[object.metadata?.name ?? ''];
      if (wanted === undefined || !('template' in ((object.spec ?? {}) as object))) continue;
      const field = object.kind === 'Job' ? 'parallelism' : 'replicas';
      this.#objects.set(key, { ...object, spec: { ...(object.spec as object), [field]: wanted } });
    }
  }

  /** The objects with the UIDs that the API server gave them. */
  objectsWithUids({ resourceBindings, clusterResourceBindings = [] }: LiveState): readonly KubernetesObject[] {
    const uids = new Map(
      [...resourceBindings, ...clusterResourceBindings].map(({ resource, templateUID }) => [
        keyOf(resource),
        templateUID,
      ]),
    );
    return Array.from(this.#objects, ([key, object]) => {
      const uid = uids.get(key);
      return uid === undefined ? object : { ...object, metadata: { ...object.metadata, uid } };
    });
  }

  #complete({ name: _, ...object }: RecordedObject): KubernetesObject {
    const apiVersion = object.apiVersion ?? apiVersions[object.kind];
    if (apiVersion === undefined) throw new Error(`the apiVersion of ${object.kind} is not known`);
    return { ...object, apiVersion, metadata: { namespace: this.namespace, ...object.metadata } };
  }
}

function keyOf({ kind, name, metadata }: RecordedObject): string {
  return `${kind}/${name ?? metadata?.name}`;
}

/** The bindings of a state as Kubernetes objects. */
export function bindingsIn(
  { resourceBindings, clusterResourceBindings = [] }: LiveState,
  namespace: string,
): readonly KubernetesObject[] {
  const object = (kind: string, binding: RecordedBinding, placed: object): KubernetesObject => ({
    apiVersion: 'work.karmada.io/v1alpha2',
    kind,
    metadata: { name: binding.name, ...placed, labels: binding.labels ?? {}, annotations: binding.annotations ?? {} },
    spec: {
      resource: { ...binding.resource, uid: binding.templateUID },
      replicas: binding.replicas ?? 0,
      clusters: binding.clusters,
      requiredBy: binding.requiredBy ?? [],
      ...(binding.placement !== null && { placement: {} }),
    },
  });
  return [
    ...resourceBindings.map((binding) => object('ResourceBinding', binding, { namespace })),
    ...clusterResourceBindings.map((binding) => object('ClusterResourceBinding', binding, {})),
  ];
}
