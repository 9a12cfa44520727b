import type { PlacementSpec } from '../../karmada/placement-spec';
import { isDefinition } from '../../kubernetes/custom-definition';
import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey, propagatesDependencies } from '../control-plane-state/policy';
import { type Interpreter, isWorkload, type ReplicaInterpretation } from '../interpret/interpreter';
import { claimOf } from '../matching/claim';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../matching/never-propagated';
import { type PolicySelection, selectPolicy } from '../matching/select-policy';
import type { Outcome, Replicas, UnschedulableOutcome, UnschedulableReason } from '../outcome';
import type { LosingPolicy } from '../plan';
import { strategyOf } from '../schedule/strategy';
import { tieBreakOf } from '../schedule/tie-break';
import type { CurrentBinding, CurrentBindings } from './current-bindings';
import type { CustomKinds } from './custom-kinds';
import { isLeftAlone } from './lazy-activation';
import { losingPolicies } from './losing-policies';
import { serviceTakeover } from './multi-cluster-services';
import type { PlanOptions } from './options';
import { nowhere, replicasOf } from './outcomes';
import { missingOverrides, policyNotes } from './policy-notes';
import type { TemplateDecision } from './template-decision';
import { requestOf, type ScheduledTemplate, type TemplateScheduling } from './template-scheduling';
import type { TemplateToSchedule } from './template-to-schedule';
import { undecided, writtenReplicas } from './undecided';
import type { WorkloadGroups, WorkloadPeers } from './workload-groups';

/** Everything that a template is planned with. */
export interface PlannerContext {
  readonly federation: ControlPlaneState;
  readonly interpreter: Interpreter;
  readonly bindings: CurrentBindings;
  readonly scheduling: TemplateScheduling;
  readonly customKinds: CustomKinds;
  readonly workloadGroups: WorkloadGroups;
  /** The templates that are in the control plane, where they are known. */
  readonly deployed: ControlPlaneState | undefined;
  readonly options: PlanOptions;
}

/** Plans templates one by one: who takes each, and where the scheduler puts it. */
export class Planner {
  constructor(readonly context: PlannerContext) {}

  /**
   * Drafts for all templates, in their order. Definitions of custom kinds are planned first, since the objects of these
   * kinds can only go where their definition goes.
   */
  drafts(templates: readonly Manifest[], keys: readonly string[]): readonly TemplateDecision[] {
    const drafts = new Map<number, TemplateDecision>();
    const plan = (definitions: boolean) => {
      for (const [index, manifest] of templates.entries()) {
        if (isDefinition(manifest.object) === definitions)
          drafts.set(index, this.#draft(manifest, keys[index] as string));
      }
    };
    plan(true);
    for (const { template, scheduled } of drafts.values()) {
      if (scheduled.kind === 'certain') this.context.customKinds.arrives(template, [...scheduled.replicas.keys()]);
    }
    plan(false);
    return templates.map((_, index) => drafts.get(index) as TemplateDecision);
  }

  #draft(manifest: Manifest, key: string): TemplateDecision {
    const { bindings, federation, scheduling, options } = this.context;
    const template = manifest.object;
    const current = bindings.of(template);
    const uid = textOf(template.metadata?.uid) || current?.uid;
    const tie = uid ? tieBreakOf(uid) : undefined;
    const subject: Subject = { key, manifest, template, tie, current };
    const { clusters } = scheduling.scheduler.settings;
    const never = neverPropagated(template);
    if (never !== undefined) return unclaimed(subject, never, nowhere);
    const selection = this.#selectionFor(template, current);
    if (isSyncedNamespace(template)) {
      const everywhere: Outcome = { kind: 'certain', replicas: new Map(clusters.map(({ name }) => [name, 0])) };
      const policy = selection.winner?.policy;
      const losers = () => losingPolicies(selection);
      return { ...draftOf(subject, everywhere), policy, losers, takenBy: 'namespace-sync' };
    }
    const takeover = options.featureGates?.MultiClusterService
      ? serviceTakeover(template, federation, clusters)
      : undefined;
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
    const { options } = this.context;
    const placement = (recordOf(policy.spec.placement) ?? nothingPlaced) as PlacementSpec;
    const draft: TemplateDecision = {
      ...this.#schedule(subject, placement, policy.spec.schedulerName),
      policy,
      losers: () => losingPolicies(selection),
      propagatesDependencies: propagatesDependencies(policy) && options.featureGates?.PropagateDeps !== false,
      notes: () => policyNotes(policy, subject.template, options),
    };
    const waits = whyWaiting(policy, subject.template, this.context);
    return waits ? { ...draft, scheduled: { ...waits, kept: keptFrom(subject.current) } } : draft;
  }

