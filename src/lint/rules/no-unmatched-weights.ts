import { joinWords } from '../../problem/words';
import { clustersCause } from '../analysis/policy-placement';
import { ruleTarget, weightsPath } from '../analysis/static-weight-rules';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go, getStaticWeightInfoList */
export const noUnmatchedWeights = defineRule({
  id: 'no-unmatched-weights',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P24'],
  rank: 170,
  summary: 'At least one static weight matches a cluster that the placement selects.',
  rationale: 'if no weight matches a cluster of the placement, all its clusters silently get the same weight',
  check(context) {
    for (const { policy, key, rules, attempts, chosen, weighted } of context.weightedPlacements) {
      if (chosen.size === 0 || rules.some(({ broken }) => broken)) continue;
      const unweighted = attempts.filter((attempt) =>
        attempt.chosen.every(({ cluster }) => !weighted.has(cluster.name)),
      );
      const empty = unweighted.filter((attempt) => attempt.chosen.length > 0);
      if (empty.length === 0) continue;
      const everywhere = unweighted.length === attempts.length;
      const clusters = joinWords(
        [...new Set(empty.flatMap((attempt) => attempt.chosen.map(({ cluster }) => cluster.name)))],
        'and',
      );
      const group = everywhere ? '' : ` in group "${joinWords(empty.map(({ name = '' }) => name))}"`;
      context.report({
        at: policy.manifest,
        path: weightsPath,
        ...(!everywhere && { severity: 'warning' }),
        message: `none of the weights of ${key} is for ${clusters}${group}, so the replicas are divided equally: the weights are for ${joinWords([...new Set(rules.map(ruleTarget))], 'and')}`,
        fix: `add weights for ${clusters}, or remove the staticWeightList to divide equally`,
        cause: clustersCause(key),
      });
    }
  },
});
