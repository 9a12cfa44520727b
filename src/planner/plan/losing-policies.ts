import { explicitPriority, policyKey } from '../control-plane-state/policy';
import type { MatchingPolicy } from '../matching/matching-policy';
import type { PolicySelection } from '../matching/select-policy';
import type { LosingPolicy } from '../plan';

const precision: Readonly<Record<MatchingPolicy['implicitPriority'], string>> = {
  1: 'the whole kind',
  2: 'by label',
  3: 'by name',
};

/** The policies that select a template that another one claims, each with the rule by which it lost. */
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
