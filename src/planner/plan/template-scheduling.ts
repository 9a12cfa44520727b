import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KubernetesObject } from '../../kubernetes/object';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import type { StatedReplicas } from '../interpret/kind-interpreter';
import {
  type AtRunTimeOutcome,
  eitherOf,
  nowhere,
  type Outcome,
  type ReplicaRange,
  replicasOf,
  type TieBreak,
} from '../outcome';
import { targetsOf } from '../schedule/assignment';
import { needsCapacities, strategyOf } from '../schedule/strategy';
import type { BindingToSchedule } from '../schedule/types';
import type { CurrentBinding } from './current-bindings';
import { isRescheduled } from './rescheduling';
import type { Scheduler, SchedulingAnswer, SchedulingRequest } from './scheduler';

/** A template whose placement is known, on its way to the scheduler. */
export interface TemplateToSchedule {
  readonly key: string;
  readonly template: KubernetesObject;
  readonly placement: PlacementSpec;
  readonly replicas: StatedReplicas;
  readonly current: CurrentBinding | undefined;
  /** Who wins ties, where the UID is known. */
  readonly tie: TieBreak | undefined;
  readonly available: ((cluster: string) => number | undefined) | undefined;
  readonly serves: (cluster: Cluster) => boolean;
  readonly affinityPeers?: readonly (readonly string[])[];
  readonly antiAffinityPeers?: readonly (readonly string[])[];
}

/** What the scheduler makes of a template. */
export interface ScheduledTemplate {
  readonly outcome: Outcome;
  readonly affinityTerm: string | undefined;
}

/** Answers that templates share: same placement, same kind, same replicas. */
interface SharedAnswer {
  readonly answer: SchedulingAnswer;
  /** The outcome for each way a tie can go, and without knowing which. @default - it was not scheduled */
  readonly outcomes?: Readonly<Record<TieBreak | 'unknown', Outcome>>;
}

/** Schedules the templates of a plan. Templates with the same placement, kind and replicas share one answer. */
export class TemplateScheduling {
  readonly #shared = new WeakMap<PlacementSpec, Map<string, SharedAnswer>>();
  readonly #fleet: ReadonlySet<string>;

  constructor(readonly scheduler: Scheduler) {
    this.#fleet = new Set(scheduler.settings.clusters.map(({ name }) => name));
  }

  /** Where a template goes, now that a policy has claimed it. */
  schedule(subject: TemplateToSchedule, request: SchedulingRequest = requestOf(subject)): ScheduledTemplate {
    const { current } = subject;
    if (current && current.clusters.length > 0 && !isRescheduled(request.binding, current, this.#fleet)) {
      const affinityTerm = current.observedAffinityName || undefined;
      return { outcome: { kind: 'certain', replicas: replicasOf(current.clusters) }, affinityTerm };
    }
    const shared = this.#answerOf(subject, request);
    return { outcome: outcomeOf(subject, shared), affinityTerm: affinityTermOf(shared.answer) };
  }

  /**
   * What is placed anew at every event is also placed anew when its own result has been written, now with all targets
   * current, which changes the order of the list.
   */
  #settled(request: SchedulingRequest): SchedulingAnswer {
    const answer = this.scheduler.schedule(request);
    const { binding } = request;
    const settles = binding.replicas > 0 && strategyOf(binding.placement) !== 'Duplicated';
    if (settles || answer.kind !== 'scheduled' || binding.previous === undefined) return answer;
    return this.scheduler.schedule({ ...request, binding: { ...binding, previous: targetsOf(answer.ascending) } });
  }

  #answerOf(subject: TemplateToSchedule, request: SchedulingRequest): SharedAnswer {
    if (subject.current || subject.available || subject.affinityPeers || subject.antiAffinityPeers) {
      return withOutcomes(this.#settled(request));
    }
    let answers = this.#shared.get(subject.placement);
    if (!answers) {
      answers = new Map();
      this.#shared.set(subject.placement, answers);
    }
    const { replicas, requirements } = subject.replicas;
    const { apiVersion, kind } = subject.template;
    const key = `${apiVersion} ${kind} ${replicas} ${requirements === undefined}`;
    let shared = answers.get(key);
    if (!shared) {
      shared = withOutcomes(this.scheduler.schedule(request));
      answers.set(key, shared);
    }
    return shared;
  }
}