  #schedule(subject: Subject, placement: PlacementSpec, schedulerName = ''): TemplateDecision {
    const { interpreter, scheduling, customKinds, workloadGroups, options } = this.context;
    const { key, template, current, tie } = subject;
    const interpreted = interpreter.replicasOf(template);
    const stated = interpreted.kind === 'stated' ? interpreted : undefined;
    const capacities = recordOf(options.capacities?.[key]);
    const peers = workloadGroups.peersOf(template, placement);
    const question: TemplateToSchedule = {
      key,
      template,
      placement,
      current,
      tie,
      replicas: stated ?? { replicas: writtenReplicas(template) },
      available: capacities && ((cluster) => capacityIn(capacities, cluster)),
      serves: customKinds.serving(template),
      ...(peers.kind === 'known' ? peers.bindings : undefined),
    };
    const request = requestOf(question);
    const undecidedWhy = whyUndecided(interpreted, schedulerName, peers);
    const { outcome, affinityTerm }: ScheduledTemplate =
      undecidedWhy === undefined
        ? scheduling.schedule(question, request)
        : {
            outcome: undecided(question, scheduling.scheduler.feasible(request), undecidedWhy),
            affinityTerm: undefined,
          };
    const countsReplicas = stated === undefined || isWorkload(stated);
    return {
      ...draftOf(subject, outcome),
      replicas: stated?.replicas,
      requirements: stated?.requirements,
      countsReplicas,
      divided: countsReplicas && strategyOf(placement) !== 'Duplicated',
      request,
      affinityTerm,
    };
  }

  /** A claim that Karmada keeps counts, whether the manifest carries it or only the binding does. */
  #selectionFor(template: KubernetesObject, current: CurrentBinding | undefined): PolicySelection {
    const { federation, options } = this.context;
    const preemption = options.featureGates?.PropagationPolicyPreemption ?? false;
    return selectPolicy(current ? withClaimOf(template, current) : template, federation, { preemption });
  }

  #unmatched(subject: Subject): TemplateDecision {
    const { template, current } = subject;
    const namespace = textOf(template.metadata?.namespace);
    const why = namespace
      ? `no PropagationPolicy in namespace "${namespace}" and no ClusterPropagationPolicy selects it`
      : 'no ClusterPropagationPolicy selects it, and a PropagationPolicy cannot: it has no namespace';
    const draft = unclaimed(subject, why, keptFrom(current));
    if (!current || current.clusters.length === 0) return draft;
    // Deleting a policy leaves the binding, which goes on bringing along what its template references.
    return { ...draft, propagatesDependencies: this.context.bindings.isReferrer(template) };
  }
}

/** Why a policy does nothing about a template for the time being. */
function whyWaiting(
  policy: PropagationPolicy,
  template: KubernetesObject,
  { federation, deployed }: PlannerContext,
): Omit<UnschedulableOutcome, 'kept'> | undefined {
  const missing = missingOverrides(policy, federation);
  const waiting = (reason: UnschedulableReason, why: string) => ({ kind: 'unschedulable', reason, why }) as const;
  if (missing.length > 0) {
    return waiting('DependentOverridesMissing', `${policyKey(policy)} waits for ${missing.join(', ')}`);
  }
  if (!deployed || !isLeftAlone(policy, template, deployed)) return undefined;
  return waiting('LazyActivation', `${policyKey(policy)} is Lazy and waits until the ${template.kind} itself changes`);
}

/** A template on its way through the planner. */
type Subject = Pick<TemplateDecision, 'key' | 'manifest' | 'template' | 'tie'> & {
  readonly current: CurrentBinding | undefined;
};

/** Replicas that still fit into a cluster; a capacities file may hold whatever people write. */
function capacityIn(capacities: Readonly<Record<string, unknown>>, cluster: string): number | undefined {
  const room = Object.hasOwn(capacities, cluster) ? capacities[cluster] : undefined;
  return typeof room === 'number' && room >= 0 ? Math.trunc(room) : undefined;
}

/** A placement that is not written means every cluster. Shared, so that its answers are. */
const nothingPlaced: PlacementSpec = {};

const noPolicies = (): readonly LosingPolicy[] => [];
const noNotes = (): readonly string[] => [];

/** A draft of what counts no replicas and was claimed. */
function draftOf({ key, manifest, template, tie }: Subject, scheduled: Outcome): TemplateDecision {
  return {
    key,
    manifest,
    template,
    tie,
    scheduled,
    claimed: true,
    policy: undefined,
    losers: noPolicies,
    takenBy: undefined,
    replicas: 0,
    countsReplicas: false,
    divided: false,
    requirements: undefined,
    request: undefined,
    affinityTerm: undefined,
    propagatesDependencies: false,
    notes: noNotes,
  };
}

function unclaimed(subject: Subject, why: string, kept: Replicas): TemplateDecision {
  return { ...draftOf(subject, { kind: 'unmatched', why, kept }), claimed: false };
}

/** What a policy placed that is gone; a binding made for a dependency goes with its referrer. */
function keptFrom(current: CurrentBinding | undefined): Replicas {
  return current && !current.attachedOnly ? replicasOf(current.clusters) : nowhere;
}

function takenFrom({ winner, losers }: PolicySelection, by: string): readonly LosingPolicy[] {
  return [...(winner ? [winner] : []), ...losers].map(({ policy }) => ({
    policy: policy.manifest,
    why: `${by} takes the Service over`,
  }));
}

/** The template with the claim that Karmada noted on its binding, where it carries none itself. */
function withClaimOf(template: KubernetesObject, { labels, annotations }: CurrentBinding): KubernetesObject {
  if (claimOf(template)) return template;
  const { metadata } = template;
  return {
    ...template,
    metadata: {
      ...metadata,
      labels: { ...metadata?.labels, ...claimsIn(labels) },
      annotations: { ...metadata?.annotations, ...claimsIn(annotations) },
    },
  };
}

function claimsIn(marks: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(marks).filter(([key]) => /^(cluster)?propagationpolicy\.karmada\.io\//.test(key)),
  );
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
