import type { Cluster } from '../karmada/cluster';
import { defaultKarmadaVersion, type KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import { onDemand } from '../kubernetes/on-demand';
import { compareText, textOf } from '../kubernetes/plain-data';
import { ControlPlaneState } from './control-plane-state/control-plane-state';
import { refusalsBy } from './control-plane-state/refusals';
import { FinalNumbers } from './final/final-numbers';
import { MemberQuotas } from './final/member-quotas';
import { Interpreter } from './interpret/interpreter';
import type { TieBreak } from './outcome';
import type { Leftover, MemberObject, Plan, TemplatePlan } from './plan';
import { sharedRoomNotes } from './plan/capacity-notes';
import { checkPlanOptions } from './plan/check-options';
import { type BindingLookup, CurrentBindings, leftoversOf } from './plan/current-bindings';
import { Decider } from './plan/decider';
import { type DependencyLinks, dependencyLinks, openReferrers, relinked } from './plan/dependency-links';
import { FleetCapacity } from './plan/fleet-capacity';
import { clustersOf, manifestsOf, type PlanInput, type PlanOptions } from './plan/plan-input';
import { withQuotasEnforced } from './plan/quota-enforcement';
import { Rebalancing } from './plan/rebalancing';
import { RefusedPolicies } from './plan/refused-policies';
import { Scheduler } from './plan/scheduler';
import { SeparateChoices } from './plan/separate-choices';
import { type TemplateDecision, templateKeys } from './plan/template-decision';
import { PlannedTemplate } from './plan/template-plan';
import { TemplateScheduling } from './plan/template-scheduling';
import { WorkloadGroups } from './plan/workload-groups';
import type { PlanJson } from './plan-json';
import { planJson, planSnapshot } from './plan-snapshot';
import { CustomKinds } from './schedule/api-enablement';

/**
 * Computes where every template goes, exactly as Karmada would. It never guesses: what the UID of a template or the
 * running system decides is reported as such.
 *
 * @param what - a cdk8s app, manifests, or plain objects: templates and policies together
 * @throws ModelError `plan.fleet` when the fleet has no cluster, or two of one name; `plan.input` for anything but
 *   objects and constructs; `property.type`, `property.unknown`, `property.value`, `number.range` for the options
 * @example
 * ```ts
 * planOf(app, { fleet }).template('Deployment/default/pipy')?.outcome
 * ```
 */
export function planOf(what: PlanInput, options: PlanOptions): Plan {
  checkPlanOptions(options);
  return planOfState(controlPlaneOf(what, options), options);
}

/** The control plane after the manifests are applied, without what its API server refuses. */
export function controlPlaneOf(
  what: PlanInput,
  { defaultNamespace, karmada }: Pick<PlanOptions, 'defaultNamespace' | 'karmada'>,
): ControlPlaneState {
  const naming = defaultNamespace === undefined ? {} : { defaultNamespace };
  return ControlPlaneState.of(manifestsOf(what), { ...naming, refusalOf: refusalsBy(karmada) });
}

/** As `planOf`, for an existing control-plane state, which has its own default namespace. */
export function planOfState(state: ControlPlaneState, options: StateOptions): Plan {
  return planning(state, options).complete();
}

type StateOptions = Omit<PlanOptions, 'defaultNamespace'>;

/** The decisions of a plan. */
export interface Planning {
  readonly state: ControlPlaneState;
  readonly options: StateOptions;
  readonly interpreter: Interpreter;
  readonly scheduler: Scheduler;
  /** The bindings of the options. */
  readonly current: CurrentBindings;
  /** In the order of the templates. */
  readonly decisions: readonly TemplateDecision[];
  readonly links: DependencyLinks;
  /** The plan that follows from them. */
  complete(): Plan;
}

/** How a plan differs from that of its options: in its bindings, and the decisions that it takes over. */
interface PlanChange {
  /** A plan of the same manifests, whose parts can be used again. @default - there is none */
  readonly of?: Planning;
  readonly bindings: BindingLookup;
  /** @default - nothing is taken over */
  readonly decided?: (position: number) => TemplateDecision | undefined;
}

/** Decides about all templates, or, after a change, about those that it touches. */
export function planning(state: ControlPlaneState, options: StateOptions, change?: PlanChange): Planning {
  const clusters = clustersOf(options.fleet);
  const karmada = options.karmada ?? defaultKarmadaVersion;
  const { defaultNamespace } = state;
  const interpreter =
    change?.of?.interpreter ??
    new Interpreter(state, { components: options.featureGates?.MultiplePodTemplatesScheduling ?? false });
  const deployed = options.deployed && ControlPlaneState.ofObjects(options.deployed, { defaultNamespace });
  const current = change?.of?.current ?? new CurrentBindings(options.bindings, Rebalancing.of(state, deployed));
  const bindings = change?.bindings ?? current;
  const scheduler = new Scheduler({
    // The scheduler lists results by name; clusters sorted here need not be sorted for each template.
    clusters: [...clusters].sort((a, b) => compareText(a.name, b.name)),
    karmada,
    enableEmptyWorkloadPropagation: options.enableEmptyWorkloadPropagation ?? false,
  });
  const scheduling = new TemplateScheduling(scheduler);
  const capacity = new FleetCapacity(clusters, karmada, options);
  const { templates } = state;
  const gate = options.featureGates?.WorkloadAffinity ?? false;
  const decider = new Decider({
    state,
    interpreter,
    bindings,
    scheduling,
    customKinds: new CustomKinds(),
    workloadGroups: new WorkloadGroups(templates, bindings, karmada, gate),
    refused: new RefusedPolicies(state),
    deployed,
    capacity,
    options,
  });
  const keys = change?.of?.decisions.map(({ key }) => key) ?? templateKeys(templates.map(({ object }) => object));
  const scheduled = decider.decisions(templates, keys, change?.decided);
  const decisions = options.featureGates?.FederatedQuotaEnforcement ? withQuotasEnforced(scheduled, state) : scheduled;
  const links = change?.of ? relinked(change.of.links, decisions) : dependencyLinks(decisions, state, interpreter);
  const open = openReferrers(decisions, links.unstated);
  const complete = () => {
    const members = {
      state,
      interpreter,
      karmada,
      clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
    };
    const byObject = onDemand(
      () => new Map<KubernetesObject, TemplatePlan>(plans.map((plan) => [plan.manifest.object, plan])),
    );
    const planned = (object: KubernetesObject): TemplatePlan | undefined => byObject().get(object);
    const context = {
      ...members,
      scheduler,
      capacity,
      finals: new FinalNumbers({ ...members, scheduling, planned }),
      quotas: onDemand(() => new MemberQuotas(state, plans)),
      separate: onDemand(() => new SeparateChoices(plans)),
      names: clusters.map(({ name }) => name),
    };
    const plans: readonly PlannedTemplate[] = decisions.map((decision) => {
      const { manifest, key } = decision;
      const requiredBy = links.requiredBy.get(manifest) ?? [];
      const referrers = links.referrers.get(manifest) ?? [];
      return new PlannedTemplate(
        decision,
        {
          requiredBy,
          referrers,
          dependencies: links.dependencies.get(key) ?? [],
          unstated: links.unstated.get(key),
          open: open.get(textOf(manifest.object.metadata?.namespace)) ?? [],
        },
        context,
      );
    });
    return new CompletePlan({
      karmada,
      clusters,
      templates: plans,
      leftovers: leftoversOf(current, templates, state),
      notes: () => sharedRoomNotes(decisions, context),
      capacityTime: options.capacityTime,
    });
  };
  return { state, options, interpreter, scheduler, current, decisions, links, complete };
}

/**
 * The planning of manifests of which only some templates differ in replicas, or some policies in weights. All other decisions
 * are taken over; undefined where templates depend on each other, so that all have to be made again.
 *
 * @param state - the same objects in the same order
 * @param touched - whether a decision has to be made again
 */
export function replanned(
  before: Planning,
  state: ControlPlaneState,
  touched: (decision: TemplateDecision) => boolean,
): Planning | undefined {
  const { options, links, decisions } = before;
  const { WorkloadAffinity, FederatedQuotaEnforcement } = options.featureGates ?? {};
  if (WorkloadAffinity || FederatedQuotaEnforcement || links.requiredBy.size + links.unstated.size > 0)
    return undefined;
  if (state.templates.length !== decisions.length) return undefined;
  return planning(state, options, {
    of: before,
    bindings: before.current,
    decided: (position) => {
      const decision = decisions[position] as TemplateDecision;
      return touched(decision) ? undefined : decision;
    },
  });
}

/** What a {@link CompletePlan} is made of. */
export interface PlanParts {
  readonly karmada: KarmadaVersion;
  readonly clusters: readonly Cluster[];
  readonly templates: readonly TemplatePlan[];
  readonly leftovers: readonly Leftover[];
  readonly capacityTime: string | undefined;
  /** Computed on demand. */
  readonly notes: () => readonly string[];
}

/** The plan that `planOf` returns. */
export class CompletePlan implements Plan {
  readonly karmada: KarmadaVersion;
  readonly clusters: readonly Cluster[];
  readonly templates: readonly TemplatePlan[];
  readonly leftovers: readonly Leftover[];
  readonly capacityTime?: string;
  readonly #byKey: ReadonlyMap<string, TemplatePlan>;
  readonly #notes: () => readonly string[];

  constructor(parts: PlanParts) {
    this.karmada = parts.karmada;
    this.clusters = parts.clusters;
    this.templates = parts.templates;
    this.leftovers = parts.leftovers;
    if (parts.capacityTime !== undefined) this.capacityTime = parts.capacityTime;
    this.#notes = parts.notes;
    this.#byKey = new Map(parts.templates.map((template) => [template.key, template]));
  }

  get notes(): readonly string[] {
    return this.#notes();
  }

  template(key: string): TemplatePlan | undefined {
    return this.#byKey.get(key);
  }

  objectsIn(cluster: string, tie?: TieBreak): readonly MemberObject[] {
    return this.templates.flatMap((template) => template.objectsIn(cluster, tie));
  }

  toString(): string {
    return planSnapshot(this);
  }

  toJSON(): PlanJson {
    return planJson(this);
  }
}
