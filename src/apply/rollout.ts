import type { KubernetesObject } from '../kubernetes/object';
import type { TemplatePlan } from '../planner';
import { cellsOf } from '../report';
import { type Binding, conditionOf, type MemberStatus, targetsOf } from './binding';
import { identityOf } from './release';

export interface ExpectedTemplate {
  readonly plan: TemplatePlan;
  /** The template as stored in the control plane. @default - it does not exist */
  readonly live?: KubernetesObject;
  /** Whether the same release defines the kind, so that members may not serve it yet. */
  readonly isNewKind?: boolean;
  /** The `resourceVersion` of our change, which the binding must have reached. @default - no change */
  readonly changedIn?: string;
}

/** `failing`: Karmada reports a failure, which it may still retry. */
export type RolloutState = 'done' | 'waiting' | 'failing' | 'paused' | 'nowhere';

/** The rollout of a template in one member. Part of the documented shapes. */
export interface ClusterRollout {
  readonly cluster: string;
  /** The cell of the plan's table. */
  readonly wanted: string;
  /** Replicas that the scheduler assigned; null when it assigned none, and for kinds without replicas. */
  readonly scheduled: number | null;
  readonly applied: boolean;
  /** Ready replicas; null for kinds that do not report them. */
  readonly ready: number | null;
  /** `Healthy`, `Unhealthy` or `Unknown`; null when nothing was reported. */
  readonly health: string | null;
  readonly state: RolloutState;
  readonly why?: string;
}

/** The rollout of a template. Part of the documented shapes. */
export interface TemplateRollout {
  readonly template: string;
  /** Name of the policy that claims it; null when none does. */
  readonly policy: string | null;
  readonly state: RolloutState;
  readonly why?: string;
  /** Whether Karmada does not retry the failure. */
  readonly final: boolean;
  readonly clusters: readonly ClusterRollout[];
}

export interface RolloutOptions {
  /** Whether members must be healthy; otherwise applied and up to date is enough. */
  readonly health: boolean;
  /** Members that are not ready. */
  readonly notReady: readonly string[];
  /**
   * Whether to skip two checks that may never pass: that the binding has reached our change, which another writer may have
   * replaced, and that a copy that is no longer wanted has been removed. @default false
   */
  readonly lenient?: boolean;
}

interface Verdict {
  readonly state: RolloutState;
  readonly why?: string;
  readonly final?: boolean;
}

export function isSettled({ state }: Verdict): boolean {
  return state === 'done' || state === 'paused' || state === 'nowhere';
}

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

function bindingVerdict(
  { plan, live, changedIn, isNewKind }: ExpectedTemplate,
  binding: Binding | undefined,
  lenient: boolean,
): Verdict {
  const { outcome } = plan;
  // Karmada propagates Namespaces without a binding.
  if (plan.takenBy === 'namespace-sync') return { state: 'done' };
  if (outcome.kind === 'unmatched') return { state: 'nowhere', why: outcome.why };
  if (outcome.kind === 'unschedulable') {
    const { reason, why } = outcome;
    if (reason === 'LazyActivation') return { state: 'nowhere', why };
    if (reason === 'DependentOverridesMissing') return { state: 'failing', why, final: true };
  }
  if (!live) return waiting('the object is not in the control plane');
  if (!binding) return waiting('Karmada has not created its binding yet');
  const seen = binding.spec.resource;
  if (seen.uid !== live.metadata?.uid) return waiting('its binding still belongs to a deleted object');
  const scheduled = conditionOf(binding, 'Scheduled');
  // The binding of a dependency follows the bindings that require it.
  if (!binding.spec.placement && !scheduled) {
    return targetsOf(binding).size > 0
      ? { state: 'done' }
      : waiting('the template that depends on it is not scheduled yet');
  }
  if (!lenient && isOlder(seen.resourceVersion, changedIn)) return waiting('Karmada has not processed the change yet');
  if (binding.spec.suspension?.scheduling) return { state: 'paused', why: 'its scheduling is suspended' };
  // Karmada updates the observed generation only on success.
  const isCurrent = binding.status?.schedulerObservedGeneration === binding.metadata.generation;
  if (scheduled?.status === 'True' && isCurrent) return { state: 'done' };
  if (scheduled?.status !== 'False') return waiting('the scheduler has not processed it yet');
  const why = `${scheduled.reason}: ${scheduled.message}`;
  // The scheduler retries everything except NoClusterFit.
  return scheduled.reason === 'NoClusterFit' && !isNewKind ? { state: 'failing', why, final: true } : waiting(why);
}

