import type { Manifest } from '../../kubernetes/manifest';
import { joinWords } from '../../problem/words';
import type { FinalNumbers } from '../final/final-numbers';
import type { FinalByCluster, FinalCase } from '../final/final-replicas';
import type { MemberQuotas } from '../final/member-quotas';
import { neverPropagated } from '../matching/never-propagated';
import {
  mayReach,
  type Outcome,
  type ReplicaRange,
  type Replicas,
  rangeIn,
  surelyReaches,
  type TieBreak,
  unitedOutcome,
} from '../outcome';
import type {
  ClusterExclusion,
  Component,
  LosingPolicy,
  MemberObject,
  ReplicaRequirements,
  Requirement,
  SchedulingLook,
  SeparateChoice,
  TemplatePlan,
  UsedCapacity,
} from '../plan';
import type { Filters } from '../schedule/filters';
import { type CapacityContext, capacityNotes } from './capacity-notes';
import { type LinkedDecision, type MemberContext, memberObjects } from './member-objects';
import type { Scheduler } from './scheduler';
import { type SeparateChoices, separateChoiceNote } from './separate-choices';
import type { TemplateDecision } from './template-decision';

/** Data that the template plans of one plan share. */
export interface TemplatePlanContext extends MemberContext, CapacityContext {
  readonly scheduler: Scheduler;
  readonly finals: FinalNumbers;
  readonly quotas: () => MemberQuotas;
  readonly separate: () => SeparateChoices;
  /** Cluster names of the fleet, in its order. */
  readonly names: readonly string[];
}

/** A template of a plan. Exclusions and copies for members are computed on demand. */
export class PlannedTemplate implements TemplatePlan {
  readonly key: string;
  readonly manifest: Manifest;
  readonly policy?: Manifest;
  readonly takenBy?: string;
  readonly requiredBy: readonly Requirement[];
  readonly dependencies: readonly string[];
  readonly replicas: number | undefined;
  readonly countsReplicas: boolean;
  readonly divided: boolean;
  readonly replicaRequirements?: ReplicaRequirements;
  readonly components?: readonly Component[];
  readonly affinityTerm?: string;
  readonly current?: Replicas;
  readonly look?: SchedulingLook;
  readonly outcome: Outcome;
  readonly scheduled?: Outcome;

  readonly #linked: LinkedDecision;
  readonly #unstated: string | undefined;
  readonly #context: TemplatePlanContext;
  #final: FinalByCluster | undefined;
  #beforeQuotas: FinalByCluster | undefined;

  constructor(
    decision: TemplateDecision,
    links: Pick<LinkedDecision, 'requiredBy' | 'referrers'> & {
      readonly dependencies: readonly string[];
      /** Why the dependencies are only known at run time; undefined if they are known. */
      readonly unstated: string | undefined;
      /** Templates of its namespace that may depend on it, which only the running system knows. */
      readonly open: readonly TemplateDecision[];
    },
    context: TemplatePlanContext,
  ) {
    const { policy, takenBy, requirements, affinityTerm, look, claimed, scheduled } = decision;
    const { requiredBy, referrers, dependencies } = links;
    this.key = decision.key;
    this.manifest = decision.manifest;
    if (policy) this.policy = policy.manifest;
    if (takenBy !== undefined) this.takenBy = takenBy;
    this.requiredBy = requiredBy;
    this.dependencies = dependencies;
    this.replicas = decision.replicas;
    this.countsReplicas = decision.countsReplicas;
    this.divided = decision.divided;
    if (requirements) this.replicaRequirements = requirements;
    if (decision.components) this.components = decision.components;
    if (decision.current) this.current = decision.current;
    if (affinityTerm !== undefined) this.affinityTerm = affinityTerm;
    if (look) this.look = look;
    if (claimed) this.scheduled = scheduled;
    this.outcome =
      requiredBy.length === 0
        ? withOpenReferrers(decision, links.open, context.names)
        : unitedOutcome(
            scheduled,
            requiredBy.map(({ outcome }) => outcome),
            context.names,
          );
    this.#linked = { decision, outcome: this.outcome, requiredBy, referrers };
    this.#unstated = links.unstated;
    this.#context = context;
  }

  get losers(): readonly LosingPolicy[] {
    return this.#linked.decision.losers();
  }

