import type { KubernetesObject } from '../kubernetes/object';
import type { TemplatePlan } from '../planner';
import { cellsOf } from '../report';
import { type Binding, identityOfTemplate, type MemberStatus, readBinding, templateIdentity } from './binding';

/** What a rollout is measured against. */
export interface ExpectedTemplate {
  readonly plan: TemplatePlan;
  /** The template as the control plane has it. @default - it is not there */
  readonly live?: KubernetesObject;
  /** Whether the same release defines the kind: the members may not serve it yet. @default false */
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
  /** Replicas that are ready; null for kinds without. */
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
   * Whether signs that may never come are no longer waited for: that the binding has seen a version of the template, which
   * it never does if somebody else made that version; and that a copy which is not wanted any more is gone.
   *
   * @default false
   */
  readonly lenient?: boolean;
}

/** The bindings by the template that they belong to. */
export function bindingsByTemplate(bindings: readonly KubernetesObject[]): ReadonlyMap<string, Binding> {
  return new Map(bindings.map((binding) => [templateIdentity(binding), readBinding(binding)]));
}

/** How far a template has come, as its binding tells. */
export function rolloutOf(
  expected: ExpectedTemplate,
  bindings: ReadonlyMap<string, Binding>,
  options: RolloutOptions,
): TemplateRollout {
  const { plan } = expected;
  const binding = bindings.get(identityOfTemplate(plan.manifest.object));
  const policy = plan.policy?.object.metadata?.name ?? null;
  const common = { template: plan.key, policy };
  const verdict = verdictOf(expected, binding, options.lenient ?? false);
  const clusters = binding ? clusterRollouts(expected, binding, options, verdict.state !== 'nowhere') : [];
  if (verdict.state !== 'done') return { ...common, ...verdict, final: verdict.final ?? false, clusters };

  const worst = clusters.find(({ state }) => state === 'failing') ?? clusters.find(({ state }) => state === 'waiting');
  if (worst) {
    const { state, why = '' } = worst;
    return { ...common, state, why: `${worst.cluster}: ${why}`, final: isFinal(why), clusters };
  }
  const paused = clusters.some(({ state }) => state === 'paused');
  if (binding && !binding.fullyApplied && binding.targets.size > 0 && !paused) {
    return {
      ...common,
      state: 'waiting',
      why: 'Karmada has not reported it fully applied yet',
      final: false,
      clusters,
    };
  }
  return { ...common, state: paused ? 'paused' : 'done', final: false, clusters };
}

interface Verdict {
  readonly state: RolloutState;
  readonly why?: string;
  readonly final?: boolean;
}

/** What the binding as a whole says, before the members are looked at. */
function verdictOf(
  { plan, live, changedIn, isNewKind }: ExpectedTemplate,
  binding: Binding | undefined,
  lenient: boolean,
): Verdict {
  const { outcome } = plan;
  // Karmada sends Namespaces itself, without a binding.
  if (plan.takenBy === 'namespace-sync') return { state: 'done' };
  if (outcome.kind === 'unmatched') return { state: 'nowhere', why: outcome.why };
  if (outcome.kind === 'unschedulable' && outcome.reason === 'LazyActivation') {
    return { state: 'nowhere', why: outcome.why };
  }
  if (outcome.kind === 'unschedulable' && outcome.reason === 'DependentOverridesMissing') {
    return { state: 'failing', why: outcome.why, final: true };
  }
  if (!live) return { state: 'waiting', why: 'the object is not in the control plane' };
  if (!binding) return { state: 'waiting', why: 'Karmada has made no binding for it yet' };
  if (binding.template.uid !== live.metadata?.uid) {
    return { state: 'waiting', why: 'its binding is still that of a deleted object' };
  }
  if (!binding.placed) return binding.targets.size > 0 ? { state: 'done' } : waitingForReferrer;
  if (!lenient && changedIn !== undefined && isOlder(binding.template.resourceVersion, changedIn)) {
    return { state: 'waiting', why: 'Karmada has not taken the change over yet' };
  }
  if (binding.schedulingSuspended) return { state: 'paused', why: 'its scheduling is suspended' };
  if (binding.scheduledNow) return { state: 'done' };
  const { scheduled } = binding;
  if (scheduled?.status !== 'False') return { state: 'waiting', why: 'the scheduler has not looked at it yet' };
  const why = `${scheduled.reason}: ${scheduled.message}`;
  // Everything but a plain NoClusterFit is tried again by the scheduler itself.
  const isFinalReason = scheduled.reason === 'NoClusterFit' && !isNewKind;
  return isFinalReason ? { state: 'failing', why, final: true } : { state: 'waiting', why };
}

