import type { Cluster } from '../../karmada/cluster';
import { isDefinition } from '../../kubernetes/custom-definition';
import { appendTo } from '../../kubernetes/map-entries';
import type { KubernetesObject } from '../../kubernetes/object';
import { ModelError } from '../../problem/model-error';
import { checkValue, listOf, objectOf, oneOf, type ShapeOf, text } from '../../problem/value-kinds';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { clustersIn, mayReach, type Outcome, type TieBreak, unitedOutcome } from '../outcome';
import type { Plan, TemplatePlan } from '../plan';
import { checkPlanOptions } from '../plan/check-options';
import { clustersOf, type PlanInput, type PlanOptions } from '../plan/plan-input';
import type { TemplateDecision } from '../plan/template-decision';
import { controlPlaneOf, type Planning, planning } from '../plan-of';
import { BindingsAfter, evictionFrom, type FleetAfter, fleetAfter } from './control-plane-after';
import { DecisionsAfter } from './decisions-after';
import { purgeModeOf } from './eviction';
import type { Loss } from './loss';
import type { AffectedTemplate, ChangeAfterLoss, LossPlan, LossStep, TemplateEviction } from './loss-plan';
import { isSameOutcome, RemainingReplicas, totalOf } from './outcomes';
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

const lossShape = objectOf(
  { kind: oneOf(['unjoined', 'lost', 'evicted']), clusters: listOf(text) } satisfies ShapeOf<Loss>,
  ['kind', 'clusters'],
);

/** Answers about losses of the same manifests and fleet. A loss costs only what it touches. */
export class Losses {
  /** @throws ModelError as `planOf` does */
  static of(input: PlanInput, options: PlanOptions): Losses {
    checkPlanOptions(options);
    return Losses.ofState(controlPlaneOf(input, options), options);
  }

  /**
   * As `of`, for an existing control-plane state, which has its own default namespace.
   *
   * @internal
   */
  static ofState(state: ControlPlaneState, options: Omit<PlanOptions, 'defaultNamespace'>): Losses {
    return new Losses(planning(state, options));
  }

  /** The plan before any loss. */
  readonly before: Plan;
  readonly #clusters: readonly Cluster[];
  readonly #planned: Planning;
  readonly #names: ReadonlySet<string>;
  readonly #positions: ReadonlyMap<string, number>;
  #byTemplate: ReadonlyMap<KubernetesObject, TemplateDecision> | undefined;
  /** Positions of the templates that may be in a cluster, and of those that may be scheduled there. */
  #present: ReadonlyMap<string, readonly number[]> | undefined;
  #candidates: ReadonlyMap<string, ReadonlySet<number>> | undefined;

  private constructor(planned: Planning) {
    this.#planned = planned;
    this.#clusters = clustersOf(planned.options.fleet);
    this.#names = new Set(this.#clusters.map(({ name }) => name));
    this.before = planned.complete();
    this.#positions = new Map(planned.decisions.map(({ key }, position) => [key, position]));
  }

