import type { KubernetesObject } from '../../model/kubernetes-object';
import type { Manifest } from '../../model/manifest';
import type { PlacementSpec } from '../../model/placement-spec';
import type { Federation } from '../federation/federation';
import { type PropagationPolicy, policyKey, propagatesDependencies } from '../federation/policy';
import type { Interpreter } from '../interpret/interpreter';
import { claimOf } from '../matching/claim';
import { claimedByController, isSyncedNamespace, neverPropagated } from '../matching/never-propagated';
import { type PolicySelection, selectPolicy } from '../matching/select-policy';
import type { Outcome } from '../outcome';
import { recordOf, textOf } from '../plain-data';
import { strategyOf } from '../schedule/strategy';
import { tieBreakOf } from '../schedule/tie-break';
import type { CurrentBinding, CurrentBindings } from './current-bindings';
import { type CustomKinds, isDefinition } from './custom-kinds';
import type { Draft } from './draft';
import { losingPolicies } from './losing-policies';
import { serviceTakeover } from './multi-cluster-services';
import type { PlanOptions } from './options';
import { nowhere, replicasOf } from './outcomes';
import { missingOverrides, policyNotes } from './policy-notes';
import { withServerDefaults } from './server-defaults';
import {
  requestOf,
  type ScheduledTemplate,
  type TemplateScheduling,
  type TemplateToSchedule,
} from './template-scheduling';
import { undecided, writtenReplicas } from './undecided';
import type { WorkloadGroups } from './workload-groups';

/** Everything that a template is planned with. */
export interface PlannerContext {
  readonly federation: Federation;
  readonly interpreter: Interpreter;
  readonly bindings: CurrentBindings;
  readonly scheduling: TemplateScheduling;
  readonly customKinds: CustomKinds;
  readonly workloadGroups: WorkloadGroups;
  readonly options: PlanOptions;
}

/** Plans templates one by one: who takes each, and where the scheduler puts it. */
export class Planner {
  constructor(readonly context: PlannerContext) {}

  /**
   * Drafts for all templates, in their order. Definitions of custom kinds are planned first, since the objects of these
   * kinds can only go where their definition goes.
   */
  drafts(templates: readonly Manifest[], keys: readonly string[]): readonly Draft[] {
    const drafts = new Map<number, Draft>();
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
    return templates.map((_, index) => drafts.get(index) as Draft);
  }

