import type { Cluster } from '../../karmada/cluster';
import { compareText } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { type AtRunTimeOutcome, clustersIn, type Outcome, type TieBreak } from '../outcome';
import type { Plan } from '../plan';
import type { BindingLookup } from '../plan/current-bindings';
import { Scheduler } from '../plan/scheduler';
import type { TemplateDecision } from '../plan/template-decision';
import { requestOf, TemplateScheduling } from '../plan/template-scheduling';
import { WorkloadGroups } from '../plan/workload-groups';
import { type Planning, planning } from '../plan-of';
import { BindingsOfDecisions } from './control-plane-after';
import { eitherDecision, RemainingReplicas } from './outcomes';

/**
 * The decisions of a plan in a changed control plane. Only those that the change touches are made again, and only when
 * they are asked for.
 */
export class DecisionsAfter {
  /** Decisions that are all made again. */
  static anew(planned: Planning, clusters: readonly Cluster[]): DecisionsAfter {
    const again = planning(planned.state, { ...planned.options, fleet: clusters });
    return new DecisionsAfter(
      again,
      () => clusters,
      () => false,
      () => again.current,
      again,
    );
  }

  readonly #changed = new Map<number, TemplateDecision>();
  readonly #worlds: Partial<Record<TieBreak, World>> = {};
  #known: TemplateScheduling | undefined;

  /**
   * @param clusters - the fleet after the change, in the same order
   * @param touched - whether the change touches a template
   * @param bindings - the bindings after the change, where ties go one way
   */
  constructor(
    readonly planned: Planning,
    readonly clusters: () => readonly Cluster[],
    readonly touched: (position: number, decision: TemplateDecision) => boolean,
    readonly bindings: (tie: TieBreak) => BindingLookup,
    readonly complete?: Planning,
  ) {}

  get #scheduling(): TemplateScheduling {
    this.#known ??= new TemplateScheduling(
      new Scheduler({
        ...this.planned.scheduler.settings,
        clusters: [...this.clusters()].sort((a, b) => compareText(a.name, b.name)),
      }),
    );
    return this.#known;
  }

  /** The decision about a template; the same object as before if nothing touches it. */
  decision(position: number): TemplateDecision {
    const before = this.planned.decisions[position] as TemplateDecision;
    let changed = this.#changed.get(position);
    if (!changed) {
      changed = this.touched(position, before) ? this.#decided(before) : before;
      this.#changed.set(position, changed);
    }
    return changed;
  }

  /** The plan that follows from all decisions. */
  plan(): Plan {
    if (this.complete) return this.complete.complete();
    const { planned, clusters } = this;
    return planning(
      planned.state,
      { ...planned.options, fleet: clusters() },
      { of: planned, bindings: this.bindings('ascending'), decided: (position) => this.decision(position) },
    ).complete();
  }

  /** The plan of other manifests in this control plane: of the same templates, changed, and of new ones. */
  planOf(state: ControlPlaneState): Plan {
    const { planned, clusters } = this;
    const options = { ...planned.options, fleet: clusters() };
    const decisions = planned.decisions.map((_, position) => this.decision(position));
    const planIn = (tie: TieBreak): Planning =>
      planning(state, options, { bindings: new BindingsOfDecisions(planned.current, decisions, tie) });
    const before = new Map(decisions.map((decision) => [decision.key, decision.scheduled]));
    const kinds = new Set([...before.values()].map(({ kind }) => kind));
    const first = planIn('ascending');
    if (!kinds.has('either') && !kinds.has('atRunTime')) return first.complete();
    const last = kinds.has('either') ? planIn('descending') : first;
    return planning(state, options, {
      of: first,
      bindings: first.current,
      decided: (position) => {
        const decision = first.decisions[position] as TemplateDecision;
        const earlier = before.get(decision.key);
        if (earlier?.kind === 'atRunTime') return widened(decision, earlier);
        if (earlier?.kind !== 'either') return decision;
        return eitherDecision(decision, last.decisions[position] as TemplateDecision);
      },
    }).complete();
  }

  /** An unknown UID decides the first division and the one after the change alike. */
  #decided(before: TemplateDecision): TemplateDecision {
    if (before.scheduled.kind !== 'either') return this.#decidedIn(this.#world('ascending'), before, undefined);
    return eitherDecision(
      this.#decidedIn(this.#world('ascending'), before, 'ascending'),
      this.#decidedIn(this.#world('descending'), before, 'descending'),
    );
  }

  #decidedIn({ bindings, groups }: World, before: TemplateDecision, tie: TieBreak | undefined): TemplateDecision {
    const { question, template } = before;
    const current = bindings.of(template);
    if (!question || isWaiting(before.scheduled)) {
      return { ...before, scheduled: staying(before.scheduled, current?.evictedFrom ?? []) };
    }
    const peers = groups.peersOf(template, question.placement);
    const asked = {
      ...question,
      current,
      tie: question.tie ?? tie,
      ...(peers.kind === 'known' && peers.bindings),
    };
    const request = requestOf(asked);
    const { outcome: scheduled, affinityTerm, look, capacity } = this.#scheduling.schedule(asked, request);
    return { ...before, question: asked, request, scheduled, affinityTerm, look, capacity };
  }

  #world(tie: TieBreak): World {
    const { state, options } = this.planned;
    const known = this.#worlds[tie];
    if (known) return known;
    const bindings = this.bindings(tie);
    const { karmada } = this.#scheduling.scheduler.settings;
    const gate = options.featureGates?.WorkloadAffinity ?? false;
    const world = { bindings, groups: new WorkloadGroups(state.templates, bindings, karmada, gate) };
    this.#worlds[tie] = world;
    return world;
  }
}

/** A decision whose earlier targets are unknown: each of them may still be one, even if new templates avoid it. */
function widened(decision: TemplateDecision, earlier: AtRunTimeOutcome): TemplateDecision {
  const { scheduled, replicas = 0 } = decision;
  if (scheduled.kind === 'unmatched') return decision;
  const clusters = [...new Set([...earlier.clusters, ...clustersIn(scheduled)])].sort(compareText);
  const bounds = new Map(clusters.map((cluster) => [cluster, { min: 0, max: replicas }]));
  return { ...decision, scheduled: { kind: 'atRunTime', why: earlier.why, clusters, bounds, guaranteed: [] } };
}

/** The bindings where ties go one way. */
interface World {
  readonly bindings: BindingLookup;
  readonly groups: WorkloadGroups;
}

const notScheduled: ReadonlySet<string> = new Set([
  'DependentOverridesMissing',
  'LazyActivation',
  'QuotaExceeded',
  'BindingRefused',
]);

/** Whether nothing is scheduled, because the policy waits or the API server refuses the result. */
function isWaiting(scheduled: Outcome): boolean {
  return scheduled.kind === 'unschedulable' && notScheduled.has(scheduled.reason);
}

/** What stays of an outcome that Karmada does not compute again, or only at run time. */
function staying(outcome: Outcome, evictedFrom: readonly string[]): Outcome {
  return evictedFrom.length === 0 ? outcome : new RemainingReplicas().of(outcome, new Set(evictedFrom));
}