  /** The plan after a loss. @throws ModelError `loss.unknown`, `loss.all`, and `property.…` for a loss of a wrong kind */
  after(loss: Loss): LossPlan {
    checkValue(loss, lossShape, 'a loss');
    const lost = new Set(loss.clusters);
    const names = this.#names;
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
    const common = { before: this.before, lost, here, planned: this.#planned, positions: this.#positions };
    if (kind === 'unjoined') {
      return { ...common, fleet: undefined, evicted: () => [], after: this.#withoutClusters(lost) };
    }
    // Only computed if something is there, or the timeline is read.
    let known: FleetAfter | undefined;
    const fleet = (): FleetAfter => {
      known ??= fleetAfter(this.#planned, this.#clusters, lost, kind === 'evicted');
      return known;
    };
    const evicted = kind === 'evicted' ? this.#evictionsBy(fleet, lost) : () => [];
    return { ...common, fleet, evicted, after: this.#moved(fleet, evicted, here) };
  }

  /** From which clusters a template is evicted, computed once for each. */
  #evictionsBy(fleet: () => FleetAfter, lost: ReadonlySet<string>): Evictions {
    let pairs: readonly (readonly [before: Cluster, after: Cluster])[] | undefined;
    const lostClusters = () =>
      this.#clusters.flatMap((before, at) =>
        lost.has(before.name) ? [[before, fleet().clusters[at] as Cluster] as const] : [],
      );
    const known = new Map<TemplateDecision, readonly EvictedFrom[]>();
    return (decision) => {
      let evictions = known.get(decision);
      if (!evictions) {
        pairs ??= lostClusters();
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

  /** The decisions for a fleet in which clusters do not answer, after the evictions. */
  #moved(fleet: () => FleetAfter, evicted: Evictions, here: ReadonlySet<number>): DecisionsAfter {
    const touched = (position: number, decision: TemplateDecision): boolean =>
      (here.has(position) && evicted(decision).length > 0) || this.#isInGroup(decision);
    const names = (decision: TemplateDecision) => evicted(decision).map(({ cluster }) => cluster);
    const { current } = this.#planned;
    const bindings = (tie: TieBreak) =>
      new BindingsAfter(current, (template) => this.#decisionOn(template), names, tie);
    return new DecisionsAfter(this.#planned, () => fleet().clusters, touched, bindings);
  }

  #decisionOn(template: KubernetesObject): TemplateDecision | undefined {
    this.#byTemplate ??= new Map(this.#planned.decisions.map((decision) => [decision.template, decision]));
    return this.#byTemplate.get(template);
  }

  /** The decisions for a fleet without some of its clusters. */
  #withoutClusters(lost: ReadonlySet<string>): DecisionsAfter {
    const { decisions, options, current } = this.#planned;
    const fleet = this.#clusters.filter(({ name }) => !lost.has(name));
    const candidates = this.#candidatesIn(lost);
    // Definitions decide where custom kinds can go, and the fleet where the Services of MultiClusterServices go.
    const everything =
      options.featureGates?.MultiClusterService === true ||
      decisions.some(({ template }, at) => candidates.has(at) && isDefinition(template));
    if (everything) return DecisionsAfter.anew(this.#planned, fleet);
    const touched = (position: number, decision: TemplateDecision): boolean =>
      candidates.has(position) || this.#isInGroup(decision);
    return new DecisionsAfter(
      this.#planned,
      () => fleet,
      touched,
      () => current,
    );
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
interface EvictedFrom {
  readonly cluster: string;
  readonly afterSeconds: number;
}

type Evictions = (decision: TemplateDecision) => readonly EvictedFrom[];

function positionsByCluster(lists: readonly Iterable<string>[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, clusters] of lists.entries()) {
    for (const cluster of clusters) appendTo(positions, cluster, position);
  }
  return positions;
}

/** Every cluster that may have a template. */
function clustersReached({ outcome, requiredBy }: TemplatePlan): Iterable<string> {
  if (requiredBy.length === 0) return clustersIn(outcome);
  return new Set([outcome, ...requiredBy.map((each) => each.outcome)].flatMap((each) => [...clustersIn(each)]));
}

/** What the answers about one loss are made of. */
interface LossParts {
  readonly planned: Planning;
  readonly before: Plan;
  /** Positions of the templates, by key. */
  readonly positions: ReadonlyMap<string, number>;
  readonly lost: ReadonlySet<string>;
  /** Positions of the templates that may be in a lost cluster. */
  readonly here: ReadonlySet<number>;
  /** undefined for `unjoined`. */
  readonly fleet: (() => FleetAfter) | undefined;
  readonly evicted: Evictions;
  readonly after: DecisionsAfter;
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
    this.#plan ??= this.#parts.after.plan();
    return this.#plan;
  }

  get affected(): readonly AffectedTemplate[] {
    this.#affected ??= this.#affectedPositions().map((position) => this.#affectedTemplate(position));
    return this.#affected;
  }

  get timeline(): readonly LossStep[] {
    const { fleet, planned, lost } = this.#parts;
    return fleet ? timelineOf(this, { fleet: fleet(), planned, lost: [...lost] }) : [];
  }

  running(template: string, when: 'during' | 'after' = 'after'): Outcome | undefined {
    const position = this.#parts.positions.get(template);
    if (position === undefined) return undefined;
    const outcome = when === 'during' ? this.#templateAt(position).outcome : this.#outcomeAfter(position);
    return this.#remaining.of(outcome, this.#parts.lost);
  }

  changed(input: PlanInput): ChangeAfterLoss {
    const { after, planned, lost } = this.#parts;
    const { state, options } = planned;
    const plan = after.planOf(controlPlaneOf(input, { ...options, defaultNamespace: state.defaultNamespace }));
    return {
      plan,
      running: (template) => {
        const outcome = plan.template(template)?.outcome;
        return outcome && this.#remaining.of(outcome, lost);
      },
    };
  }

  #templateAt(position: number): TemplatePlan {
    return this.before.templates[position] as TemplatePlan;
  }

  /** The placement after the loss, without making the whole plan. */
  #outcomeAfter(position: number): Outcome {
    const { after, positions, planned } = this.#parts;
    const { requiredBy } = this.#templateAt(position);
    const { scheduled } = after.decision(position);
    if (requiredBy.length === 0) return scheduled;
    const required = requiredBy.map(({ template }) => after.decision(positions.get(template) as number).scheduled);
    return unitedOutcome(
      scheduled,
      required,
      clustersOf(planned.options.fleet).map(({ name }) => name),
    );
  }

  #affectedPositions(): readonly number[] {
    const { here, after, planned, fleet } = this.#parts;
    const inOrder = [...here].sort((a, b) => a - b);
    // Where a cluster does not answer, only what was there moves, unless other workloads decide.
    if (fleet && planned.options.featureGates?.WorkloadAffinity !== true) return inOrder;
    return planned.decisions.flatMap((decision, position) => {
      if (here.has(position)) return [position];
      if (after.decision(position) === decision) return [];
      return isSameOutcome(this.#templateAt(position).outcome, this.#outcomeAfter(position)) ? [] : [position];
    });
  }

  #affectedTemplate(position: number): AffectedTemplate {
    const { lost } = this.#parts;
    const template = this.#templateAt(position);
    const { key, outcome, requiredBy } = template;
    const eviction = this.#evictionOf(position);
    const reaches = (cluster: string): boolean =>
      mayReach(outcome, cluster) || requiredBy.some((each) => mayReach(each.outcome, cluster));
    return {
      template: key,
      lostIn: [...lost].filter(reaches),
      replicas: {
        before: totalOf(outcome, template),
        during: totalOf(this.#remaining.of(outcome, lost), template),
        after: totalOf(this.running(key) as Outcome, template),
      },
      ...(eviction && { eviction }),
    };
  }

  #evictionOf(position: number): TemplateEviction | undefined {
    const { planned, evicted, lost } = this.#parts;
    const decision = planned.decisions[position] as TemplateDecision;
    const evictions = evicted(decision);
    if (evictions.length === 0) return undefined;
    const { outcome } = this.#templateAt(position);
    const arrivesIn = [...clustersIn(this.#outcomeAfter(position))].filter(
      (cluster) => !lost.has(cluster) && !mayReach(outcome, cluster),
    );
    const purgeMode = purgeModeOf(decision.policy?.spec.failover);
    return {
      afterSeconds: secondsUntilTaint + Math.max(...evictions.map(({ afterSeconds }) => afterSeconds)),
      purgeMode,
      arrivesIn,
      // The survivors are healthy, so the task ends at once, unless a cluster without a copy has to get one first.
      heldBack: purgeMode === 'Directly' && arrivesIn.length > 0,
    };
  }
}
