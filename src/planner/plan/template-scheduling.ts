import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import { entryOf } from '../../kubernetes/map-entries';
import type { KubernetesObject } from '../../kubernetes/object';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import type { StatedReplicas } from '../interpret/kind-interpreter';
import {
  type AtRunTimeOutcome,
  eitherOf,
  isRetried,
  nowhere,
  type Outcome,
  type ReplicaRange,
  replicasOf,
  type TieBreak,
} from '../outcome';
import type { SchedulingLook } from '../plan';
import { targetsOf } from '../schedule/assignment';
import { needsCapacities, strategyOf } from '../schedule/strategy';
import type { BindingToSchedule } from '../schedule/types';
import type { CurrentBinding } from './current-bindings';
import type { Room } from './fleet-capacity';
import { type ReasonToSchedule, reasonToSchedule } from './rescheduling';
import type { CapacityUse, Scheduler, SchedulingAnswer, SchedulingRequest } from './scheduler';

/** A template with a known placement, to be scheduled. */
export interface TemplateToSchedule {
  readonly key: string;
  readonly template: KubernetesObject;
  readonly placement: PlacementSpec;
  readonly replicas: StatedReplicas;
  readonly current: CurrentBinding | undefined;
  /** The tie break, if the UID is known. */
  readonly tie: TieBreak | undefined;
  /** What is known about free capacity. @default - nothing */
  readonly room?: Room | undefined;
  readonly serves: (cluster: Cluster) => boolean;
  readonly affinityPeers?: readonly (readonly string[])[];
  readonly antiAffinityPeers?: readonly (readonly string[])[];
}

/** The result of scheduling a template. */
export interface ScheduledTemplate {
  readonly outcome: Outcome;
  readonly affinityTerm: string | undefined;
  /** How free capacity affects the result. @default - it does not, or it is unknown */
  readonly capacity?: CapacityUse | undefined;
  /** What the scheduler does with the binding. @default - there is none yet */
  readonly look?: SchedulingLook;
}

/** The answer for all templates with the same placement, kind and replicas. */
interface SharedAnswer {
  readonly answer: SchedulingAnswer;
  /** The outcome for each tie break, and for an unknown one. @default - it was not scheduled */
  readonly outcomes?: Readonly<Record<TieBreak | 'unknown', Outcome>>;
}

/** Schedules the templates of a plan. Templates with equal placements, kinds and replicas share one answer. */
export class TemplateScheduling {
  /** By placement, then by the result that the targets come from. */
  readonly #shared = new WeakMap<PlacementSpec, Map<object | undefined, Map<string, SharedAnswer>>>();
  /** The answers by the text of the placement: policies are often equal but for their names. */
  readonly #byText = new Map<string, Map<object | undefined, Map<string, SharedAnswer>>>();
  readonly #staying: ReadonlySet<string>;

  constructor(readonly scheduler: Scheduler) {
    const staying = scheduler.settings.clusters.filter(({ deleting }) => !deleting);
    this.#staying = new Set(staying.map(({ name }) => name));
  }

