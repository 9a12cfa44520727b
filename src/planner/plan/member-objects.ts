import type { Cluster } from '../../karmada/cluster';
import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import { stringMapOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { policyKey } from '../control-plane-state/policy';
import type { Interpreter, Revision } from '../interpret/interpreter';
import { mayReach, type Outcome, type Replicas, resultsOf, surelyReaches, type TieBreak } from '../outcome';
import { overriddenCopy } from '../override/overridden-copy';
import type { MemberObject, Requirement } from '../plan';
import { prunedForMember } from '../revise/prune';
import { replicaReviser } from '../revise/revise-replicas';
import { tieBreaks } from '../schedule/tie-break';
import type { TargetCluster } from '../schedule/types';
import { isSuspended } from './policy-effects';
import type { TemplateDecision } from './template-decision';

/** Input for the copies for members. */
export interface MemberContext {
  readonly state: ControlPlaneState;
  readonly interpreter: Interpreter;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly karmada: KarmadaVersion;
}

/** A decision with the templates that require this one, and its final outcome. */
export interface LinkedDecision {
  readonly decision: TemplateDecision;
  readonly outcome: Outcome;
  readonly requiredBy: readonly Requirement[];
  /** Decisions about the templates that require it, whose policies apply to it. */
  readonly referrers: readonly TemplateDecision[];
}

/**
 * What one cluster receives of a template: replicas revised, overrides applied, pruned, in this order. Where the UID
 * decides, one object for each result that contains the cluster, or a single one if they are equal.
 *
 * @param tie - which result to return @default - both
 */
export function memberObjects(
  linked: LinkedDecision,
  cluster: string,
  tie: TieBreak | undefined,
  context: MemberContext,
): readonly MemberObject[] {
  const { decision, outcome } = linked;
  if (!reaches(linked, cluster)) return [];
  const guaranteed =
    surelyReaches(outcome, cluster) || linked.requiredBy.some((each) => surelyReaches(each.outcome, cluster));
  const make = (replicas: Replicas | undefined, when: TieBreak): MemberObject => ({
    ...memberObject(linked, cluster, replicas, when, context),
    guaranteed,
  });
  const results = resultsOf(outcome);
  if (results.length === 0) return [make(undefined, tie ?? 'ascending')];
  const ties = tie ? [tie] : decision.tie ? [decision.tie] : tieBreaks;
  const variants = ties.flatMap((when) => {
    const replicas = when === 'ascending' ? results[0] : results.at(-1);
    return replicas?.has(cluster) ? [{ ...make(replicas, when), tie: when }] : [];
  });
  const [first, second] = variants;
  if (!first) return [];
  if (tie) return [first];
  const everyTie = variants.length === ties.length;
  if (everyTie && (!second || isSame(first, second))) return [withoutTie(first)];
  return variants;
}

export function reaches({ outcome, requiredBy }: LinkedDecision, cluster: string): boolean {
  return mayReach(outcome, cluster) || requiredBy.some((each) => mayReach(each.outcome, cluster));
}

type Unguarded = MemberObject extends infer Each
  ? Each extends MemberObject
    ? Omit<Each, 'guaranteed'>
    : never
  : never;

/** The copy for one cluster in one result; its replicas are not revised if the result is unknown. */
function memberObject(
  linked: LinkedDecision,
  cluster: string,
  replicas: Replicas | undefined,
  tieBreak: TieBreak,
  context: MemberContext,
): Unguarded {
  const { decision } = linked;
  const about = { template: decision.key, cluster };
  const revision = revisedFor(decision, cluster, replicas, tieBreak, context.interpreter);
  if (revision.kind === 'notStated') return { kind: 'failed', ...about, why: revision.why };
  const { object } = revision;
  const { state, karmada } = context;
  const result = overriddenCopy(object, context.clusters.get(cluster) ?? { name: cluster }, state, { karmada });
  if (result.kind === 'failed') return { kind: 'failed', ...about, why: result.why };
  return {
    kind: 'received',
    ...about,
    object: prunedForMember(result.object),
    overriddenBy: [...new Set(result.applied.map(({ policy }) => policyKey(policy)))],
    suspended: isSuspended(decision.policy, cluster),
    kept: isKept(decision),
    overwrites: overwrites(linked),
  };
}

/**
 * The template with the replicas of one cluster; as it is where the result is unknown or replicas are not counted.
 *
 * @param replicas - the result, by cluster
 */
export function revisedFor(
  decision: Pick<TemplateDecision, 'template' | 'replicas' | 'countsReplicas' | 'divided'>,
  cluster: string,
  replicas: Replicas | undefined,
  tieBreak: TieBreak,
  interpreter: Interpreter,
): Revision {
  const { template, countsReplicas, divided } = decision;
  const unchanged = { kind: 'stated', object: template } as const;
  if (!replicas || !countsReplicas) return unchanged;
  if (template.kind !== 'Job' && decision.replicas !== undefined) {
    return interpreter.revise(template, replicas.get(cluster) ?? 0);
  }
  const targets = targetsFor(template, cluster, replicas);
  return replicaReviser(template, targets, { divided, tieBreak, interpreter })(cluster) ?? unchanged;
}

/** The targets that a copy depends on: its own cluster, or for a Job all, since completions are divided among them. */
function targetsFor({ kind }: KubernetesObject, cluster: string, replicas: Replicas): readonly TargetCluster[] {
  if (kind !== 'Job') return [{ name: cluster, replicas: replicas.get(cluster) ?? 0 }];
  return Array.from(replicas, ([name, count]) => ({ name, replicas: count }));
}

/** Nothing is applied if no policy claims the template, or while its policy waits. */
export function isKept({ scheduled, claimed }: TemplateDecision): boolean {
  if (scheduled.kind === 'unmatched') return !claimed && scheduled.kept.size > 0;
  if (scheduled.kind !== 'unschedulable') return false;
  return scheduled.reason === 'DependentOverridesMissing' || scheduled.reason === 'LazyActivation';
}

/**
 * Whether an object of the same name in the member is overwritten: by an annotation of the template, or by its policy or
 * that of a template that requires it.
 *
 * @see Karmada v1.18.2 pkg/util/annotation.go, ConflictResolution
 */
function overwrites({ decision, referrers }: LinkedDecision): boolean {
  const own = stringMapOf(decision.template.metadata?.annotations)?.['work.karmada.io/conflict-resolution'];
  if (own === 'overwrite' || own === 'abort') return own === 'overwrite';
  if (decision.takenBy?.startsWith('MultiClusterService/')) return true;
  return [decision, ...referrers].some(({ policy }) => policy?.spec.conflictResolution === 'Overwrite');
}

function isSame(a: MemberObject, b: MemberObject): boolean {
  return JSON.stringify(withoutTie(a)) === JSON.stringify(withoutTie(b));
}

function withoutTie(object: MemberObject): MemberObject {
  const { tie: _, ...rest } = object;
  return rest as MemberObject;
}