/** The question to the scheduler that a template stands for. */
export function requestOf(subject: TemplateToSchedule): SchedulingRequest {
  const { template, replicas, current } = subject;
  const binding: BindingToSchedule = {
    placement: subject.placement,
    replicas: replicas.replicas,
    hasReplicaRequirements: replicas.requirements !== undefined,
    apiVersion: template.apiVersion,
    kind: template.kind,
    ...(current && {
      previous: current.clusters,
      evictedFrom: current.evictedFrom,
      freshStart: current.rescheduleRequested,
    }),
    ...(subject.affinityPeers && { affinityPeers: subject.affinityPeers }),
    ...(subject.antiAffinityPeers && { antiAffinityPeers: subject.antiAffinityPeers }),
  };
  return {
    binding,
    observedAffinityName: current?.observedAffinityName ?? '',
    available: subject.available,
    serves: subject.serves,
  };
}

/** Outcomes of both ways a tie can go, made once and shared. */
function withOutcomes(answer: SchedulingAnswer): SharedAnswer {
  if (answer.kind !== 'scheduled') return { answer };
  const ascending = { kind: 'certain', replicas: answer.ascending } as const;
  if (answer.descending === answer.ascending) {
    return { answer, outcomes: { ascending, descending: ascending, unknown: ascending } };
  }
  const descending = { kind: 'certain', replicas: answer.descending } as const;
  const unknown = eitherOf(ascending.replicas, descending.replicas, '');
  return { answer, outcomes: { ascending, descending, unknown } };
}

function outcomeOf(subject: TemplateToSchedule, { answer, outcomes }: SharedAnswer): Outcome {
  if (outcomes) {
    const outcome = outcomes[subject.tie ?? 'unknown'];
    return outcome.kind === 'either' ? { ...outcome, decidedBy: subject.key } : outcome;
  }
  switch (answer.kind) {
    case 'scheduled':
      return outcomeOf(subject, withOutcomes(answer));
    case 'failed': {
      const previous = subject.current?.clusters ?? [];
      // Where no cluster fits, Karmada takes the workload away; any other failure leaves it where it is.
      const kept = answer.reason === 'NoClusterFit' ? nowhere : replicasOf(previous);
      return { kind: 'unschedulable', reason: answer.reason, why: answer.why, kept };
    }
    case 'dependsOnCapacity':
      return undecidedByCapacity(subject, answer.feasible);
    default:
      return answer satisfies never;
  }
}

function affinityTermOf(answer: SchedulingAnswer): string | undefined {
  return answer.kind === 'scheduled' ? answer.affinityTerm : undefined;
}

/** The most replicas that Karmada can count. */
const mostReplicas = 2 ** 31 - 1;

/** A template whose placement is known, as far as bounds depend on it. */
type Subject = Pick<TemplateToSchedule, 'replicas' | 'current' | 'placement'>;

/** The outcome where free capacity decides, which nobody told us. */
export function undecidedByCapacity(subject: Subject, feasible: readonly string[]): AtRunTimeOutcome {
  const strategy = strategyOf(subject.placement);
  const why = needsCapacities(strategy)
    ? `${strategy === 'Aggregated' ? 'aggregated division' : 'the dynamic weight'} depends on the room in each cluster`
    : 'which clusters the spread constraints select depends on the room in each';
  return undecided(subject, feasible, why);
}

/**
 * The outcome of a template that the running system decides about.
 *
 * @param feasible - clusters it may come to
 */
export function undecided(subject: Subject, feasible: readonly string[], why: string): AtRunTimeOutcome {
  const previous = subject.current?.clusters ?? [];
  const bounds = new Map<string, ReplicaRange>();
  const { replicas } = subject.replicas;
  for (const name of feasible) bounds.set(name, { min: 0, max: replicas });
  // What runs stays where the clusters have no room for the whole.
  for (const { name, replicas: running } of previous) {
    bounds.set(name, { min: 0, max: Math.max(running, bounds.get(name)?.max ?? 0) });
  }
  const guaranteed: string[] = [];
  for (const target of onlyGrows(subject) ? previous : []) {
    if (target.replicas === 0 || !feasible.includes(target.name)) continue;
    guaranteed.push(target.name);
    bounds.set(target.name, { min: target.replicas, max: replicas });
  }
  return { kind: 'atRunTime', why, clusters: [...bounds.keys()], bounds, guaranteed };
}

/** Whether replicas are added to those that run, which then stay: they cannot move to another group or selection. */
function onlyGrows({ placement, replicas, current }: Subject): boolean {
  if (!current || current.rescheduleRequested || !needsCapacities(strategyOf(placement))) return false;
  if (listOf(placement.clusterAffinities).length > 0 || listOf(placement.spreadConstraints).length > 0) return false;
  return current.clusters.reduce((sum, target) => sum + target.replicas, 0) <= replicas.replicas;
}

/** The number that a template writes as `spec.replicas`, where only a script or webhook knows what it means. */
export function writtenReplicas(template: KubernetesObject): number {
  const written = recordOf(template.spec)?.['replicas'];
  return typeof written === 'number' ? written : mostReplicas;
}