const waitingForReferrer: Verdict = { state: 'waiting', why: 'the template that requires it has no place yet' };

/** Versions of one server grow; what is no number is left to the other signs. */
function isOlder(one: string, other: string): boolean {
  return /^\d+$/.test(one) && /^\d+$/.test(other) && BigInt(one) < BigInt(other);
}

/** Karmada never takes over what it did not make, however often it tries. */
function isFinal(why: string): boolean {
  return /already exists in the cluster .* will not manage this resource/.test(why);
}

function clusterRollouts(
  { plan, live }: ExpectedTemplate,
  binding: Binding,
  options: RolloutOptions,
  isWanted: boolean,
): ClusterRollout[] {
  const generation = live?.metadata?.generation;
  const wantedIn = cellsOf(plan);
  const targets = [...binding.targets].map(([cluster, replicas]): ClusterRollout => {
    const member = binding.members.get(cluster);
    return {
      cluster,
      wanted: wantedIn(cluster).text,
      scheduled: plan.countsReplicas ? replicas : null,
      ...reported(plan, member),
      ...(binding.isSuspendedIn(cluster)
        ? { state: 'paused' as const, why: 'dispatching is suspended' }
        : stateIn(cluster, member, generation, plan, options)),
    };
  });
  const leaving = [...binding.members]
    .filter(([cluster]) => !binding.targets.has(cluster))
    .map(([cluster, member]): ClusterRollout => {
      const evicted = binding.evicted.includes(cluster);
      return {
        cluster,
        wanted: wantedIn(cluster).text,
        scheduled: null,
        ...reported(plan, member),
        // Eviction takes its time on purpose.
        state: evicted || !isWanted || options.lenient ? 'done' : 'waiting',
        why: evicted ? 'being evicted' : 'being removed',
      };
    });
  return [...targets, ...leaving].sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

function reported(plan: TemplatePlan, member: MemberStatus | undefined) {
  const { readyReplicas, numberReady } = member?.status ?? {};
  const ready = readyReplicas ?? numberReady ?? (plan.countsReplicas ? 0 : undefined);
  return {
    applied: member?.applied ?? false,
    ready: typeof ready === 'number' && member ? ready : null,
    health: member?.health ?? null,
  };
}

function stateIn(
  cluster: string,
  member: MemberStatus | undefined,
  templateGeneration: number | undefined,
  plan: TemplatePlan,
  { health, notReady }: RolloutOptions,
): { state: RolloutState; why?: string } {
  const unready = notReady.includes(cluster) ? '; the member is not ready' : '';
  if (!member) return { state: 'waiting', why: `not applied yet${unready}` };
  if (!member.applied) {
    const { appliedMessage } = member;
    return appliedMessage === ''
      ? { state: 'waiting', why: `not applied yet${unready}` }
      : { state: 'failing', why: `${appliedMessage}${unready}` };
  }
  const outdated = outdatedWhy(member.status, templateGeneration);
  if (outdated !== undefined) return { state: 'waiting', why: `${outdated}${unready}` };
  if (!health || member.health === 'Healthy') return { state: 'done' };
  const ready = reported(plan, member).ready;
  const word = member.health === 'Unhealthy' ? 'not healthy' : 'health not known';
  return { state: 'waiting', why: `${word}${ready === null ? '' : `, ${ready} ready`}${unready}` };
}

/** Why the member's copy is not the present one; kinds without generations in their status never say so. */
function outdatedWhy(
  { generation, observedGeneration, resourceTemplateGeneration }: MemberStatus['status'],
  templateGeneration: number | undefined,
): string | undefined {
  if (typeof resourceTemplateGeneration !== 'number') return undefined;
  if (templateGeneration !== undefined && resourceTemplateGeneration < templateGeneration) {
    return `still at generation ${resourceTemplateGeneration} of ${templateGeneration}`;
  }
  const observed = typeof observedGeneration === 'number' ? observedGeneration : 0;
  if (typeof generation === 'number' && observed < generation) return 'the member has not looked at the change yet';
  return undefined;
}
