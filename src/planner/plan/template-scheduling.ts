import type { PlacementSpec } from '../../karmada/placement-spec';
import type { Outcome, TieBreak } from '../outcome';
import { targetsOf } from '../schedule/assignment';
import { strategyOf } from '../schedule/strategy';
import type { BindingToSchedule } from '../schedule/types';
import { eitherOf, nowhere, replicasOf } from './outcomes';
import { isRescheduled } from './rescheduling';
import type { Scheduler, SchedulingAnswer, SchedulingRequest } from './scheduler';
import type { TemplateToSchedule } from './template-to-schedule';
import { undecidedByCapacity } from './undecided';

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
