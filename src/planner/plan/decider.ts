import type { PlacementSpec, ResourceSelectorSpec } from '../../karmada/policy-spec';
import { isDefinition } from '../../kubernetes/custom-definition';
import type { Manifest } from '../../kubernetes/manifest';
import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { recordOf, recordsOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { type PropagationPolicy, propagatesDependencies } from '../control-plane-state/policy';
import { type Interpreter, isWorkload, type ReplicaInterpretation } from '../interpret/interpreter';
import { withClaimOf } from '../matching/claim';
import { serviceTakeover } from '../matching/multi-cluster-service';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../matching/never-propagated';
import { losingPolicies, type PolicySelection, selectPolicy } from '../matching/select-policy';
import { nowhere, type Outcome, type Replicas, replicasOf } from '../outcome';
import type { LosingPolicy } from '../plan';
import type { CustomKinds } from '../schedule/api-enablement';
import { strategyOf } from '../schedule/strategy';
import { tieBreakOf } from '../schedule/tie-break';
import type { BindingLookup, CurrentBinding } from './current-bindings';
import type { FleetCapacity } from './fleet-capacity';
import type { PlanOptions } from './plan-input';
import { policyNotes, whyWaiting } from './policy-effects';
import type { RefusedPolicies } from './refused-policies';
import { decisionOf, type OpenDecision, type Subject, type TemplateDecision, unclaimed } from './template-decision';
import {
  requestOf,
  type ScheduledTemplate,
  type TemplateScheduling,
  type TemplateToSchedule,
  undecided,
  writtenReplicas,
} from './template-scheduling';
import type { WorkloadGroups, WorkloadPeers } from './workload-groups';

/** Input for decisions about templates. */
export interface DecisionContext {
  readonly state: ControlPlaneState;
  readonly interpreter: Interpreter;
  readonly bindings: BindingLookup;
  readonly scheduling: TemplateScheduling;
  readonly customKinds: CustomKinds;
  readonly workloadGroups: WorkloadGroups;
  readonly refused: RefusedPolicies;
  /** The templates in the control plane, if known. */
  readonly deployed: ControlPlaneState | undefined;
  readonly capacity: FleetCapacity;
  readonly options: PlanOptions;
}

/** Decides which policy or controller claims each template, and where it is scheduled. */
export class Decider {
  constructor(readonly context: DecisionContext) {}

  /**
   * Decisions for all templates, in their order. Definitions of custom kinds are decided first, since their objects
   * can only go where the definition goes.
   *
   * @param decided - a decision that is known already, by position
   */
  decisions(
    templates: readonly Manifest[],
    keys: readonly string[],
    decided: (position: number) => TemplateDecision | undefined = () => undefined,
  ): readonly TemplateDecision[] {
    const decisions = new Map<number, TemplateDecision>();
    const decide = (definitions: boolean) => {
      for (const [index, manifest] of templates.entries()) {
        if (isDefinition(manifest.object) === definitions)
          decisions.set(index, decided(index) ?? this.#decide(manifest, keys[index] as string));
      }
    };
    decide(true);
    for (const { template, scheduled } of decisions.values()) {
      if (scheduled.kind === 'certain') this.context.customKinds.arrives(template, [...scheduled.replicas.keys()]);
    }
    this.#sendNamedDefinitions();
    decide(false);
    return templates.map((_, index) => decisions.get(index) as TemplateDecision);
  }

  /** A policy that selects a definition by name sends it, even if it was applied to the control plane by others. */
  #sendNamedDefinitions(): void {
    const { state, customKinds } = this.context;
    const selectors = state.propagationPolicies.flatMap(({ spec }) =>
      recordsOf<ResourceSelectorSpec>(spec.resourceSelectors),
    );
    const names = new Set(
      selectors
        .filter(({ apiVersion, kind }) => isDefinition({ apiVersion: textOf(apiVersion), kind: textOf(kind) }))
        .map(({ name }) => textOf(name)),
    );
    for (const name of names) {
      if (name === '' || state.find({ ...definitionKind, name })) continue;
      const template = { ...definitionKind, metadata: { name } };
      const spec = selectPolicy(template, state).winner?.policy.spec;
      if (!spec) continue;
      const manifest: Manifest = { object: template, origin: { type: 'memory', index: 0 } };
      const subject: Subject = { key: objectKey(template), manifest, template, tie: undefined, current: undefined };
      const placement = (recordOf(spec.placement) ?? nothingPlaced) as PlacementSpec;
      // Every cluster has definitions, although a fleet file may list custom kinds only.
      const { scheduled } = this.#schedule(subject, placement, spec.schedulerName, () => true);
      if (scheduled.kind === 'certain') customKinds.arrivesByName(name, [...scheduled.replicas.keys()]);
    }
  }

  #decide(manifest: Manifest, key: string): TemplateDecision {
    const { bindings, state, scheduling, options } = this.context;
    const template = manifest.object;
    const current = bindings.of(template);
    const uid = textOf(template.metadata?.uid) || current?.uid;
    const tie = uid ? tieBreakOf(uid) : current?.tie;
    const subject: Subject = { key, manifest, template, tie, current };
    const { clusters } = scheduling.scheduler.settings;
    const never = neverPropagated(template);
    if (never !== undefined) return unclaimed(subject, never, nowhere);
    const selection = this.#selectionFor(template, current);
    if (isSyncedNamespace(template)) {
      const everywhere: Outcome = { kind: 'certain', replicas: new Map(clusters.map(({ name }) => [name, 0])) };
      const policy = selection.winner?.policy;
      const losers = () => losingPolicies(selection);
      return { ...decisionOf(subject, everywhere), policy, losers, takenBy: 'namespace-sync' };
    }
    const takeover = options.featureGates?.MultiClusterService ? serviceTakeover(template, state, clusters) : undefined;
    if (takeover) {
      const losers = () => takenFrom(selection, takeover.by);
      return { ...this.#schedule(subject, takeover.placement), losers, takenBy: takeover.by };
    }
    const controller = claimedByController(template);
    if (controller !== undefined) {
      const why = `the label resourcetemplate.karmada.io/claimed-by says that "${controller}" has taken it, so no policy does`;
      return unclaimed(subject, why, keptFrom(current));
    }
    const policy = selection.winner?.policy;
    return policy ? this.#byPolicy(subject, policy, selection) : this.#unmatched(subject);
  }

  #byPolicy(subject: Subject, policy: PropagationPolicy, selection: PolicySelection): TemplateDecision {
    const { state, deployed, options } = this.context;
    const placement = (recordOf(policy.spec.placement) ?? nothingPlaced) as PlacementSpec;
    const decision = this.#schedule(subject, placement, policy.spec.schedulerName);
    decision.policy = policy;
    if (selection.losers.length > 0) decision.losers = () => losingPolicies(selection);
    decision.propagatesDependencies = propagatesDependencies(policy) && options.featureGates?.PropagateDeps !== false;
    decision.notes = () => [
      ...policyNotes(policy, subject.template, options),
      ...this.context.refused.concerning(subject.template),
    ];
    const waits = whyWaiting(policy, subject.template, state, deployed);
    if (waits) decision.scheduled = { ...waits, kept: keptFrom(subject.current) };
    return decision;
  }

  #schedule(
    subject: Subject,
    placement: PlacementSpec,
    schedulerName = '',
    serves = this.context.customKinds.serving(subject.template),
  ): OpenDecision {
    const { interpreter, scheduling, workloadGroups, capacity } = this.context;
    const { key, template, current, tie } = subject;
    const interpreted = interpreter.replicasOf(template);
    const stated = interpreted.kind === 'stated' ? interpreted : undefined;
    const peers = workloadGroups.peersOf(template, placement);
    const question: TemplateToSchedule = {
      key,
      template,
      placement,
      current,
      tie,
      replicas: stated ?? { replicas: writtenReplicas(template) },
      room: stated && capacity.roomFor(key, placement, stated),
      serves,
      ...(peers.kind === 'known' ? peers.bindings : undefined),
    };
    const request = requestOf(question);
    const undecidedWhy = whyUndecided(interpreted, schedulerName, peers);
    const scheduled: ScheduledTemplate =
      undecidedWhy === undefined
        ? scheduling.schedule(question, request)
        : {
            outcome: undecided(question, scheduling.scheduler.feasible(request), undecidedWhy),
            affinityTerm: undefined,
          };
    const countsReplicas = stated === undefined || isWorkload(stated);
    const decision = decisionOf(subject, scheduled.outcome);
    decision.replicas = stated?.replicas;
    decision.requirements = stated?.requirements;
    decision.components = stated?.components;
    decision.countsReplicas = countsReplicas;
    decision.divided = countsReplicas && strategyOf(placement) !== 'Duplicated';
    decision.request = request;
    decision.question = undecidedWhy === undefined ? question : undefined;
    decision.capacity = scheduled.capacity;
    decision.affinityTerm = scheduled.affinityTerm;
    decision.look = scheduled.look;
    return decision;
  }

  /** A claim counts whether the manifest or only the binding has it. */
  #selectionFor(template: KubernetesObject, current: CurrentBinding | undefined): PolicySelection {
    const { state, options } = this.context;
    const preemption = options.featureGates?.PropagationPolicyPreemption ?? false;
    return selectPolicy(current ? withClaimOf(template, current.labels, current.annotations) : template, state, {
      preemption,
    });
  }

  #unmatched(subject: Subject): TemplateDecision {
    const { template, current } = subject;
    const namespace = textOf(template.metadata?.namespace);
    const refused = this.context.refused.instead(template);
    const why =
      refused ??
      (namespace
        ? `no PropagationPolicy in namespace "${namespace}" and no ClusterPropagationPolicy selects it`
        : 'no ClusterPropagationPolicy selects it, and a PropagationPolicy cannot: it has no namespace');
    const decision = unclaimed(subject, why, keptFrom(current));
    if (!current || current.clusters.length === 0) return decision;
    // The binding stays when its policy is deleted, and still propagates what its template references.
    return { ...decision, propagatesDependencies: this.context.bindings.isReferrer(template) };
  }
}

const definitionKind = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };

/** Every cluster: the default placement. A shared object, so that answers for it are shared. */
const nothingPlaced: PlacementSpec = {};

/** What a deleted policy placed. A binding made for a dependency is removed with its referrer. */
function keptFrom(current: CurrentBinding | undefined): Replicas {
  return current && !current.attachedOnly ? replicasOf(current.clusters) : nowhere;
}

function takenFrom({ winner, losers }: PolicySelection, by: string): readonly LosingPolicy[] {
  return [...(winner ? [winner] : []), ...losers].map(({ policy }) => ({
    policy: policy.manifest,
    why: `${by} takes the Service over`,
  }));
}

function whyUndecided(
  interpreted: ReplicaInterpretation,
  schedulerName: string,
  peers: WorkloadPeers,
): string | undefined {
  if (schedulerName !== '' && schedulerName !== 'default-scheduler') return `the scheduler "${schedulerName}" decides`;
  if (interpreted.kind === 'notStated') return interpreted.why;
  return peers.kind === 'open' ? peers.why : undefined;
}
