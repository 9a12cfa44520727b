import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { type PodReference, podReferencesOf } from '../../kubernetes/pod-references';
import type { Plan, TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { Interpreter } from '../../planner/interpret/interpreter';
import { autoscaledIn } from '../analysis/autoscaling';
import { byPolicy, claimedTemplatesOf } from '../analysis/claimed-templates';
import { ClusterLists } from '../analysis/cluster-lists';
import { type Attempt, attemptsOf } from '../analysis/feasible-clusters';
import { KnownKinds } from '../analysis/known-kinds';
import type { Call, LintInput } from '../analysis/lint-input';
import { OverrideTraces } from '../analysis/override-traces';
import { overwrittenIn } from '../analysis/overwritten';
import { policyChoicesOf } from '../analysis/policy-choice';
import { policyContestsIn } from '../analysis/policy-contests';
import { placementsIn } from '../analysis/policy-placement';
import { PolicySelectors } from '../analysis/policy-selectors';
import { reaches } from '../analysis/reach';
import { ServicesOfPlan } from '../analysis/service-backends';
import { StaticDivisions } from '../analysis/static-division';
import { weightedPlacementsOf } from '../analysis/static-weight-rules';
import { TemplatesByName } from '../analysis/templates-by-name';
import { causesOfUnselected } from '../analysis/unselected-templates';
import type { Report } from './report';

/**
 * What rules read, and how they report: the input of one run, and what several rules ask about it. Every answer is
 * worked out when the first rule asks, and belongs to the run.
 */
export class LintContext implements LintInput {
  readonly manifests: readonly Manifest[];
  readonly controlPlane: ControlPlaneState;
  readonly karmada: KarmadaVersion;
  readonly featureGates: ReadonlySet<string>;
  readonly calls: readonly Call[];
  readonly fleet: readonly Cluster[] | undefined;
  readonly plan: Plan | undefined;
  readonly report: (report: Report) => void;
  readonly #answers = new Map<string, unknown>();

  constructor(input: LintInput, report: (report: Report) => void) {
    this.manifests = input.manifests;
    this.controlPlane = input.controlPlane;
    this.karmada = input.karmada;
    this.featureGates = input.featureGates;
    this.calls = input.calls;
    this.fleet = input.fleet;
    this.plan = input.plan;
    this.report = report;
  }

  /** What Karmada knows about replicas, health and dependencies of kinds. */
  get interpreter() {
    return this.#once('interpreter', () => new Interpreter(this.controlPlane));
  }

  /** Which kinds exist, and in which version Karmada sees them. */
  get knownKinds() {
    return this.#once('knownKinds', () => new KnownKinds(this.controlPlane));
  }

  /** Manifests that a later one of the same object replaces. */
  get overwritten() {
    return this.#once('overwritten', () => overwrittenIn(this));
  }

  /** The placement of every propagation policy. */
  get placements() {
    return this.#once('placements', () => placementsIn(this.controlPlane));
  }

  /** The policies that divide by static weights, where the weights leave something to say. */
  get weightedPlacements() {
    return this.#once('weightedPlacements', () => weightedPlacementsOf(this));
  }

  /** Where objects choose clusters. */
  get clusterLists() {
    return this.#once('clusterLists', () => new ClusterLists(this.controlPlane, this.placements));
  }

  /** Every resource selector of a policy, with what it selects. */
  get policySelectors() {
    return this.#once('policySelectors', () => new PolicySelectors(this.controlPlane, this.knownKinds));
  }

  /** Which policy gets each template. */
  get policyChoices() {
    return this.#once('policyChoices', () => policyChoicesOf(this));
  }

  /** Policies that select the same templates. */
  get policyContests() {
    return this.#once('policyContests', () => policyContestsIn(this.policyChoices));
  }

  /** Every template that a policy claims: as the plan says, or without a plan as the policies say. */
  get claimedTemplates() {
    return this.#once('claimedTemplates', () => claimedTemplatesOf(this));
  }

  /** The claimed templates of each policy. */
  get claimsByPolicy() {
    return this.#once('claimsByPolicy', () => byPolicy(this.claimedTemplates));
  }

  /** What makes findings about a template that no policy selects one mistake. */
  get causesOfUnselected() {
    return this.#once('causesOfUnselected', () => causesOfUnselected(this));
  }

  /** Whether an autoscaler sets the replicas of a workload. */
  get isAutoscaled() {
    return this.#once('isAutoscaled', () => autoscaledIn(this.controlPlane));
  }

  /** How static weights divide the replicas of workloads. */
  get divisions() {
    return this.#once('divisions', () => this.plan && new StaticDivisions(this.plan));
  }

  /** The Services, and the workloads behind them. */
  get services() {
    return this.#once('services', () => {
      const { plan, divisions, isAutoscaled, reachOf } = this;
      return plan && divisions && new ServicesOfPlan(plan.templates, { isAutoscaled, reachOf, divisions });
    });
  }

  /** What override policies do to the templates. */
  get overrideTraces() {
    return this.#once('overrideTraces', () => this.plan && new OverrideTraces(this.plan, this.controlPlane));
  }

  /** The templates by what names them, and where they are. */
  get templatesByName() {
    return this.#once('templatesByName', () => this.plan && new TemplatesByName(this.plan));
  }

  /** Where a template comes to. */
  readonly reachOf = reaches();

  /** What the scheduler's filters leave of the fleet, for each affinity group of a placement; nothing without a fleet. */
  readonly attemptsOf = (placement: PlacementSpec): readonly Attempt[] => {
    const { fleet = [], karmada } = this;
    const positions = this.#once('positions', () => new Map(fleet.map(({ name }, position) => [name, position])));
    return this.fleet ? attemptsOf(placement, fleet, positions, karmada) : [];
  };

  /** What the pods of an object refer to; several rules ask of every object. */
  readonly podReferencesOf = (object: KubernetesObject): readonly PodReference[] => {
    const known = this.#once('podReferences', () => new Map<KubernetesObject, readonly PodReference[]>());
    const references = known.get(object) ?? podReferencesOf(object);
    known.set(object, references);
    return references;
  };

  /** How a template is planned; undefined without a plan. The plan may hold copies of manifests, with the same origin. */
  readonly plannedTemplate = ({ origin }: Manifest): TemplatePlan | undefined => {
    const byOrigin = this.#once(
      'plannedTemplates',
      () => new Map(this.plan?.templates.map((template) => [template.manifest.origin, template])),
    );
    return byOrigin.get(origin);
  };

  #once<Answer>(question: string, answer: () => Answer): Answer {
    if (!this.#answers.has(question)) this.#answers.set(question, answer());
    return this.#answers.get(question) as Answer;
  }
}

/** A context with a plan, as rules that need one get it. */
export type PlanContext = LintContext & {
  readonly [Answer in PlanAnswers]: NonNullable<LintContext[Answer]>;
};

type PlanAnswers = 'fleet' | 'plan' | 'divisions' | 'services' | 'overrideTraces' | 'templatesByName';
