import type { KubernetesObject } from '../kubernetes/object';
import type { TemplatePlan } from '../planner';
import { cellsOf } from '../report';
import { type Binding, conditionOf, type MemberStatus, targetsOf } from './binding';
import { identityOf } from './release';

/** What a rollout is measured against. */
export interface ExpectedTemplate {
  readonly plan: TemplatePlan;
  /** The template as the control plane has it. @default - it is not there */
  readonly live?: KubernetesObject;
  /** Whether the same release defines the kind: the members may not serve it yet. */
  readonly isNewKind?: boolean;
  /** The `resourceVersion` that our change made; the binding has to have seen it. @default - nothing was changed */
  readonly changedIn?: string;
}

/** How far one object has come. `failing` is what Karmada itself calls a failure; it may still be retried. */
export type RolloutState = 'done' | 'waiting' | 'failing' | 'paused' | 'nowhere';

/** How far a template has come in one member cluster. Part of the documented shapes. */
export interface ClusterRollout {
  readonly cluster: string;
  /** What the plan says, as in the plan's table. */
  readonly wanted: string;
  /** Replicas that the scheduler gave it; null where it gave none, or counts none. */
  readonly scheduled: number | null;
  readonly applied: boolean;
  /** Replicas that are ready; null for kinds that do not report them. */
  readonly ready: number | null;
  /** Karmada's word; null where nothing was reported. */
  readonly health: string | null;
  readonly state: RolloutState;
  readonly why?: string;
}

/** How far a template has come. Part of the documented shapes. */
export interface TemplateRollout {
  readonly template: string;
  /** Name of the policy that claims it; null where none does. */
  readonly policy: string | null;
  readonly state: RolloutState;
  readonly why?: string;
  /** Whether Karmada leaves a failure alone until something changes. */
  readonly final: boolean;
  readonly clusters: readonly ClusterRollout[];
}

/** What counts as done. */
export interface RolloutOptions {
  /** Whether members have to be healthy; without, applied and current is enough. */
  readonly health: boolean;
  /** Members that are not ready. */
  readonly notReady: readonly string[];
  /**
   * Whether to wait no longer for signs that may never come: that the binding has seen our change, which another writer may
   * have replaced since; and that a copy which is not wanted any more is gone. @default false
   */
  readonly lenient?: boolean;
}

interface Verdict {
  readonly state: RolloutState;
  readonly why?: string;
  readonly final?: boolean;
}

/** Whether nothing more is to be waited for. */
export function isSettled({ state }: Verdict): boolean {
  return state === 'done' || state === 'paused' || state === 'nowhere';
}

/** How far a template has come, by its binding. */
export function rolloutOf(
  expected: ExpectedTemplate,
  bindings: ReadonlyMap<string, Binding>,
  options: RolloutOptions,
): TemplateRollout {
  const { plan } = expected;
  const binding = bindings.get(identityOf(plan.manifest.object));
  const ofBinding = bindingVerdict(expected, binding, options.lenient ?? false);
  const clusters = binding ? clusterRollouts(expected, binding, options, ofBinding.state !== 'nowhere') : [];
  const verdict = ofBinding.state === 'done' ? clustersVerdict(binding, clusters) : ofBinding;
  const policy = plan.policy?.object.metadata?.name ?? null;
  return { template: plan.key, policy, ...verdict, final: verdict.final ?? false, clusters };
}

/** What the binding as a whole says, before the members are looked at. */
function bindingVerdict(
  { plan, live, changedIn, isNewKind }: ExpectedTemplate,
  binding: Binding | undefined,
  lenient: boolean,
): Verdict {
  const { outcome } = plan;
  // Karmada sends Namespaces itself, without a binding.
  if (plan.takenBy === 'namespace-sync') return { state: 'done' };
  if (outcome.kind === 'unmatched') return { state: 'nowhere', why: outcome.why };
  if (outcome.kind === 'unschedulable') {
    const { reason, why } = outcome;
    if (reason === 'LazyActivation') return { state: 'nowhere', why };
    if (reason === 'DependentOverridesMissing') return { state: 'failing', why, final: true };
  }
  if (!live) return waiting('the object is not in the control plane');
  if (!binding) return waiting('Karmada has made no binding for it yet');
  const seen = binding.spec.resource;
  if (seen.uid !== live.metadata?.uid) return waiting('its binding is still that of a deleted object');
  const scheduled = conditionOf(binding, 'Scheduled');
  // An attached binding only follows those that require it.
  if (!binding.spec.placement && !scheduled) {
    return targetsOf(binding).size > 0 ? { state: 'done' } : waiting('the template that requires it has no place yet');
  }
  if (!lenient && isOlder(seen.resourceVersion, changedIn)) return waiting('Karmada has not taken the change over yet');
  if (binding.spec.suspension?.scheduling) return { state: 'paused', why: 'its scheduling is suspended' };
  // The generation is set with success only: a failure leaves the one before.
  const isCurrent = binding.status?.schedulerObservedGeneration === binding.metadata.generation;
  if (scheduled?.status === 'True' && isCurrent) return { state: 'done' };
  if (scheduled?.status !== 'False') return waiting('the scheduler has not looked at it yet');
  const why = `${scheduled.reason}: ${scheduled.message}`;
  // Everything but a plain NoClusterFit is tried again by the scheduler itself.
  return scheduled.reason === 'NoClusterFit' && !isNewKind ? { state: 'failing', why, final: true } : waiting(why);
}