  get separate(): readonly SeparateChoice[] {
    return this.outcome.kind === 'atRunTime' ? this.#context.separate().of(this) : [];
  }

  get notes(): readonly string[] {
    const { decision } = this.#linked;
    const notes = [
      ...decision.notes(),
      ...capacityNotes(decision, () => this.candidates, this.#context),
      ...this.separate.map(separateChoiceNote),
    ];
    return this.#unstated === undefined ? notes : [...notes, this.#unstated];
  }

  get capacity(): UsedCapacity | undefined {
    const { question, capacity } = this.#linked.decision;
    const room = question?.room;
    if (!room || capacity !== 'known') return undefined;
    const available = new Map(this.candidates.map((cluster) => [cluster, room.available(cluster) ?? 0]));
    return { ...(room.time !== undefined && { time: room.time }), available };
  }

  get candidates(): readonly string[] {
    const filters = this.#filters();
    if (!filters) return [];
    const { clusters, names } = this.#context;
    return names.filter((cluster) => filters.accepts(clusters.get(cluster) ?? { name: cluster }));
  }

  get exclusions(): readonly ClusterExclusion[] {
    const filters = this.#filters();
    if (!filters) return [];
    const { clusters, names } = this.#context;
    return names.flatMap((cluster) => {
      const reasons = filters.reasons(clusters.get(cluster) ?? { name: cluster });
      return reasons.length === 0 ? [] : [{ cluster, reasons }];
    });
  }

  get possibleClusters(): readonly string[] {
    return this.#reached(mayReach);
  }

  get guaranteedClusters(): readonly string[] {
    return this.#reached(surelyReaches);
  }

  replicasIn(cluster: string): ReplicaRange {
    return rangeIn(this.outcome, cluster);
  }

  get final(): FinalByCluster {
    this.#final ??= this.#context.quotas().applied(this, this.beforeQuotas);
    return this.#final;
  }

  /** What would run without the quotas of the members. */
  get beforeQuotas(): FinalByCluster {
    this.#beforeQuotas ??= this.#context.finals.of(this.#linked);
    return this.#beforeQuotas;
  }

  finalWhen(tie: TieBreak): FinalByCluster {
    if (this.outcome.kind !== 'either') return this.final;
    return this.#context.quotas().applied(this, this.#context.finals.of(this.#linked, tie));
  }

  finalCases(): readonly FinalCase[] {
    return this.#context.finals.cases(this.#linked);
  }

  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[] {
    return memberObjects(this.#linked, cluster, tie, this.#context);
  }

  /** The filters of the affinity term used; undefined if the template is not scheduled. */
  #filters(): Filters | undefined {
    const { request } = this.#linked.decision;
    if (!request) return undefined;
    const { scheduler } = this.#context;
    return scheduler.filters(request, this.affinityTerm ?? scheduler.termNames(request)[0]);
  }

  /** In the order of the fleet. */
  #reached(reaches: (outcome: Outcome, cluster: string) => boolean): readonly string[] {
    const outcomes = [this.outcome, ...this.requiredBy.map(({ outcome }) => outcome)];
    return this.#context.names.filter((cluster) => outcomes.some((outcome) => reaches(outcome, cluster)));
  }
}

/**
 * The outcome of a template that nothing requires for certain. Where no policy claims it, a template whose dependencies
 * are not known may still take it along.
 */
function withOpenReferrers(
  { template, claimed, scheduled }: TemplateDecision,
  open: readonly TemplateDecision[],
  names: readonly string[],
): Outcome {
  if (open.length === 0 || claimed || scheduled.kind !== 'unmatched') return scheduled;
  if (neverPropagated(template) !== undefined) return scheduled;
  const referrers = open.filter((referrer) => referrer.template !== template);
  const clusters = names.filter((name) => referrers.some((referrer) => mayReach(referrer.scheduled, name)));
  if (clusters.length === 0) return scheduled;
  return {
    kind: 'atRunTime',
    why: `no policy selects it, but ${joinWords(
      referrers.map(({ key }) => key),
      'and',
    )} may take it along: only the running system knows what a ${referrers[0]?.template.kind} depends on`,
    clusters,
    bounds: new Map(clusters.map((cluster) => [cluster, { min: 0, max: 0 }])),
    guaranteed: [],
  };
}
