import { joinWords } from '../../problem/words';
import { clustersCause } from '../analysis/policy-placement';
import { ruleTarget, type WeightedPlacement, type WeightRule } from '../analysis/static-weight-rules';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go, getStaticWeightInfoList */
export const noDeadWeight = defineRule({
  id: 'no-dead-weight',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P22'],
  rank: 230,
  summary: 'Every static weight matches a cluster that the placement selects.',
  rationale:
    'a weight for clusters outside the affinity has no effect: weights divide replicas, they do not select clusters',
  check(context) {
    for (const placement of context.weightedPlacements) {
      const { policy, key, rules, chosen } = placement;
      if (chosen.size === 0) continue;
      for (const rule of rules) {
        // Other rules report unknown cluster names and invalid selectors.
        if (rule.broken || rule.unknown.length > 0 || [...rule.matches].some((name) => chosen.has(name))) continue;
        context.report({
          at: policy.manifest,
          path: `${rule.path}.targetCluster`,
          message: `weight ${rule.weight} of ${key} is for ${ruleTarget(rule)}${outside(rule, placement)}`,
          fix: `add ${rule.matches.size > 0 ? joinWords([...rule.matches], 'and') : 'these clusters'} to the affinity, or remove the weight`,
          cause: clustersCause(key),
        });
      }
    }
  },
});

function outside({ matches }: WeightRule, { chosen }: WeightedPlacement): string {
  return matches.size === 0 ? '' : `, which the placement does not select: it selects ${joinWords([...chosen], 'and')}`;
}