  /** Schedules a template that a policy has claimed. */
  schedule(subject: TemplateToSchedule, request: SchedulingRequest = requestOf(subject)): ScheduledTemplate {
    const { current } = subject;
    const reason = current?.schedulingSuspended
      ? undefined
      : current && reasonToSchedule(request.binding, current, this.#staying);
    if (current && reason === undefined) {
      const affinityTerm = current.observedAffinityName || undefined;
      return {
        outcome: { kind: 'certain', replicas: replicasOf(current.clusters) },
        affinityTerm,
        look: withLeaving(nothingToDo, current),
      };
    }
    const shared = this.#answerOf(subject, request);
    const { answer } = shared;
    return {
      outcome: outcomeOf(subject, shared),
      affinityTerm: affinityTermOf(answer),
      capacity: answer.kind === 'dependsOnCapacity' ? undefined : answer.capacity,
      ...(current && reason && { look: withLeaving(this.#lookWith(answer, request, reason), current) }),
    };
  }

  /** What the scheduler does at its next look, with its answer. */
  #lookWith(answer: SchedulingAnswer, request: SchedulingRequest, because: ReasonToSchedule): SchedulingLook {
    const names = this.scheduler.termNames(request);
    const used = answer.kind === 'scheduled' ? names.indexOf(answer.affinityTerm) + 1 : names.length;
    return {
      mode: request.binding.freshStart ? 'fresh' : 'steady',
      because,
      attempts: names.slice(0, used).map((name) => name ?? ''),
      retried: answer.kind === 'failed' && isRetried(answer.reason),
    };
  }

  /**
   * A template that is scheduled at every event is scheduled again once its own result is written. All targets are then
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
    const { current, room } = subject;
    const { replicas, requirements } = subject.replicas;
    const own = room !== undefined && room.key === undefined;
    if ((current && !current.result) || own || subject.affinityPeers || subject.antiAffinityPeers) {
      return withOutcomes(this.#settled(request));
    }
    const answers = this.#answersFor(subject.placement, current?.result);
    const { apiVersion, kind } = subject.template;
    const key = `${apiVersion} ${kind} ${replicas} ${room?.key ?? requirements === undefined}`;
    let shared = answers.get(key);
    if (!shared) {
      shared = withOutcomes(this.#settled(request));
      answers.set(key, shared);
    }
    return shared;
  }

  #answersFor(placement: PlacementSpec, result: object | undefined): Map<string, SharedAnswer> {
    const byResult = entryOf(this.#shared, placement, () =>
      entryOf(this.#byText, JSON.stringify(placement), () => new Map<object | undefined, Map<string, SharedAnswer>>()),
    );
    return entryOf(byResult, result, () => new Map<string, SharedAnswer>());
  }
}

function withLeaving(look: SchedulingLook, { evictedFrom }: CurrentBinding): SchedulingLook {
  return evictedFrom.length === 0 ? look : { ...look, leaving: evictedFrom };
}

const nothingToDo: SchedulingLook = { mode: 'kept', attempts: [], retried: false };

/** The request to the scheduler for a template. */
export function requestOf(subject: TemplateToSchedule): SchedulingRequest {
  const { template, replicas, current } = subject;
  const binding: BindingToSchedule = {
    placement: subject.placement,
    replicas: replicas.replicas,
    hasReplicaRequirements: replicas.requirements !== undefined,
    ...(replicas.components && replicas.components.length > 0 && { hasComponents: true }),
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
    available: subject.room?.available,
    atMost: subject.room?.atMost,
    serves: subject.serves,
  };
}

/** The outcomes of both tie breaks, made once and shared. */
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
      // If no cluster fits, Karmada removes the workload; any other failure leaves it where it is.
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

/** The maximum number of replicas in Karmada. */
const mostReplicas = 2 ** 31 - 1;

/** The properties of a template that its bounds depend on. */
type Subject = Pick<TemplateToSchedule, 'replicas' | 'current' | 'placement' | 'room'>;

/** The outcome if it depends on free capacity, which is unknown. */
export function undecidedByCapacity(subject: Subject, feasible: readonly string[]): AtRunTimeOutcome {
  const strategy = strategyOf(subject.placement);
  const why = needsCapacities(strategy)
    ? `${strategy === 'Aggregated' ? 'aggregated division' : 'the dynamic weight'} depends on the room in each cluster`
    : 'which clusters the spread constraints select depends on the room in each';
  const { room } = subject;
  const bounded = feasible.some((name) => room?.available(name) === undefined && room?.atMost(name) !== undefined);
  return undecided(
    subject,
    feasible,
    bounded ? `${why}, and a scheduler-estimator may find less than it reports` : why,
  );
}

/**
 * The outcome of a template that is only known at run time.
 *
 * @param feasible - clusters that it may go to
 */
export function undecided(subject: Subject, feasible: readonly string[], why: string): AtRunTimeOutcome {
  const previous = subject.current?.clusters ?? [];
  const bounds = new Map<string, ReplicaRange>();
  const { replicas } = subject.replicas;
  const running = new Map(previous.map((target) => [target.name, target.replicas]));
  const limited = needsCapacities(strategyOf(subject.placement));
  for (const name of feasible) {
    // With room for some more, a cluster gets at most these in addition to what it has.
    const most = (limited ? (subject.room?.atMost(name) ?? replicas) : replicas) + (running.get(name) ?? 0);
    bounds.set(name, { min: 0, max: Math.min(replicas, most) });
  }
  // Current replicas stay if the clusters lack room for all of them.
  for (const [name, count] of running) {
    bounds.set(name, { min: 0, max: Math.max(count, bounds.get(name)?.max ?? 0) });
  }
  const guaranteed: string[] = [];
  for (const target of onlyGrows(subject) ? previous : []) {
    if (target.replicas === 0 || !feasible.includes(target.name)) continue;
    guaranteed.push(target.name);
    bounds.set(target.name, { min: target.replicas, max: bounds.get(target.name)?.max ?? replicas });
  }
  return { kind: 'atRunTime', why, clusters: [...bounds.keys()], bounds, guaranteed };
}

/** Whether replicas are only added to the current ones, which then cannot move to another group or selection. */
function onlyGrows({ placement, replicas, current }: Subject): boolean {
  if (!current || current.rescheduleRequested || !needsCapacities(strategyOf(placement))) return false;
  if (listOf(placement.clusterAffinities).length > 0 || listOf(placement.spreadConstraints).length > 0) return false;
  return current.clusters.reduce((sum, target) => sum + target.replicas, 0) <= replicas.replicas;
}

/** The number in `spec.replicas` of a template whose replicas a script or webhook interprets. */
export function writtenReplicas(template: KubernetesObject): number {
  const written = recordOf(template.spec)?.['replicas'];
  return typeof written === 'number' ? written : mostReplicas;
}
