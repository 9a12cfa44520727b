import type { Cluster } from '../../karmada/cluster';
import type { TolerationSpec } from '../../karmada/policy-spec';
import { defaultKarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import { recordsOf, textOf } from '../../kubernetes/plain-data';
import { type ControlPlaneState, policyApi } from '../control-plane-state/control-plane-state';
import { nowhere, type Replicas, type TieBreak } from '../outcome';
import type { BindingLookup, CurrentBinding, CurrentBindings } from '../plan/current-bindings';
import { bindingKey, bindingNameOf } from '../plan/rebalancing';
import type { TemplateDecision } from '../plan/template-decision';
import type { Planning } from '../plan-of';
import type { TargetCluster } from '../schedule/types';
import { type Eviction, evictionOf } from './eviction';
import { oldestFirst, type PolicedTaint, taintsAfter } from './taint-policies';

/** Taint that Karmada sets on a cluster that does not answer; with NoExecute it evicts. */
export const notReady = 'cluster.karmada.io/not-ready';

/** The clusters of a fleet after a loss, and where their NoExecute taints come from. */
export interface FleetAfter {
  readonly clusters: readonly Cluster[];
  /**
   * `policies`: ClusterTaintPolicies among the manifests; `assumed`: there are none, so one taint is assumed;
   * `cluster`: the lost clusters have one already; `nothing`: no policy adds one, so nothing is evicted.
   */
  readonly noExecute: 'policies' | 'assumed' | 'cluster' | 'nothing';
}

/**
 * The fleet while clusters do not answer: with the NoSchedule taint that Karmada sets, and for an eviction with NoExecute
 * taints by the ClusterTaintPolicies among the manifests. Without any policy, one taint that evicts is assumed.
 *
 * @see Karmada v1.18.2 pkg/controllers/cluster/cluster_controller.go, taintClusterByCondition
 */
export function fleetAfter(
  { state, options }: Pick<Planning, 'state' | 'options'>,
  clusters: readonly Cluster[],
  lost: ReadonlySet<string>,
  evicts: boolean,
): FleetAfter {
  const policies = evicts ? taintPolicies(state, options.clusterTaintPolicies) : [];
  const karmada = options.karmada ?? defaultKarmadaVersion;
  const conditions = [{ type: 'Ready', status: 'False' }];
  const sources = new Set<FleetAfter['noExecute']>();
  const after = clusters.map((cluster): Cluster => {
    if (!lost.has(cluster.name)) return cluster;
    const barred = withTaint(cluster, { key: notReady, effect: 'NoSchedule' });
    if (!evicts) return { ...barred, ready: false };
    const policed: readonly PolicedTaint[] =
      policies.length > 0
        ? taintsAfter(barred, conditions, policies, karmada)
        : (withTaint(barred, { key: notReady, effect: 'NoExecute' }).taints ?? []).map((taint) => ({
            ...taint,
            added: !(cluster.taints ?? []).includes(taint),
          }));
    const evicting = policed.filter(({ effect }) => effect === 'NoExecute');
    const added = evicting.some((taint) => taint.added);
    sources.add(added ? (policies.length > 0 ? 'policies' : 'assumed') : evicting.length > 0 ? 'cluster' : 'nothing');
    return { ...barred, ready: false, taints: policed.map(({ added: isNew, ...taint }) => taint) };
  });
  const source = (['policies', 'assumed', 'cluster'] as const).find((each) => sources.has(each));
  return { clusters: after, noExecute: source ?? 'nothing' };
}

/** The policies among the manifests and those of the control plane, oldest first; the manifests replace their own. */
function taintPolicies(state: ControlPlaneState, live: readonly KubernetesObject[] = []): readonly KubernetesObject[] {
  const written = state.ofKind(policyApi, 'ClusterTaintPolicy').map(({ object }) => object);
  const times = new Map(live.map(({ metadata }) => [metadata?.name, metadata?.['creationTimestamp']]));
  const replaced = new Set(written.map(({ metadata }) => metadata?.name));
  return oldestFirst([
    ...live.filter(({ metadata }) => !replaced.has(metadata?.name)),
    ...written.map((policy) => {
      const creationTimestamp = policy.metadata?.['creationTimestamp'] ?? times.get(policy.metadata?.name);
      return creationTimestamp === undefined
        ? policy
        : { ...policy, metadata: { ...policy.metadata, creationTimestamp } };
    }),
  ]);
}

function withTaint(cluster: Cluster, taint: { key: string; effect: string }): Cluster {
  const { taints = [] } = cluster;
  const isThere = taints.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  return isThere ? cluster : { ...cluster, taints: [...taints, taint] };
}

/** When a template is evicted from a lost cluster, in seconds after the taint. */
export function evictionFrom({ request }: TemplateDecision, cluster: Cluster, before: Cluster): Eviction {
  const tolerations = recordsOf<TolerationSpec>(request?.binding.placement.clusterTolerations);
  const old = before.taints ?? [];
  const isOld = (key: string, effect: string) => old.some((taint) => taint.key === key && taint.effect === effect);
  const taints = (cluster.taints ?? []).map((taint) =>
    isOld(taint.key, taint.effect) ? taint : { ...taint, secondsSinceAdded: 0 },
  );
  return evictionOf(taints, tolerations);
}

/**
 * The bindings once the evictions are done, as the scheduler finds them: the planned targets without the evicted ones,
 * which are barred.
 */
export class BindingsAfter implements BindingLookup {
  readonly #targets = new Map<Replicas, Map<string, readonly TargetCluster[]>>();

  /**
   * @param decisionOn - the planned decision about a template
   * @param evicted - clusters from which a template is evicted
   * @param tie - the result that counts where the UID of a template decides
   */
  constructor(
    readonly current: CurrentBindings,
    readonly decisionOn: (template: KubernetesObject) => TemplateDecision | undefined,
    readonly evicted: (decision: TemplateDecision) => readonly string[],
    readonly tie: TieBreak,
  ) {}

  of(template: KubernetesObject): CurrentBinding | undefined {
    const original = this.current.of(template);
    const decision = this.decisionOn(template);
    if (!decision?.request) return original;
    const { placement } = decision.request.binding;
    const result = resultOf(decision, this.tie);
    const evicted = this.evicted(decision);
    return {
      ...(original ?? nothingYet(template)),
      clusters: result ? this.#without(result, evicted) : certainTargets(decision, evicted),
      evictedFrom: [...(original?.evictedFrom ?? []), ...evicted],
      observedAffinityName: decision.affinityTerm ?? original?.observedAffinityName ?? '',
      rescheduleRequested: false,
      applied: placement,
      // The answer is shared by templates with the same result, as long as nothing else about their bindings differs.
      ...(result && (original?.evictedFrom ?? []).length === 0 && { result }),
    };
  }

  isReferrer(template: KubernetesObject): boolean {
    return this.current.isReferrer(template);
  }

  #without(result: Replicas, evicted: readonly string[]): readonly TargetCluster[] {
    const byEvicted = this.#targets.get(result) ?? new Map<string, readonly TargetCluster[]>();
    this.#targets.set(result, byEvicted);
    const key = evicted.join();
    let targets = byEvicted.get(key);
    if (!targets) {
      targets = Array.from(result, targetOf).filter(({ name }) => !evicted.includes(name));
      byEvicted.set(key, targets);
    }
    return targets;
  }
}

