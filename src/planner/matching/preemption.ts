import type { KubernetesObject } from '../../kubernetes/object';
import { explicitPriority } from '../control-plane-state/policy';
import type { MatchingPolicy } from './matching-policy';

/**
 * The policy that takes a template from the one that holds it. Only a policy with `preemption: Always` that names the
 * template does so: from one of its own kind with a strictly higher explicit priority, and a PropagationPolicy from any
 * ClusterPropagationPolicy. How precise a selector is plays no part.
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