function waiting(why: string): { state: 'waiting'; why: string } {
  return { state: 'waiting', why };
}

/** Whether one `resourceVersion` was made before the other. Versions of one server grow; what is not a number says nothing. */
export function isOlder(one: unknown, other: unknown): boolean {
  const isNumber = (version: unknown): version is string => typeof version === 'string' && /^\d+$/.test(version);
  return isNumber(one) && isNumber(other) && BigInt(one) < BigInt(other);
}

/** What the members say together, once the binding is as it should be. */
function clustersVerdict(binding: Binding | undefined, clusters: readonly ClusterRollout[]): Verdict {
  const worst = clusters.find(({ state }) => state === 'failing') ?? clusters.find(({ state }) => state === 'waiting');
  if (worst) {
    const { cluster, state, why = '' } = worst;
    // Karmada never takes over what it did not make, however often it tries.
    const final = /already exists in the cluster .* will not manage this resource/.test(why);
    return { state, why: `${cluster}: ${why}`, final };
  }
  if (clusters.some(({ state }) => state === 'paused')) return { state: 'paused' };
  if (!binding || targetsOf(binding).size === 0) return { state: 'done' };
  if (conditionOf(binding, 'FullyApplied')?.status === 'True') return { state: 'done' };
  return waiting('Karmada has not reported it fully applied yet');
}

function clusterRollouts(
  expected: ExpectedTemplate,
  binding: Binding,
  options: RolloutOptions,
  isWanted: boolean,
): ClusterRollout[] {
  const { plan } = expected;
  const { gracefulEvictionTasks, suspension } = binding.spec;
  const targets = targetsOf(binding);
  const members = new Map((binding.status?.aggregatedStatus ?? []).map((each) => [each.clusterName, each]));
  const wantedIn = cellsOf(plan);
  const verdictIn = (cluster: string): Verdict => {
    if (targets.has(cluster)) {
      const isHeld = suspension?.dispatching || suspension?.dispatchingOnClusters?.clusterNames?.includes(cluster);
      if (isHeld) return { state: 'paused', why: 'dispatching is suspended' };
      return targetVerdict(cluster, members.get(cluster), expected, options);
    }
    // Eviction takes its time on purpose.
    const isEvicted = gracefulEvictionTasks?.some(({ fromCluster }) => fromCluster === cluster);
    if (isEvicted) return { state: 'done', why: 'being evicted' };
    return { state: isWanted && !options.lenient ? 'waiting' : 'done', why: 'being removed' };
  };
  return [...new Set([...targets.keys(), ...members.keys()])].sort().map((cluster) => {
    const member = members.get(cluster);
    return {
      cluster,
      wanted: wantedIn(cluster).text,
      scheduled: (plan.countsReplicas ? targets.get(cluster) : null) ?? null,
      applied: member?.applied ?? false,
      ready: member ? readyIn(plan, member) : null,
      health: member ? (member.health ?? 'Unknown') : null,
      ...verdictIn(cluster),
    };
  });
}

/** Replicas that a member reports as ready. A zero is left out of the status; a Job counts pods that succeeded, too. */
function readyIn({ manifest, countsReplicas }: TemplatePlan, { status }: MemberStatus): number | null {
  const { kind } = manifest.object;
  if (kind === 'Job') return null;
  if (kind === 'Pod') {
    const conditions = (status?.['conditions'] ?? []) as readonly { type?: string; status?: string }[];
    return conditions.some((each) => each.type === 'Ready' && each.status === 'True') ? 1 : 0;
  }
  const ready = status?.['readyReplicas'] ?? status?.['numberReady'] ?? (countsReplicas ? 0 : null);
  return typeof ready === 'number' ? ready : null;
}

function targetVerdict(
  cluster: string,
  member: MemberStatus | undefined,
  { plan, live, changedIn }: ExpectedTemplate,
  { health, notReady }: RolloutOptions,
): Verdict {
  const isReady = !notReady.includes(cluster);
  const because = isReady ? '' : '; the member is not ready';
  if (!member?.applied) {
    const message = member?.appliedMessage || undefined;
    return message ? { state: 'failing', why: `${message}${because}` } : waiting(`not applied yet${because}`);
  }
  const { generation, observedGeneration, resourceTemplateGeneration } = (member.status ?? {}) as Generations;
  const wanted = live?.metadata?.generation;
  if (resourceTemplateGeneration === undefined) {
    // Karmada calls a change applied that a lost member never got.
    if (!isReady && changedIn !== undefined) return waiting('applied, as far as known; the member is not ready');
  } else if (wanted !== undefined && resourceTemplateGeneration < wanted) {
    return waiting(`still at generation ${resourceTemplateGeneration} of ${wanted}${because}`);
  } else if (generation !== undefined && observedGeneration !== undefined && observedGeneration < generation) {
    return waiting(`the member has not looked at the change yet${because}`);
  }
  if (!health || member.health === 'Healthy') return { state: 'done' };
  const ready = readyIn(plan, member);
  const word = member.health === 'Unhealthy' ? 'not healthy' : 'health not known';
  return waiting(`${word}${ready === null ? '' : `, ${ready} ready`}${because}`);
}

/** What a kind reports of its generations: a ConfigMap nothing, a StatefulSet not the observed one. */
interface Generations {
  /** Of the copy in the member, and what its controller has looked at. */
  readonly generation?: number;
  readonly observedGeneration?: number;
  /** Of the template that the copy was made from. */
  readonly resourceTemplateGeneration?: number;
}