function waiting(why: string): { state: 'waiting'; why: string } {
  return { state: 'waiting', why };
}

/** Whether one `resourceVersion` is older than the other; false when one of them is not a number. */
export function isOlder(one: unknown, other: unknown): boolean {
  const isNumber = (version: unknown): version is string => typeof version === 'string' && /^\d+$/.test(version);
  return isNumber(one) && isNumber(other) && BigInt(one) < BigInt(other);
}

function clustersVerdict(binding: Binding | undefined, clusters: readonly ClusterRollout[]): Verdict {
  const worst = clusters.find(({ state }) => state === 'failing') ?? clusters.find(({ state }) => state === 'waiting');
  if (worst) {
    const { cluster, state, why = '' } = worst;
    // Karmada never takes over an object that it did not create.
    const final = /already exists in the cluster .* will not manage this resource/.test(why);
    return { state, why: `${cluster}: ${why}`, final };
  }
  if (clusters.some(({ state }) => state === 'paused')) return { state: 'paused' };
  if (!binding || targetsOf(binding).size === 0) return { state: 'done' };
  if (conditionOf(binding, 'FullyApplied')?.status === 'True') return { state: 'done' };
  return waiting('Karmada has not reported FullyApplied yet');
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
    // Graceful eviction is slow by design.
    const isEvicted = gracefulEvictionTasks?.some(({ fromCluster }) => fromCluster === cluster);
    if (isEvicted) return { state: 'done', why: 'being evicted' };
    return { state: isWanted && !options.lenient ? 'waiting' : 'done', why: 'being removed' };
  };
  return [...new Set([...targets.keys(), ...members.keys()])].sort().map((cluster) => {
    const member = members.get(cluster);
    return {
      cluster,
      wanted: wantedIn(cluster).scheduled,
      scheduled: (plan.countsReplicas ? targets.get(cluster) : null) ?? null,
      applied: member?.applied ?? false,
      ready: member ? readyIn(plan, member) : null,
      health: member ? (member.health ?? 'Unknown') : null,
      ...verdictIn(cluster),
    };
  });
}

/** Ready replicas in a member. The status omits a zero; a Job reports none, because its finished pods are not ready. */
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
    // Karmada reports `applied` even for a change that never reached a lost member.
    if (!isReady && changedIn !== undefined) return waiting('possibly not applied; the member is not ready');
  } else if (wanted !== undefined && resourceTemplateGeneration < wanted) {
    return waiting(`still at generation ${resourceTemplateGeneration} of ${wanted}${because}`);
  } else if (generation !== undefined && observedGeneration !== undefined && observedGeneration < generation) {
    return waiting(`the member has not processed the change yet${because}`);
  }
  if (!health || member.health === 'Healthy') return { state: 'done' };
  const ready = readyIn(plan, member);
  const word = member.health === 'Unhealthy' ? 'not healthy' : 'health unknown';
  return waiting(`${word}${ready === null ? '' : `, ${ready} ready`}${because}`);
}

/** Generations in the status of a member. A ConfigMap has none, a StatefulSet has no observed one. */
interface Generations {
  /** Of the copy in the member. */
  readonly generation?: number;
  readonly observedGeneration?: number;
  /** Of the template from which the copy was created. */
  readonly resourceTemplateGeneration?: number;
}