  #draft(manifest: Manifest, key: string): Draft {
    const { bindings, federation, scheduling, options } = this.context;
    const template = withServerDefaults(manifest.object);
    const current = bindings.of(template);
    const uid = textOf(template.metadata?.uid) || current?.uid;
    const tie = uid ? tieBreakOf(uid) : undefined;
    const basis = { key, manifest, template, tie };
    const { clusters } = scheduling.scheduler.settings;
    const never = neverPropagated(template);
    if (never !== undefined) return unclaimed(basis, never, undefined);
    const selection = this.#selectionFor(template, current);
    if (isSyncedNamespace(template)) {
      const everywhere: Outcome = { kind: 'certain', replicas: new Map(clusters.map(({ name }) => [name, 0])) };
      return {
        ...withoutReplicas,
        ...basis,
        ...claimedBy(selection),
        takenBy: 'namespace-sync',
        scheduled: everywhere,
      };
    }
    const takeover = options.featureGates?.MultiClusterService
      ? serviceTakeover(template, federation, clusters)
      : undefined;
    if (takeover) {
      const scheduled = this.#schedule({ ...basis, current, placement: takeover.placement });
      const losers = takenFrom(selection, takeover.by);
      return { ...withoutReplicas, ...basis, ...scheduled, losers, takenBy: takeover.by };
    }
    const controller = claimedByController(template);
    if (controller !== undefined) {
      const why = `the label resourcetemplate.karmada.io/claimed-by says that "${controller}" has taken it, so no policy does`;
      return unclaimed(basis, why, current);
    }
    const policy = selection.winner?.policy;
    if (!policy) return this.#unmatched(basis, current);
    return this.#byPolicy(basis, current, policy, selection);
  }

  #byPolicy(
    basis: Basis,
    current: CurrentBinding | undefined,
    policy: PropagationPolicy,
    selection: PolicySelection,
  ): Draft {
    const { federation, options } = this.context;
    const claimed = {
      ...claimedBy(selection),
      propagatesDependencies: propagatesDependencies(policy) && options.featureGates?.PropagateDeps !== false,
      notes: policyNotes(policy, basis.template, options),
    };
    const placement = (recordOf(policy.spec.placement) ?? nothingPlaced) as PlacementSpec;
    const scheduled = this.#schedule({ ...basis, current, placement }, policy.spec.schedulerName);
    const missing = missingOverrides(policy, federation);
    if (missing.length === 0) return { ...withoutReplicas, ...basis, ...scheduled, ...claimed };
    const outcome: Outcome = {
      kind: 'unschedulable',
      reason: 'DependentOverridesMissing',
      why: `${policyKey(policy)} waits for ${missing.join(', ')}`,
      kept: replicasOf(current?.clusters ?? []),
    };
    return { ...withoutReplicas, ...basis, ...scheduled, ...claimed, scheduled: outcome };
  }

  #schedule(
    subject: Basis & { current: CurrentBinding | undefined; placement: PlacementSpec },
    schedulerName = '',
  ): ScheduledDraft {
    const { interpreter, scheduling, customKinds, workloadGroups, options } = this.context;
    const { template, placement, key } = subject;
    const interpreted = interpreter.replicasOf(template);
    const stated = interpreted.kind === 'stated' ? interpreted : { replicas: writtenReplicas(template) };
    const capacities = options.capacities?.[key];
    const peers = workloadGroups.peersOf(template, placement);
    const question: TemplateToSchedule = {
      ...subject,
      replicas: stated,
      available: capacities && ((cluster) => (Object.hasOwn(capacities, cluster) ? capacities[cluster] : undefined)),
      serves: customKinds.serving(template),
      ...(peers.kind === 'known' && peers.bindings),
    };
    const countsReplicas =
      interpreted.kind !== 'stated' || stated.replicas > 0 || interpreted.requirements !== undefined;
    const described = {
      replicas: interpreted.kind === 'stated' ? stated.replicas : undefined,
      countsReplicas,
      divided: countsReplicas && strategyOf(placement) !== 'Duplicated',
      ...(interpreted.kind === 'stated' && interpreted.requirements && { requirements: interpreted.requirements }),
      request: requestOf(question),
      claimed: true,
    };
    const undecidedWhy = whyUndecided(
      interpreted.kind === 'stated' ? undefined : interpreted.why,
      schedulerName,
      peers,
    );
    if (undecidedWhy !== undefined) {
      const feasible = scheduling.scheduler.feasible(described.request);
      return { ...described, scheduled: undecided(question, feasible, undecidedWhy) };
    }
    const { outcome, affinityTerm }: ScheduledTemplate = scheduling.schedule(question);
    return { ...described, scheduled: outcome, ...(affinityTerm !== undefined && { affinityTerm }) };
  }

  /** A claim that Karmada keeps counts, whether the manifest carries it or only the binding does. */
  #selectionFor(template: KubernetesObject, current: CurrentBinding | undefined): PolicySelection {
    const { federation, options } = this.context;
    const preemption = options.featureGates?.PropagationPolicyPreemption ?? false;
    return selectPolicy(current ? withClaimOf(template, current) : template, federation, { preemption });
  }

  #unmatched(basis: Basis, current: CurrentBinding | undefined): Draft {
    const namespace = textOf(basis.template.metadata?.namespace);
    const why = namespace
      ? `no PropagationPolicy in namespace "${namespace}" and no ClusterPropagationPolicy selects it`
      : 'no ClusterPropagationPolicy selects it, and a PropagationPolicy cannot: it has no namespace';
    const draft = unclaimed(basis, why, current);
    if (!current || current.clusters.length === 0) return draft;
    // Deleting a policy leaves the binding, which goes on bringing along what its template references.
    return { ...draft, propagatesDependencies: this.context.bindings.isReferrer(basis.template) };
  }
}

type Basis = Pick<Draft, 'key' | 'manifest' | 'template' | 'tie'>;
type ScheduledDraft = Pick<Draft, 'replicas' | 'countsReplicas' | 'divided' | 'scheduled' | 'claimed'> & Partial<Draft>;

/** A placement that is not written means every cluster. Shared, so that its answers are. */
const nothingPlaced: PlacementSpec = {};

const withoutReplicas = {
  replicas: 0,
  countsReplicas: false,
  divided: false,
  claimed: true,
  propagatesDependencies: false,
  losers: [],
  notes: [],
} as const;

function unclaimed(basis: Basis, why: string, current: CurrentBinding | undefined): Draft {
  const kept = current && !current.attachedOnly ? replicasOf(current.clusters) : nowhere;
  return { ...withoutReplicas, ...basis, claimed: false, scheduled: { kind: 'unmatched', why, kept } };
}

function claimedBy(selection: PolicySelection): Pick<Draft, 'losers'> & { policy?: PropagationPolicy } {
  return { losers: losingPolicies(selection), ...(selection.winner && { policy: selection.winner.policy }) };
}

function takenFrom({ winner, losers }: PolicySelection, by: string): Draft['losers'] {
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
  interpretation: string | undefined,
  schedulerName: string,
  peers: ReturnType<WorkloadGroups['peersOf']>,
): string | undefined {
  if (schedulerName !== '' && schedulerName !== 'default-scheduler') return `the scheduler "${schedulerName}" decides`;
  if (interpretation !== undefined) return interpretation;
  return peers.kind === 'open' ? peers.why : undefined;
}
