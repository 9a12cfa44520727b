import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { type Spread, spreadCause, spreadsOf } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters_by_cluster.go and select_groups.go */
export const requireMaxGroups = defineRule({
  id: 'require-max-groups',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P31'],
  summary: 'Every spread constraint by cluster or region sets maxGroups.',
  rationale: 'an omitted maxGroups is 0, and Karmada then selects 0 groups instead of all',
  check({ placements, report }) {
    for (const { policy, placement, key } of placements) {
      if (ignoresSpreadConstraints(placement)) continue;
      const spreads = spreadsOf(placement);
      const byRegion = spreads.some(({ field }) => field === 'region');
      for (const spread of spreads) {
        const { constraint, field, path } = spread;
        if (constraint.maxGroups || (field !== 'cluster' && field !== 'region')) continue;
        const stated = constraint.maxGroups === 0 ? 'maxGroups is 0' : 'maxGroups is omitted, which is 0';
        report({
          at: policy.manifest,
          path: `${path}.maxGroups`,
          message: `${stated} and not "no limit": ${consequence(spread, byRegion)}`,
          fix: `write maxGroups: ${Math.max(constraint.minGroups ?? 1, 2)} or more, the maximum number of ${field}s to spread over`,
          cause: spreadCause(key),
        });
      }
    }
  },
});

function consequence({ field }: Spread, byRegion: boolean): string {
  if (field === 'region') return 'no combination of regions is allowed, so scheduling always fails';
  if (byRegion) return 'exactly one cluster of each selected region is used';
  return 'no cluster is selected, so nothing is scheduled';
}