/** The bindings that follow from decisions, found by name: those of other manifests of the same templates. */
export class BindingsOfDecisions implements BindingLookup {
  readonly #bindings = new Map<string, CurrentBinding>();

  /** @param tie - the result that counts where the UID of a template decides */
  constructor(
    readonly current: CurrentBindings,
    decisions: Iterable<TemplateDecision>,
    tie: TieBreak,
  ) {
    for (const decision of decisions) {
      const { template, request, scheduled, affinityTerm } = decision;
      const original = current.of(template);
      if (!request) {
        if (original) this.#bindings.set(keyOf(template), original);
        continue;
      }
      const result = resultOf(decision, tie);
      this.#bindings.set(keyOf(template), {
        ...(original ?? nothingYet(template)),
        clusters: result ? Array.from(result, targetOf) : certainTargets(decision, []),
        observedAffinityName: affinityTerm ?? original?.observedAffinityName ?? '',
        rescheduleRequested: false,
        applied: request.binding.placement,
        ...(scheduled.kind === 'either' && { tie }),
      });
    }
  }

  of(template: KubernetesObject): CurrentBinding | undefined {
    return this.#bindings.get(keyOf(template));
  }

  isReferrer(template: KubernetesObject): boolean {
    return this.current.isReferrer(template);
  }
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return bindingKey(textOf(metadata?.namespace), bindingNameOf(kind, textOf(metadata?.name)));
}

function targetOf([name, replicas]: readonly [string, number]): TargetCluster {
  return { name, replicas };
}

function nothingYet({ kind, metadata }: KubernetesObject): CurrentBinding {
  const name = textOf(metadata?.name);
  return {
    name: bindingNameOf(kind, name),
    namespace: textOf(metadata?.namespace),
    uid: '',
    kind,
    resourceName: name,
    clusters: [],
    labels: {},
    annotations: {},
    observedAffinityName: '',
    evictedFrom: [],
    rescheduleRequested: false,
    requiredBy: [],
    attachedOnly: false,
    preservesOnDeletion: undefined,
  };
}

/** The planned targets; undefined if they are known only at run time. */
function resultOf({ scheduled }: TemplateDecision, tie: TieBreak): Replicas | undefined {
  switch (scheduled.kind) {
    case 'certain':
      return scheduled.replicas;
    case 'either':
      return scheduled[tie];
    case 'unschedulable':
    case 'unmatched':
      return scheduled.kept.size === 0 ? nowhere : scheduled.kept;
    case 'atRunTime':
      return undefined;
    default:
      return scheduled satisfies never;
  }
}

/** The replicas that are certain although the result is not. */
function certainTargets({ scheduled }: TemplateDecision, evicted: readonly string[]): readonly TargetCluster[] {
  if (scheduled.kind !== 'atRunTime') return [];
  return scheduled.guaranteed
    .filter((name) => !evicted.includes(name))
    .map((name) => ({ name, replicas: scheduled.bounds.get(name)?.min ?? 0 }))
    .filter(({ replicas }) => replicas > 0);
}
