import type { Cluster } from '../../karmada/cluster';
import { isDefinition } from '../../kubernetes/custom-definition';
import { ModelError } from '../../problem/model-error';
import { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { eitherOf, mayReach, type Outcome, type Replicas } from '../outcome';
import type { Plan, TemplatePlan } from '../plan';
import { clustersOf, manifestsOf, type PlanInput, type PlanOptions } from '../plan/plan-input';
import type { TemplateDecision } from '../plan/template-decision';
import { type Planning, planning } from '../plan-of';
import { isBuiltIn } from '../schedule/api-enablement';
import { BindingsAfter, evictionFrom, type FleetAfter, fleetAfter } from './control-plane-after';
import { purgeModeOf } from './eviction';
import type { Loss } from './loss';
import type { AffectedTemplate, LossPlan, LossStep, TemplateEviction } from './loss-plan';
import { eitherDecision, isSameOutcome, totalOf } from './outcomes';
import { secondsUntilTaint, timelineOf } from './timeline';

/**
 * The plan after a loss. For many losses of the same manifests, `Losses` computes the first plan only once.
 *
 * @throws ModelError as `planOf` does, `loss.unknown` for a cluster that the fleet does not have, and `loss.all` if no
 *   cluster is left
 */
export function planAfterLoss(input: PlanInput, options: PlanOptions, loss: Loss): LossPlan {
  return Losses.of(input, options).after(loss);
}

/** Answers about losses of the same manifests and fleet. A loss costs only what it touches. */
export class Losses {
  /** @throws ModelError as `planOf` does */
  static of(input: PlanInput, options: PlanOptions): Losses {
    const naming = options.defaultNamespace === undefined ? {} : { defaultNamespace: options.defaultNamespace };
    return new Losses(planning(ControlPlaneState.of(manifestsOf(input), naming), options));
  }

  /** The plan before any loss. */
  readonly before: Plan;
  readonly #clusters: readonly Cluster[];
  readonly #planned: Planning;
  /** Positions of the templates that may be in a cluster, and of those that may be scheduled there. */
  #present: ReadonlyMap<string, readonly number[]> | undefined;
  #candidates: ReadonlyMap<string, ReadonlySet<number>> | undefined;

  private constructor(planned: Planning) {
    this.#planned = planned;
    this.#clusters = clustersOf(planned.options.fleet);
    this.before = planned.complete();
  }

  /** The plan after a loss. @throws ModelError `loss.unknown`, `loss.all` */
  after(loss: Loss): LossPlan {
    const lost = new Set(loss.clusters);
    const names = new Set(this.#clusters.map(({ name }) => name));
    const stranger = loss.clusters.find((name) => !names.has(name));
    if (stranger !== undefined) {
      throw new ModelError(`the fleet has no cluster "${stranger}"`, {
        code: 'loss.unknown',
        fix: 'name clusters of the fleet',
      });
    }
    if (loss.kind === 'unjoined' && lost.size === names.size) {
      throw new ModelError('no cluster would be left', { code: 'loss.all', fix: 'leave one cluster at least' });
    }
    return new PlanAfterLoss(loss, this.#lossOf(loss.kind, lost));
  }

  #lossOf(kind: Loss['kind'], lost: ReadonlySet<string>): LossParts {
    const here = this.#presentIn(lost);
    const common = { before: this.before, lost, here, clusters: this.#clusters, planned: this.#planned };
    if (kind === 'unjoined') {
      return { ...common, fleet: undefined, evicted: () => [], plan: () => this.#withoutClusters(lost) };
    }
    const fleet = fleetAfter(this.#planned, this.#clusters, lost, kind === 'evicted');
    const evicted = kind === 'evicted' ? this.#evictionsBy(fleet, lost) : () => [];
    return { ...common, fleet, evicted, plan: () => this.#moved(fleet, evicted, here) };
  }

  /** From which clusters a template is evicted, computed once for each. */
  #evictionsBy(fleet: FleetAfter, lost: ReadonlySet<string>): (decision: TemplateDecision) => readonly EvictedFrom[] {
    const pairs = this.#clusters.flatMap((before, at) =>
      lost.has(before.name) ? [[before, fleet.clusters[at] as Cluster] as const] : [],
    );
    const known = new Map<TemplateDecision, readonly EvictedFrom[]>();
    return (decision) => {
      let evictions = known.get(decision);
      if (!evictions) {
        evictions = pairs.flatMap(([before, after]) => {
          if (!decision.request || !mayReach(decision.scheduled, before.name)) return [];
          const eviction = evictionFrom(decision, after, before);
          if (eviction.kind === 'never') return [];
          return [{ cluster: before.name, afterSeconds: eviction.kind === 'now' ? 0 : eviction.afterSeconds }];
        });
        known.set(decision, evictions);
      }
      return evictions;
    };
  }

  /** The plan of a fleet in which clusters do not answer, after the evictions. */
  #moved(fleet: FleetAfter, evicted: Evictions, here: ReadonlySet<number>): Plan {
    const { state, options, decisions } = this.#planned;
    const touched = (decision: TemplateDecision, position: number): boolean =>
      (here.has(position) && evicted(decision).length > 0) || this.#isInGroup(decision);
    const names = (decision: TemplateDecision) => evicted(decision).map(({ cluster }) => cluster);
    const after = (tie: 'ascending' | 'descending', decided: (position: number) => TemplateDecision | undefined) =>
      planning(
        state,
        { ...options, fleet: fleet.clusters },
        { of: this.#planned, bindings: new BindingsAfter(this.#planned, names, tie), decided },
      );
    const kept = (position: number) => {
      const decision = decisions[position] as TemplateDecision;
      return touched(decision, position) ? undefined : decision;
    };
    const first = after('ascending', kept);
    const open = new Set(
      decisions.flatMap((decision, position) =>
        decision.scheduled.kind === 'either' && touched(decision, position) ? [position] : [],
      ),
    );
    if (open.size === 0) return first.complete();
    const last = after('descending', (position) => (open.has(position) ? undefined : first.decisions[position]));
    return planning(state, first.options, {
      of: first,
      bindings: first.current,
      decided: (position) => {
        const decision = first.decisions[position] as TemplateDecision;
        return open.has(position) ? eitherDecision(decision, last.decisions[position] as TemplateDecision) : decision;
      },
    }).complete();
  }

  /** The plan of a fleet without some of its clusters. */
  #withoutClusters(lost: ReadonlySet<string>): Plan {
    const { state, options, decisions, current } = this.#planned;
    const fleet = this.#clusters.filter(({ name }) => !lost.has(name));
    const candidates = this.#candidatesIn(lost);
    const touchesDefinitions = decisions.some(({ template }, at) => candidates.has(at) && isDefinition(template));
    return planning(
      state,
      { ...options, fleet },
      {
        of: this.#planned,
        bindings: current,
        decided: (position) => {
          const decision = decisions[position] as TemplateDecision;
          const followsDefinition = touchesDefinitions && !isBuiltIn(decision.template.apiVersion);
          return candidates.has(position) || followsDefinition || this.#isInGroup(decision) ? undefined : decision;
        },
      },
    ).complete();
  }

  /** Whether other templates decide where it goes (gate WorkloadAffinity). */
  #isInGroup({ request }: TemplateDecision): boolean {
    if (!this.#planned.options.featureGates?.WorkloadAffinity) return false;
    return request?.binding.placement.workloadAffinity !== undefined;
  }

  #presentIn(lost: ReadonlySet<string>): ReadonlySet<number> {
    this.#present ??= positionsByCluster(this.before.templates.map(clustersReached));
    return new Set([...lost].flatMap((cluster) => this.#present?.get(cluster) ?? []));
  }

  /** Templates that might go to a cluster, or whose failure mentions the number of clusters. */
  #candidatesIn(lost: ReadonlySet<string>): ReadonlySet<number> {
    if (!this.#candidates) {
      const { decisions, scheduler, current } = this.#planned;
      const everywhere = this.#clusters.map(({ name }) => name);
      const lists = decisions.map(({ request, scheduled, template }) => {
        if (!request || scheduled.kind === 'unschedulable') return everywhere;
        const targets = (current.of(template)?.clusters ?? []).map(({ name }) => name);
        return [...new Set([...scheduler.feasible(request), ...targets])];
      });
      const positions = positionsByCluster(lists);
      this.#candidates = new Map(Array.from(positions, ([cluster, those]) => [cluster, new Set(those)]));
    }
    return new Set([...lost].flatMap((cluster) => [...(this.#candidates?.get(cluster) ?? [])]));
  }
}

/** A lost cluster from which a template is evicted, and when, in seconds after the taint. */
export interface EvictedFrom {
  readonly cluster: string;
  readonly afterSeconds: number;
}

type Evictions = (decision: TemplateDecision) => readonly EvictedFrom[];

function positionsByCluster(lists: readonly Iterable<string>[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, clusters] of lists.entries()) {
    for (const cluster of clusters) {
      const known = positions.get(cluster);
      if (known) known.push(position);
      else positions.set(cluster, [position]);
    }
  }
  return positions;
}

/** Every cluster that may have a template. */
function clustersReached({ outcome, requiredBy }: TemplatePlan): Iterable<string> {
  if (requiredBy.length === 0) return clustersOfOutcome(outcome);
  return new Set([outcome, ...requiredBy.map((each) => each.outcome)].flatMap((each) => [...clustersOfOutcome(each)]));
}

function clustersOfOutcome(outcome: Outcome): Iterable<string> {
  switch (outcome.kind) {
    case 'certain':
      return outcome.replicas.keys();
    case 'either':
      return new Set([...outcome.ascending.keys(), ...outcome.descending.keys()]);
    case 'atRunTime':
      return outcome.bounds.keys();
    case 'unschedulable':
    case 'unmatched':
      return outcome.kept.keys();
    default:
      return outcome satisfies never;
  }
}

/** What the answers about one loss are made of. */
interface LossParts {
  readonly planned: Planning;
  readonly before: Plan;
  readonly clusters: readonly Cluster[];
  readonly lost: ReadonlySet<string>;
  /** Positions of the templates that may be in a lost cluster. */
  readonly here: ReadonlySet<number>;
  /** undefined for `unjoined`. */
  readonly fleet: FleetAfter | undefined;
  readonly evicted: Evictions;
  plan(): Plan;
}

class PlanAfterLoss implements LossPlan {
  readonly before: Plan;
  readonly #parts: LossParts;
  readonly #remaining = new RemainingReplicas();
  #plan: Plan | undefined;
  #affected: readonly AffectedTemplate[] | undefined;

  constructor(
    readonly loss: Loss,
    parts: LossParts,
  ) {
    this.before = parts.before;
    this.#parts = parts;
  }

  get plan(): Plan {
    this.#plan ??= this.#parts.plan();
    return this.#plan;
  }

  get affected(): readonly AffectedTemplate[] {
    this.#affected ??= this.before.templates.flatMap((template, position) =>
      this.#isAffected(template, position) ? [this.#affectedTemplate(template, position)] : [],
    );
    return this.#affected;
  }

  get timeline(): readonly LossStep[] {
    const { fleet, planned, lost } = this.#parts;
    return fleet ? timelineOf(this, { fleet, planned, lost: [...lost] }) : [];
  }

  running(template: string, when: 'during' | 'after' = 'after'): Outcome | undefined {
    const before = this.before.template(template);
    if (!before) return undefined;
    const outcome = when === 'during' || !this.#moves() ? before.outcome : this.plan.template(template)?.outcome;
    return outcome && this.#remaining.of(outcome, this.#parts.lost);
  }

  /** Whether anything may be placed elsewhere. */
  #moves(): boolean {
    const { kind } = this.loss;
    return kind === 'unjoined' || (kind === 'evicted' && this.#parts.here.size > 0);
  }

  #isAffected({ key, outcome }: TemplatePlan, position: number): boolean {
    if (this.#parts.here.has(position)) return true;
    if (!this.#moves()) return false;
    const after = this.plan.template(key)?.outcome;
    return after !== undefined && after !== outcome && !isSameOutcome(outcome, after);
  }

  #affectedTemplate(template: TemplatePlan, position: number): AffectedTemplate {
    const { lost } = this.#parts;
    const { key } = template;
    const eviction = this.#evictionOf(template, position);
    return {
      template: key,
      lostIn: template.possibleClusters.filter((cluster) => lost.has(cluster)),
      replicas: {
        before: totalOf(template.outcome, template),
        during: totalOf(this.running(key, 'during') as Outcome, template),
        after: totalOf(this.running(key) as Outcome, template),
      },
      ...(eviction && { eviction }),
    };
  }

  #evictionOf(template: TemplatePlan, position: number): TemplateEviction | undefined {
    const { planned, evicted, lost } = this.#parts;
    const evictions = evicted(planned.decisions[position] as TemplateDecision);
    if (evictions.length === 0) return undefined;
    const after = this.plan.template(template.key) as TemplatePlan;
    const arrivesIn = after.possibleClusters.filter(
      (cluster) => !lost.has(cluster) && !template.possibleClusters.includes(cluster),
    );
    const purgeMode = purgeModeOf(planned.decisions[position]?.policy?.spec.failover);
    return {
      afterSeconds: secondsUntilTaint + Math.max(...evictions.map(({ afterSeconds }) => afterSeconds)),
      purgeMode,
      arrivesIn,
      // The survivors are healthy, so the task ends at once, unless a cluster without a copy has to get one first.
      heldBack: purgeMode === 'Directly' && arrivesIn.length > 0,
    };
  }
}

/** Outcomes without the lost clusters. Equal results are reduced once. */
class RemainingReplicas {
  readonly #reduced = new Map<Replicas, Replicas>();

  of(outcome: Outcome, lost: ReadonlySet<string>): Outcome {
    const without = (replicas: Replicas) => this.#without(replicas, lost);
    switch (outcome.kind) {
      case 'certain':
        return { kind: 'certain', replicas: without(outcome.replicas) };
      case 'either':
        return eitherOf(without(outcome.ascending), without(outcome.descending), outcome.decidedBy);
      case 'atRunTime': {
        const stays = (cluster: string): boolean => !lost.has(cluster);
        return {
          ...outcome,
          clusters: outcome.clusters.filter(stays),
          bounds: new Map([...outcome.bounds].filter(([cluster]) => stays(cluster))),
          guaranteed: outcome.guaranteed.filter(stays),
        };
      }
      case 'unschedulable':
      case 'unmatched':
        return { ...outcome, kept: without(outcome.kept) };
      default:
        return outcome satisfies never;
    }
  }

  #without(replicas: Replicas, lost: ReadonlySet<string>): Replicas {
    let reduced = this.#reduced.get(replicas);
    if (!reduced) {
      reduced = [...lost].some((cluster) => replicas.has(cluster))
        ? new Map([...replicas].filter(([cluster]) => !lost.has(cluster)))
        : replicas;
      this.#reduced.set(replicas, reduced);
    }
    return reduced;
  }
}
