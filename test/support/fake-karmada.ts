import { isDeepStrictEqual } from 'node:util';
import { admit } from '../../src/admission';
import { apiGroup, type KubernetesObject, objectKey } from '../../src/kubernetes/object';
import { type Outcome, type Plan, planOf, type Replicas, type TemplatePlan } from '../../src/planner';
import { tieBreakOf } from '../../src/planner/schedule/tie-break';
import { FakeApiServer, karmadaKinds, kubernetesKinds } from './fake-api-server';

/** How the toy differs from an idle control plane with healthy members. */
export interface FakeKarmadaOptions {
  /** Names of the members. @default member1, member2 and member3 */
  readonly members?: readonly string[];
  /** Members without nodes, as in a control plane for tests: their pods never run. @default true */
  readonly healthy?: boolean;
  /** How long Karmada takes to react, in milliseconds. @default 5 */
  readonly latency?: number;
  /** `cluster Kind/namespace/name` of objects that a member had before. @default - none */
  readonly inMembers?: readonly string[];
  /** API servers of members, that receive what Karmada sends. @default - members are only reported on */
  readonly memberServers?: ReadonlyMap<string, FakeApiServer>;
}

const appsKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const builtIn = [
  {
    groupVersion: 'v1',
    resources: ['ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'Namespace', 'Pod'].map((kind) => ({ kind })),
  },
  { groupVersion: 'apps/v1', resources: appsKinds.map((kind) => ({ kind })) },
  { groupVersion: 'rbac.authorization.k8s.io/v1', resources: [{ kind: 'ClusterRole' }] },
];

/** A Karmada control plane in this process: the API server, its webhooks by our admission, and what our planner says as its scheduler. */
export class FakeKarmada {
  readonly server = new FakeApiServer([...kubernetesKinds, ...karmadaKinds]);
  /** While true, nothing reacts: the state before the controllers have seen a change. */
  paused = false;
  /** Refuses more than the webhooks do. */
  deny: (object: KubernetesObject, operation: 'apply' | 'delete') => string | undefined = () => undefined;
  readonly #members: readonly string[];
  readonly #options: FakeKarmadaOptions;
  #timer: NodeJS.Timeout | undefined;
  /** What is in each member, by key, because of us. */
  readonly #delivered = new Map<string, Set<string>>();
  readonly #conflicts = new Set<string>();

  constructor(options: FakeKarmadaOptions = {}) {
    this.#options = options;
    this.#members = options.members ?? ['member1', 'member2', 'member3'];
    for (const name of this.#members) this.server.add(cluster(name));
    this.server.hooks.changed = () => this.#soon();
    this.server.hooks.deny = (object, operation) => {
      const denied = this.deny(object, operation);
      if (denied !== undefined) return denied;
      if (operation === 'delete') return isProtected(object) ? 'This resource is protected' : undefined;
      if (!selectsItself(object)) return '`selector` does not match template `labels`';
      const { causes } = admit(object);
      return causes.length > 0 ? `${causes[0]!.path}: ${causes[0]!.message}` : undefined;
    };
  }

  async start(): Promise<string> {
    return this.server.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.paused = true;
    await this.server.stop();
  }

  /** The scheduler's result for a template. */
  placement(kind: string, namespace: string, name: string): Record<string, number> {
    const binding = this.server.get('ResourceBinding', namespace, `${name}-${kind}`.toLowerCase());
    const { clusters = [] } = (binding?.spec ?? {}) as { clusters?: { name: string; replicas?: number }[] };
    return Object.fromEntries(clusters.map((target) => [target.name, target.replicas ?? 0]));
  }

  /** Reacts to everything that has changed, at once. */
  reconcile(): void {
    // What has just joined is found to be ready.
    for (const { kind, metadata, status } of this.server.objects()) {
      if (kind === 'Cluster' && !status) this.server.add(cluster(metadata!.name!));
    }
    const objects = this.server.objects();
    const bindings = objects.filter(isBinding);
    const authored = objects.filter((object) => !isBinding(object) && isTemplateOrPolicy(object));
    const clusters = objects.filter(({ kind }) => kind === 'Cluster').map((each) => ({ name: each.metadata!.name! }));
    if (clusters.length === 0) return;
    const plan = planOf(authored, { fleet: clusters, bindings });
    const kept = new Set<string>();
    this.#deliver(plan);
    for (const template of plan.templates) {
      const binding = this.#bindingOf(template, bindings);
      if (!binding) continue;
      kept.add(objectKey(binding));
      if (template.outcome.kind === 'unschedulable') this.#warn(binding);
      // As it comes over the wire: without what is undefined.
      this.server.add(JSON.parse(JSON.stringify(binding)), 'karmada');
    }
    const templates = new Set(authored.map((object) => object.metadata?.uid));
    for (const binding of bindings) {
      const { uid } = (binding.spec as { resource: { uid: string } }).resource;
      if (!templates.has(uid) && !kept.has(objectKey(binding))) this.server.store.delete(this.server.keyOf(binding));
    }
  }

  /** Writes every object to its members, and removes what does not belong there any more. */
  #deliver(plan: Plan): void {
    this.#conflicts.clear();
    for (const [cluster, server] of this.#options.memberServers ?? []) {
      const before = this.#delivered.get(cluster) ?? new Set<string>();
      const now = new Set<string>();
      for (const template of plan.templates) {
        const tie = tieBreakOf(template.manifest.object.metadata?.uid ?? '');
        for (const copy of template.objectsIn(cluster, tie)) {
          if (copy.kind === 'failed' || copy.suspended) continue;
          const { managedFields: _, ...metadata } = (copy.object.metadata ?? {}) as Record<string, unknown>;
          const object = { ...copy.object, metadata } as KubernetesObject;
          const key = server.keyOf(object);
          if (server.store.get(key) && !before.has(key) && !copy.overwrites && object.kind !== 'Namespace') {
            this.#conflicts.add(`${cluster} ${template.key}`);
            continue;
          }
          now.add(key);
          server.add(object, 'karmada');
        }
      }
      for (const key of before) if (!now.has(key)) server.store.delete(key);
      this.#delivered.set(cluster, now);
    }
  }

  #warn({ kind, metadata }: KubernetesObject): void {
    const namespace = metadata?.namespace ?? 'default';
    this.server.add({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${metadata?.name}.warning`, namespace },
      involvedObject: { kind, name: metadata?.name, namespace: metadata?.namespace },
      type: 'Warning',
      reason: 'ScheduleBindingFailed',
      message: '0/3 clusters are available: no cluster matches the affinity.',
      lastTimestamp: '2026-01-01T00:00:00Z',
    });
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.paused) this.reconcile();
    }, this.#options.latency ?? 5);
  }

  #bindingOf(template: TemplatePlan, bindings: readonly KubernetesObject[]): KubernetesObject | undefined {
    const { object } = template.manifest;
    const { namespace, name, uid = '', resourceVersion } = object.metadata ?? {};
    const { outcome, scheduled } = template;
    if (outcome.kind === 'unmatched' || template.takenBy === 'namespace-sync') return undefined;
    const bindingName = `${name}-${object.kind}`.toLowerCase().replaceAll(':', '.');
    const before = bindings.find(
      (each) => each.metadata?.name === bindingName && each.metadata.namespace === namespace,
    );
    const placed = scheduled ? replicasOf(scheduled, uid) : new Map<string, number>();
    const requiredBy = template.requiredBy.map((requirement) => ({
      name: requirement.template.split('/').at(-1),
      clusters: targets(replicasOf(requirement.outcome, uid), true),
    }));
    const everywhere = new Map([
      ...requiredBy.flatMap(({ clusters }) => clusters.map((c) => [c.name, 0] as const)),
      ...placed,
    ]);
    const failed = outcome.kind === 'unschedulable';
    const policy = template.policy?.object;
    const { suspension } = (policy?.spec ?? {}) as { suspension?: { dispatching?: boolean } };
    const spec = {
      resource: { apiVersion: object.apiVersion, kind: object.kind, namespace, name, uid, resourceVersion },
      ...(policy && { placement: (policy.spec as { placement?: object }).placement ?? {} }),
      ...(placed.size > 0 && { clusters: targets(placed, template.countsReplicas) }),
      ...(requiredBy.length > 0 && { requiredBy }),
      ...(suspension && { suspension }),
    };
    const known = (before?.metadata as { generation?: number } | undefined)?.generation ?? 0;
    const generation = before && isDeepStrictEqual(before.spec, JSON.parse(JSON.stringify(spec))) ? known : known + 1;
    const applied = suspension?.dispatching ? [] : this.#aggregated(template, everywhere);
    const owner = policy && policy.kind === 'PropagationPolicy' ? 'propagationpolicy' : 'clusterpropagationpolicy';
    return {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: namespace ? 'ResourceBinding' : 'ClusterResourceBinding',
      metadata: {
        name: bindingName,
        ...(namespace && { namespace }),
        ...(policy && {
          labels: { [`${owner}.karmada.io/permanent-id`]: policy.metadata!.uid! },
          annotations: {
            [`${owner}.karmada.io/name`]: policy.metadata!.name!,
            ...(policy.metadata!.namespace && { [`${owner}.karmada.io/namespace`]: policy.metadata!.namespace }),
          },
        }),
        generation,
      },
      spec,
      status: {
        ...(policy && !failed && { schedulerObservedGeneration: generation }),
        conditions: [
          ...(policy ? [scheduledCondition(outcome)] : []),
          {
            type: 'FullyApplied',
            ...(applied.length > 0 && applied.every((item) => item.applied)
              ? { status: 'True', reason: 'FullyAppliedSuccess', message: 'All works have been successfully applied' }
              : { status: 'False', reason: 'FullyAppliedFailed', message: 'Failed to apply all works' }),
          },
        ],
        aggregatedStatus: applied,
      },
    };
  }

  #aggregated(template: TemplatePlan, everywhere: Replicas) {
    const { healthy = true, inMembers = [] } = this.#options;
    const { object } = template.manifest;
    return [...everywhere].map(([clusterName, replicas]) => {
      const name = `${clusterName} ${template.key}`;
      if (inMembers.includes(name) || this.#conflicts.has(name)) {
        const { namespace, name } = object.metadata!;
        const appliedMessage = `Failed to apply all manifests (0/1): resource(kind=${object.kind}, ${namespace}/${name}) already exists in the cluster ${clusterName} and the work.karmada.io/conflict-resolution strategy value is empty, Karmada will not manage this resource`;
        return { clusterName, applied: undefined, appliedMessage, health: 'Unknown' };
      }
      const counts = appsKinds.includes(object.kind);
      const status = counts && {
        status: {
          generation: 1,
          observedGeneration: 1,
          resourceTemplateGeneration: object.metadata?.generation ?? 1,
          replicas,
          ...(healthy && { readyReplicas: replicas }),
        },
      };
      return { clusterName, applied: true, health: healthy || !counts ? 'Healthy' : 'Unhealthy', ...status };
    });
  }
}

function isProtected({ metadata }: KubernetesObject): boolean {
  return metadata?.labels?.['resourcetemplate.karmada.io/deletion-protected'] === 'Always';
}

/** What the API server itself checks of a Deployment. */
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

function scheduledCondition(outcome: Outcome) {
  const type = 'Scheduled';
  return outcome.kind === 'unschedulable'
    ? { type, status: 'False', reason: 'NoClusterFit', message: '0/3 clusters are available' }
    : { type, status: 'True', reason: 'Success', message: 'Binding has been scheduled successfully.' };
}

function replicasOf(outcome: Outcome, uid: string): Replicas {
  switch (outcome.kind) {
    case 'certain':
      return outcome.replicas;
    case 'either':
      return outcome[tieBreakOf(uid)];
    case 'unschedulable':
      return outcome.kept;
    default:
      throw new Error(`the toy cannot schedule what is ${outcome.kind}`);
  }
}

function targets(replicas: Replicas, counts: boolean): { name: string; replicas?: number }[] {
  return [...replicas].map(([name, number]) => ({ name, ...(counts && { replicas: number }) }));
}

function isBinding({ kind }: KubernetesObject): boolean {
  return kind === 'ResourceBinding' || kind === 'ClusterResourceBinding';
}

function isTemplateOrPolicy({ apiVersion, kind, metadata }: KubernetesObject): boolean {
  const group = apiGroup(apiVersion);
  if (group.endsWith('.karmada.io')) return group === 'policy.karmada.io' || group === 'config.karmada.io';
  return metadata?.namespace !== 'karmada-system' && kind !== 'Event';
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
