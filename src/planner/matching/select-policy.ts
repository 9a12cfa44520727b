import type { KubernetesObject } from '../../kubernetes/object';
import { compareText, textOf } from '../../kubernetes/plain-data';
import { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { explicitPriority } from '../control-plane-state/policy';
import { type Claim, claimOf } from './claim';
import type { MatchingPolicy } from './matching-policy';
import { preemptor } from './preemption';

/** The policy that claims a template, and those that select it in vain. */
export interface PolicySelection {
  /** The policy that claims it; undefined where none selects it. */
  readonly winner: MatchingPolicy | undefined;
  /** Why the winner is this one: an earlier claim holds, a preemption broke it, or it is the best match. */
  readonly by: 'claim' | 'preemption' | 'match';
  /** The best PropagationPolicy of its namespace by precedence alone, without claims. */
  readonly bestPropagationPolicy: MatchingPolicy | undefined;
  /** The best ClusterPropagationPolicy by precedence alone, without claims. */
  readonly bestClusterPropagationPolicy: MatchingPolicy | undefined;
  /** Every other policy that selects the template, in order of precedence. */
  readonly losers: readonly MatchingPolicy[];
}

/** What changes the choice beside the policies. */
export interface PolicySelectionOptions {
  /** The feature gate PropagationPolicyPreemption. @default false */
  readonly preemption?: boolean;
}

/**
 * Chooses the policy that propagates a template: an earlier claim holds while its policy is there and selects the
 * template; else the best PropagationPolicy of its namespace; else the best ClusterPropagationPolicy. The best of
 * several has the highest explicit priority, then the most precise selector, then the name that sorts first.
 *
 * @param template - as the control plane stores it: an object without namespace is cluster-scoped
 * @param policies - a federation, or the policies as plain objects
 * @see Karmada v1.18.2 pkg/detector/policy.go, propagateResource, and compare.go
 */
export function selectPolicy(
  template: KubernetesObject,
  policies: ControlPlaneState | readonly KubernetesObject[],
  options: PolicySelectionOptions = {},
): PolicySelection {
  const federation = policies instanceof ControlPlaneState ? policies : ControlPlaneState.ofObjects(policies);
  const namespace = textOf(template.metadata?.namespace);
  const namespaced = namespace ? matchesIn(federation, namespace, template) : [];
  const clusterWide = matchesIn(federation, '', template);
  const matches = [...namespaced, ...clusterWide];
  const claimed = holderOf(claimOf(template), matches);
  const stronger = claimed && options.preemption ? preemptor(template, claimed, matches) : undefined;
  const winner = stronger ?? claimed ?? matches[0];
  return {
    winner,
    by: stronger ? 'preemption' : claimed ? 'claim' : 'match',
    bestPropagationPolicy: namespaced[0],
    bestClusterPropagationPolicy: clusterWide[0],
    losers: matches.filter((match) => match.policy !== winner?.policy),
  };
}

/** Policies of one namespace (of the cluster for the empty name) that select the template, best first. */
function matchesIn(federation: ControlPlaneState, namespace: string, template: KubernetesObject): MatchingPolicy[] {
  const matches = federation.propagationSelectors(namespace)?.matchesOf(template) ?? [];
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
 * The policy that holds a template by an earlier claim. A claim by a policy that is gone, or that no longer selects the
 * template, is cleaned up and matching starts again.
 */
function holderOf(claim: Claim | undefined, matches: readonly MatchingPolicy[]): MatchingPolicy | undefined {
  if (!claim) return undefined;
  const { kind, namespace, name } = claim;
  return matches.find(({ policy }) => policy.kind === kind && policy.namespace === namespace && policy.name === name);
}
