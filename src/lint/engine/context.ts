import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { type PodReference, podReferencesOf } from '../../kubernetes/pod-references';
import type { Contract } from '../../model/contract';
import type { Plan, TemplatePlan } from '../../planner';
import { checkContracts } from '../../planner/contract/check-contracts';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { Interpreter } from '../../planner/interpret/interpreter';
import { autoscaledIn } from '../analysis/autoscaling';
import { byPolicy, claimedTemplatesOf } from '../analysis/claimed-templates';
import { ClusterLists } from '../analysis/cluster-lists';
import { type Attempt, attemptsOf } from '../analysis/feasible-clusters';
import { KnownKinds } from '../analysis/known-kinds';
import type { Call, LintInput } from '../analysis/lint-input';
import { inIstio } from '../analysis/multi-cluster-services';
import { OverrideTraces } from '../analysis/override-traces';
import { overwrittenIn } from '../analysis/overwritten';
import { policyChoicesOf } from '../analysis/policy-choice';
import { policyContestsIn } from '../analysis/policy-contests';
import { placementsIn } from '../analysis/policy-placement';
import { PolicySelectors } from '../analysis/policy-selectors';
import { reaches } from '../analysis/reach';
import { sentTemplates } from '../analysis/sent-templates';
import { ServicesOfPlan } from '../analysis/service-backends';
import { StaticDivisions } from '../analysis/static-division';
import { weightedPlacementsOf } from '../analysis/static-weight-rules';
import { TemplatesByName } from '../analysis/templates-by-name';
import { causesOfUnselected } from '../analysis/unselected-templates';
import type { Report } from './report';

/**
 * The input of rules and the receiver of their reports for one run. Analyses are computed on first use and cached for the
 * run.
 */
export class LintContext implements LintInput {
  readonly manifests: readonly Manifest[];
  readonly controlPlane: ControlPlaneState;
  readonly karmada: KarmadaVersion;
  readonly featureGates: ReadonlySet<string>;
  readonly calls: readonly Call[];
  readonly fleet: readonly Cluster[] | undefined;
  readonly plan: Plan | undefined;
  readonly contracts: readonly Contract[];
  readonly losses: LintInput['losses'];
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
    this.contracts = input.contracts;
    this.losses = input.losses;
    this.report = report;
  }

  /** Karmada's interpretation of replicas, health and dependencies of kinds. */
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

  /** The policies with static weights that rules check. */
  get weightedPlacements() {
    return this.#once('weightedPlacements', () => weightedPlacementsOf(this));
  }

  /** The fields in which objects select clusters. */
  get clusterLists() {
    return this.#once('clusterLists', () => new ClusterLists(this.controlPlane, this.placements));
  }

  /** Every resource selector of a policy, with the selected objects. */
  get policySelectors() {
    return this.#once('policySelectors', () => new PolicySelectors(this.controlPlane, this.knownKinds));
  }

  /** The policy that claims each template. */
  get policyChoices() {
    return this.#once('policyChoices', () => policyChoicesOf(this));
  }

  /** Policies that select the same templates. */
  get policyContests() {
    return this.#once('policyContests', () => policyContestsIn(this.policyChoices));
  }

  /** Every claimed template, according to the plan, or to the policies without a plan. */
  get claimedTemplates() {
    return this.#once('claimedTemplates', () => claimedTemplatesOf(this));
  }

  /** The claimed templates of each policy. */
  get claimsByPolicy() {
    return this.#once('claimsByPolicy', () => byPolicy(this.claimedTemplates));
  }

  /** Whether anything sends a template to members. */
  get isSent() {
    return this.#once('isSent', () => sentTemplates(this));
  }

  /** Common cause of the findings about a template that no policy selects. */
  get causesOfUnselected() {
    return this.#once('causesOfUnselected', () => causesOfUnselected(this));
  }

  /** Whether an autoscaler sets the replicas of a workload. */
  get isAutoscaled() {
    return this.#once('isAutoscaled', () => autoscaledIn(this));
  }

  /** The namespaces and Services to which Istio routes requests across clusters. */
  get inIstio() {
    return this.#once('inIstio', () => inIstio(this.controlPlane));
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

  /** The effects of override policies on the templates. */
  get overrideTraces() {
    return this.#once(
      'overrideTraces',
      () => this.plan && new OverrideTraces(this.plan, this.controlPlane, this.reachOf),
    );
  }

  /** What the plan says about the contracts. */
  get contractAnswers() {
    return this.#once('contractAnswers', () => {
      const { plan, losses, contracts } = this;
      return plan && losses && contracts.length > 0 ? checkContracts(contracts, { plan, losses }) : [];
    });
  }

  /** The templates by name, and their clusters. */
  get templatesByName() {
    return this.#once('templatesByName', () => this.plan && new TemplatesByName(this.plan));
  }

  /** The clusters of a template. */
  readonly reachOf = reaches();

  /** The clusters that pass the scheduler's filters, for each affinity group of a placement; empty without a fleet. */
  readonly attemptsOf = (placement: PlacementSpec): readonly Attempt[] => {
    const { fleet = [], karmada } = this;
    const positions = this.#once('positions', () => new Map(fleet.map(({ name }, position) => [name, position])));
    return this.fleet ? attemptsOf(placement, fleet, positions, karmada) : [];
  };

  /** The references of an object's pods; cached, because several rules need them. */
  readonly podReferencesOf = (object: KubernetesObject): readonly PodReference[] => {
    const known = this.#once('podReferences', () => new Map<KubernetesObject, readonly PodReference[]>());
    const references = known.get(object) ?? podReferencesOf(object);
    known.set(object, references);
    return references;
  };

  /** The planned template; undefined without a plan. The plan may contain copies of manifests, with the same origin. */
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

/** A context with a plan, for rules that need one. */
export type PlanContext = LintContext & {
  readonly [Answer in PlanAnswers]: NonNullable<LintContext[Answer]>;
};

type PlanAnswers = 'fleet' | 'plan' | 'divisions' | 'services' | 'overrideTraces' | 'templatesByName';
