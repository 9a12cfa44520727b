import type { KubernetesObject } from '../../kubernetes/object';
import { compareText, textOf } from '../../kubernetes/plain-data';
import { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { explicitPriority, type PropagationPolicy, policyKey } from '../control-plane-state/policy';
import type { LosingPolicy } from '../plan';
import { type Claim, claimOf } from './claim';

/** A policy that selects a template, with the precision of its selector. */
export interface MatchingPolicy {
  readonly policy: PropagationPolicy;
  /** 1 selects all of the kind, 2 by labels, 3 by name. */
  readonly implicitPriority: 1 | 2 | 3;
}

/** The policy that claims a template, and the others that select it. */
export interface PolicySelection {
  /** The policy that claims it; undefined if none selects it. */
  readonly winner: MatchingPolicy | undefined;
  /** Why this policy wins: an earlier claim, a preemption, or the best match. */
  readonly by: 'claim' | 'preemption' | 'match';
  /** The best PropagationPolicy of its namespace by precedence alone, without claims. */
  readonly bestPropagationPolicy: MatchingPolicy | undefined;
  /** The best ClusterPropagationPolicy by precedence alone, without claims. */
  readonly bestClusterPropagationPolicy: MatchingPolicy | undefined;
  /** Every other policy that selects the template, in order of precedence. */
  readonly losers: readonly MatchingPolicy[];
}

/** Options of the choice. */
export interface PolicySelectionOptions {
  /** The feature gate PropagationPolicyPreemption. @default false */
  readonly preemption?: boolean;
}

/**
 * Chooses the policy that propagates a template. An earlier claim holds while its policy exists and selects the
 * template. Otherwise the best PropagationPolicy of its namespace wins, or else the best ClusterPropagationPolicy. The
 * best has the highest explicit priority, then the most precise selector, then the name that sorts first.
 *
 * @param template - as the control plane stores it: an object without namespace is cluster-scoped
 * @param policies - a control-plane state, or the policies as plain objects
 * @see Karmada v1.18.2 pkg/detector/policy.go, propagateResource, and compare.go
 */
export function selectPolicy(
  template: KubernetesObject,
  policies: ControlPlaneState | readonly KubernetesObject[],
  options: PolicySelectionOptions = {},
): PolicySelection {
  const state = policies instanceof ControlPlaneState ? policies : ControlPlaneState.ofObjects(policies);
  const namespace = textOf(template.metadata?.namespace);
  const namespaced = namespace ? matchesIn(state, namespace, template) : [];
  const clusterWide = matchesIn(state, '', template);
  const matches =
    clusterWide.length === 0 ? namespaced : namespaced.length === 0 ? clusterWide : [...namespaced, ...clusterWide];
  const claimed = holderOf(claimOf(template), matches);
  const stronger = claimed && options.preemption ? preemptor(template, claimed, matches) : undefined;
  const winner = stronger ?? claimed ?? matches[0];
  return {
    winner,
    by: stronger ? 'preemption' : claimed ? 'claim' : 'match',
    bestPropagationPolicy: namespaced[0],
    bestClusterPropagationPolicy: clusterWide[0],
    losers: matches.length < 2 ? noMatches : matches.filter((match) => match.policy !== winner?.policy),
  };
}

const noMatches: readonly MatchingPolicy[] = [];

/** Policies of one namespace (cluster-scoped ones for the empty string) that select the template, best first. */
function matchesIn(state: ControlPlaneState, namespace: string, template: KubernetesObject): readonly MatchingPolicy[] {
  const matches = state.propagationSelectors(namespace)?.matchesOf(template);
  if (!matches || matches.length === 0) return noMatches;
  return matches.map(({ owner, priority }) => ({ policy: owner, implicitPriority: priority })).sort(byPrecedence);
}

/** Best first. */
function byPrecedence(a: MatchingPolicy, b: MatchingPolicy): number {
  return (
    explicitPriority(b.policy) - explicitPriority(a.policy) ||
    b.implicitPriority - a.implicitPriority ||
    compareText(a.policy.name, b.policy.name)
  );
}

/**
 * The policy that holds a template by an earlier claim. If the policy no longer exists or no longer selects the template,
 * Karmada removes the claim and matches again.
 */
function holderOf(claim: Claim | undefined, matches: readonly MatchingPolicy[]): MatchingPolicy | undefined {
  if (!claim) return undefined;
  const { kind, namespace, name } = claim;
  return matches.find(({ policy }) => policy.kind === kind && policy.namespace === namespace && policy.name === name);
}

const precision: Readonly<Record<MatchingPolicy['implicitPriority'], string>> = {
  1: 'the whole kind',
  2: 'by label',
  3: 'by name',
};

/** The policies that select a template but do not claim it, each with the reason. */
export function losingPolicies({ winner, by, losers }: PolicySelection): readonly LosingPolicy[] {
  if (!winner) return [];
  return losers.map((loser) => ({ policy: loser.policy.manifest, why: whyLost(loser, winner, by) }));
}

function whyLost(loser: MatchingPolicy, winner: MatchingPolicy, by: PolicySelection['by']): string {
  const victor = policyKey(winner.policy);
  if (by === 'claim') return `${victor} has claimed the template before`;
  if (by === 'preemption') return `${victor} preempts it`;
  if (loser.policy.kind !== winner.policy.kind) {
    return `${victor} is a policy of the namespace, which comes before every ClusterPropagationPolicy`;
  }
  return `${victor} ${stronger(loser, winner)}`;
}

function stronger(loser: MatchingPolicy, winner: MatchingPolicy): string {
  const [lower, higher] = [explicitPriority(loser.policy), explicitPriority(winner.policy)];
  if (lower !== higher) return `has priority ${higher}, this one ${lower}`;
  if (loser.implicitPriority !== winner.implicitPriority) {
    return `selects ${precision[winner.implicitPriority]}, this one ${precision[loser.implicitPriority]}`;
  }
  return 'is its equal and its name sorts first';
}

/**
 * The policy that preempts the one that holds a template. It needs `preemption: Always` and a selector with the name of
 * the template. It preempts a policy of its own kind if its explicit priority is strictly higher, and a
 * PropagationPolicy preempts any ClusterPropagationPolicy. The precision of selectors does not matter.
 *
 * @param matches - the policies that select the template, in order of precedence
 * @see Karmada v1.18.2 pkg/detector/preemption.go
 */
export function preemptor(
  template: KubernetesObject,
  holder: MatchingPolicy,
  matches: readonly MatchingPolicy[],
): MatchingPolicy | undefined {
  return matches.find(
    (match) =>
      match.policy.spec.preemption === 'Always' && match.implicitPriority === 3 && takesFrom(template, holder, match),
  );
}

function takesFrom(template: KubernetesObject, holder: MatchingPolicy, challenger: MatchingPolicy): boolean {
  if (challenger.policy === holder.policy) return false;
  if (challenger.policy.kind === holder.policy.kind) {
    return explicitPriority(challenger.policy) > explicitPriority(holder.policy);
  }
  return challenger.policy.kind === 'PropagationPolicy' && template.metadata?.namespace === challenger.policy.namespace;
}
