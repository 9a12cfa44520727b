import { appendTo } from '../../kubernetes/map-entries';
import { joinWords } from '../../problem/words';
import type { WeightRule } from '../analysis/static-weight-rules';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go, getStaticWeightInfoList */
export const noOverlappingWeights = defineRule({
  id: 'no-overlapping-weights',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P25'],
  summary: 'No cluster matches several static weights.',
  rationale:
    'if several weights match a cluster, Karmada uses the highest one, not the sum, the first one or the most precise one',
  check(context) {
    for (const { policy, key, rules, chosen } of context.weightedPlacements) {
      const byCluster = new Map<string, WeightRule[]>();
      for (const rule of rules) {
        if (rule.broken) continue;
        for (const cluster of rule.matches) {
          if (!chosen.has(cluster)) continue;
          appendTo(byCluster, cluster, rule);
        }
      }
      const overlaps = new Map<WeightRule, { readonly clusters: string[]; readonly weights: readonly number[] }>();
      for (const [cluster, matching] of byCluster) {
        const last = matching[matching.length - 1] as WeightRule;
        if (matching.length < 2) continue;
        const overlap = overlaps.get(last);
        if (overlap) overlap.clusters.push(cluster);
        else overlaps.set(last, { clusters: [cluster], weights: matching.map(({ weight }) => weight) });
      }
      for (const [rule, { clusters, weights }] of overlaps) {
        context.report({
          at: policy.manifest,
          path: `${rule.path}.targetCluster`,
          message: `${joinWords(clusters, 'and')} ${clusters.length === 1 ? 'has' : 'have'} the weights ${joinWords(weights.map(String), 'and')} in ${key}: ${Math.max(...weights)} is used`,
          fix: `match ${joinWords(clusters, 'and')} in only one entry of the staticWeightList`,
        });
      }
    }
  },
});
