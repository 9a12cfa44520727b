import { isDeepStrictEqual } from 'node:util';
import { admit } from '../../src/admission';
import { templateOf } from '../../src/apply/binding';
import { identityOf } from '../../src/apply/release';
import { apiGroup, type KubernetesObject, objectKey } from '../../src/kubernetes/object';
import type { Clock } from '../../src/process/clock';
import { Interrupted } from '../../src/process/run-program';
import { FakeApiServer, karmadaKinds, kubernetesKinds } from './fake-api-server';
import { type RecordedPlacement, recordedConflict, recordedPlacements } from './recorded-bindings';

/** How the toy differs from an idle control plane with healthy members. */
export interface FakeKarmadaOptions {
  /** Names of the members. @default those of the recordings */
  readonly members?: readonly string[];
  /** Members without nodes, as in a control plane for tests: their pods never run. @default true */
  readonly healthy?: boolean;
  /** `cluster Kind/namespace/name` of objects that a member had before. @default - none */
  readonly inMembers?: readonly string[];
  /** Recorded cases whose UID a template of that name gets: the UID decides ties. @default - none */
  readonly recorded?: Readonly<Record<string, RecordedPlacement>>;
}

/** The members that were recorded. */
export const recordedMembers = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'];

const appsKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const coreKinds = ['ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'Namespace', 'Pod'];
const builtIn = [
  { groupVersion: 'v1', resources: coreKinds.map((kind) => ({ kind })) },
  { groupVersion: 'apps/v1', resources: appsKinds.map((kind) => ({ kind })) },
];

const placements = recordedPlacements();

interface PolicySpec {
  readonly resourceSelectors: readonly { readonly kind: string; readonly name?: string }[];
  readonly placement: { readonly clusterAffinity?: { readonly clusterNames?: readonly string[] } };
  readonly suspension?: { readonly dispatching?: boolean };
}

/**
 * A Karmada control plane in this process: the API server, its webhooks by our admission, and a scheduler that answers
 * with what a running Karmada was recorded to answer to the same placement, replicas and UID. It reacts when time passes.
 */
export class FakeKarmada {
  readonly server = new FakeApiServer([...kubernetesKinds, ...karmadaKinds]);
  /** Rejects more than the webhooks. */
  deny: (object: KubernetesObject, operation: 'apply' | 'delete') => string | undefined = () => undefined;
  /** A clock that advances only during waits. */
  readonly clock: Clock;
  readonly #options: FakeKarmadaOptions;

  constructor(options: FakeKarmadaOptions = {}) {
    this.#options = options;
    for (const name of options.members ?? recordedMembers) this.server.add(cluster(name));
    this.server.hooks.deny = (object, operation) => {
      const denied = this.deny(object, operation);
      if (denied !== undefined) return denied;
      if (operation === 'delete') return isProtected(object) ? 'This resource is protected' : undefined;
      if (!selectsItself(object)) return '`selector` does not match template `labels`';
      const { causes } = admit(object);
      return causes.length > 0 ? `${causes[0]!.path}: ${causes[0]!.message}` : undefined;
    };
    const { store } = this.server;
    const anyUid = store.uidOf;
    store.uidOf = (key) => options.recorded?.[key.split('/').at(-1)!]?.uid ?? anyUid(key);
    let now = 0;
    this.clock = {
      now: () => now,
      sleep: async (seconds, signal) => {
        if (signal?.aborted) throw new Interrupted();
        now += seconds;
        this.reconcile();
      },
    };
  }

  /** The scheduler's result for a template. */
  placement(kind: string, namespace: string, name: string): Record<string, number> {
    const binding = this.server.get('ResourceBinding', namespace, `${name}-${kind}`.toLowerCase());
    const { clusters = [] } = (binding?.spec ?? {}) as { clusters?: { name: string; replicas?: number }[] };
    return Object.fromEntries(clusters.map((target) => [target.name, target.replicas ?? 0]));
  }

  /** Reacts to everything that has changed. */
  reconcile(): void {
    // New members become ready.
    for (const { kind, metadata, status } of this.server.objects()) {
      if (kind === 'Cluster' && !status) this.server.add(cluster(metadata!.name!));
    }
    const objects = this.server.objects();
    const bindings = objects.filter(isBinding);
    const policies = objects.filter(({ kind }) => /^(Cluster)?PropagationPolicy$/.test(kind));
    const kept = new Set<string>();
    for (const template of objects.filter(isTemplate)) {
      const before = bindings.find((binding) => identityOf(templateOf(binding)) === identityOf(template));
      const policy = this.#claim(template, policies, before);
      if (!policy) continue;
      const binding = this.#bindingOf(template, policy, before);
      kept.add(objectKey(binding));
      // Serialized as on the wire, without undefined fields.
      const stored = this.server.add(JSON.parse(JSON.stringify(binding)), 'karmada');
      if (!hasPlace(stored)) this.#warn(stored);
    }
    const present = new Set(objects.map(({ metadata }) => metadata?.uid));
    for (const binding of bindings) {
      if (kept.has(objectKey(binding)) || present.has(resourceOf(binding).uid)) continue;
      this.server.store.delete(this.server.keyOf(binding));
    }
  }

  /** A policy keeps a claimed template as long as the policy exists. */
  #claim(template: KubernetesObject, policies: readonly KubernetesObject[], before: KubernetesObject | undefined) {
    const selecting = policies.filter((policy) => selects(policy, template));
    const claimed = before?.metadata?.annotations?.['propagationpolicy.karmada.io/name'];
    return selecting.find(({ metadata }) => metadata?.name === claimed) ?? selecting[0];
  }

  /** The recorded answer. @throws Error when nothing was recorded for this placement, number and UID */
  #scheduled(template: KubernetesObject, policy: KubernetesObject): RecordedPlacement['clusters'] | undefined {
    const { placement } = policy.spec as PolicySpec;
    const { replicas } = (template.spec ?? {}) as { replicas?: number };
    const names = placement.clusterAffinity?.clusterNames ?? [];
    if (!names.some((name) => this.server.get('Cluster', '', name))) return undefined;
    // Recorded for each division: the only cluster gets everything.
    if (names.length === 1) return [{ name: names[0]!, ...(replicas !== undefined && { replicas }) }];
    const found = placements.filter((each) =>
      replicas === undefined
        ? each.replicas === undefined && isDeepStrictEqual(affinityOf(each.placement), affinityOf(placement))
        : each.replicas === replicas && isDeepStrictEqual(each.placement, placement),
    );
    const exact = found.find(({ uid }) => uid === template.metadata?.uid);
    const clusters = (exact ?? found[0])?.clusters;
    if (clusters && (exact || found.every((each) => isDeepStrictEqual(each.clusters, clusters)))) return clusters;
    throw new Error(`nothing was recorded for ${replicas} of ${objectKey(template)} by ${JSON.stringify(placement)}`);
  }

  #bindingOf(
    template: KubernetesObject,
    policy: KubernetesObject,
    before: KubernetesObject | undefined,
  ): KubernetesObject {
    const { namespace, name, uid, resourceVersion } = template.metadata ?? {};
    const { placement, suspension } = policy.spec as PolicySpec;
    const clusters = this.#scheduled(template, policy);
    const kept = (before?.spec as { clusters?: RecordedPlacement['clusters'] } | undefined)?.clusters;
    const spec = JSON.parse(
      JSON.stringify({
        resource: { apiVersion: template.apiVersion, kind: template.kind, namespace, name, uid, resourceVersion },
        placement,
        clusters: clusters ?? kept,
        suspension,
      }),
    ) as { clusters?: RecordedPlacement['clusters'] };
    const known = before?.metadata?.generation ?? 0;
    const generation = before && isDeepStrictEqual(before.spec, spec) ? known : known + 1;
    const applied = suspension?.dispatching
      ? []
      : (spec.clusters ?? []).map((target) => this.#reported(template, target));
    const owner = policy.kind.toLowerCase();
    return {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: namespace ? 'ResourceBinding' : 'ClusterResourceBinding',
      metadata: {
        name: `${name}-${template.kind}`.toLowerCase(),
        ...(namespace && { namespace }),
        labels: { [`${owner}.karmada.io/permanent-id`]: policy.metadata!.uid! },
        annotations: {
          [`${owner}.karmada.io/name`]: policy.metadata!.name!,
          ...(policy.metadata!.namespace && { [`${owner}.karmada.io/namespace`]: policy.metadata!.namespace }),
        },
        generation,
      },
      spec,
      status: {
        ...(clusters && { schedulerObservedGeneration: generation }),
        conditions: [
          clusters
            ? condition('Scheduled', 'True', 'Success', 'Binding has been scheduled successfully.')
            : condition('Scheduled', 'False', 'NoClusterFit', '0/3 clusters are available'),
          applied.length > 0 && applied.every(({ applied: done }) => done)
            ? condition('FullyApplied', 'True', 'FullyAppliedSuccess', 'All works have been successfully applied')
            : condition('FullyApplied', 'False', 'FullyAppliedFailed', 'Failed to apply all works'),
        ],
        aggregatedStatus: applied,
      },
    };
  }

  /** The report of a member. The recorded members have no nodes, so the status is generated. */
  #reported(template: KubernetesObject, { name: clusterName, replicas }: { name: string; replicas?: number }) {
    const { healthy = true, inMembers = [] } = this.#options;
    if (inMembers.includes(`${clusterName} ${objectKey(template)}`)) {
      return recordedConflict(clusterName, template) as { applied?: boolean };
    }
    const counts = appsKinds.includes(template.kind);
    const status = counts && {
      status: {
        generation: 1,
        observedGeneration: 1,
        resourceTemplateGeneration: template.metadata?.generation ?? 1,
        replicas,
        ...(healthy && { readyReplicas: replicas }),
      },
    };
    return { clusterName, applied: true, health: healthy || !counts ? 'Healthy' : 'Unhealthy', ...status };
  }

  #warn({ kind, metadata }: KubernetesObject): void {
    const namespace = metadata?.namespace ?? 'default';
    this.server.add({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${metadata?.name}.${metadata?.uid}`, namespace },
      involvedObject: { kind, name: metadata?.name, namespace: metadata?.namespace, uid: metadata?.uid },
      type: 'Warning',
      reason: 'ScheduleBindingFailed',
      message: '0/3 clusters are available: no cluster matches the affinity.',
      // Each time it happens again, the event is written again.
      count: Math.random(),
    });
  }
}

function condition(type: string, status: string, reason: string, message: string) {
  return { type, status, reason, message };
}

function hasPlace({ status }: KubernetesObject): boolean {
  const { conditions } = status as { conditions: { type: string; status: string }[] };
  return conditions.some((each) => each.type === 'Scheduled' && each.status === 'True');
}

function resourceOf({ spec }: KubernetesObject): { readonly uid?: string } {
  return (spec as { resource: { uid?: string } }).resource;
}

function affinityOf(placement: object): unknown {
  return (placement as PolicySpec['placement']).clusterAffinity;
}

function selects({ kind, metadata, spec }: KubernetesObject, template: KubernetesObject): boolean {
  const { resourceSelectors } = spec as PolicySpec;
  const isHere = kind === 'ClusterPropagationPolicy' || metadata?.namespace === template.metadata?.namespace;
  return (
    isHere && resourceSelectors.some((each) => each.kind === template.kind && each.name === template.metadata?.name)
  );
}

function isProtected({ metadata }: KubernetesObject): boolean {
  return metadata?.labels?.['resourcetemplate.karmada.io/deletion-protected'] === 'Always';
}

/** Checks of the API server for a Deployment. */
function selectsItself({ kind, spec }: KubernetesObject): boolean {
  if (kind !== 'Deployment') return true;
  const { selector, template } = spec as {
    selector?: { matchLabels: Record<string, string> };
    template?: { metadata: { labels: Record<string, string> } };
  };
  // A partial object of another manager.
  if (!selector || !template) return true;
  return Object.entries(selector.matchLabels).every(([label, value]) => template.metadata.labels[label] === value);
}

function isBinding({ kind }: KubernetesObject): boolean {
  return kind === 'ResourceBinding' || kind === 'ClusterResourceBinding';
}

function isTemplate({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  return !apiGroup(apiVersion).endsWith('karmada.io') && metadata?.namespace !== 'karmada-system' && kind !== 'Event';
}

function cluster(name: string): KubernetesObject {
  return {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name },
    spec: { syncMode: 'Push' },
    status: {
      kubernetesVersion: 'v1.33.6',
      apiEnablements: builtIn,
      conditions: [{ type: 'Ready', status: 'True', reason: 'ClusterReady', message: 'cluster is healthy' }],
    },
  };
}
