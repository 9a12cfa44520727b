import { topologyOf } from '../../karmada/cluster';
import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { joinWords } from '../../problem/words';
import { spreadCause, spreadsOf } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters.go, SelectBestClusters */
export const noSpreadByZoneOrProvider = defineRule({
  id: 'no-spread-by-zone-or-provider',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P33'],
  summary: 'No spread constraint spreads by zone or provider.',
  rationale:
    'Karmada spreads only over clusters and regions; a constraint by zone or provider only excludes clusters without a value',
  check({ placements, fleet, report }) {
    for (const { policy, placement, key } of placements) {
      if (ignoresSpreadConstraints(placement)) continue;
      for (const { constraint, field, path } of spreadsOf(placement)) {
        if (field !== 'zone' && field !== 'provider') continue;
        const { minGroups, maxGroups } = constraint;
        const limits = [minGroups && `minGroups ${minGroups}`, maxGroups && `maxGroups ${maxGroups}`].filter(Boolean);
        const without = (fleet ?? [])
          .filter((cluster) => topologyOf(cluster, field).length === 0)
          .map(({ name }) => name);
        const counts =
          limits.length > 0 ? `, and ${limits.join(' and ')} ${limits.length > 1 ? 'are' : 'is'} ignored` : '';
        report({
          at: policy.manifest,
          path: `${path}.spreadByField`,
          message: `spreadByField ${field} spreads nothing${counts}: it only excludes clusters without a ${field}${without.length > 0 ? `, here ${joinWords(without, 'and')}` : ''}`,
          fix: `spread by region and cluster, or select the ${field}s with a fieldSelector in clusterAffinity`,
          cause: spreadCause(key),
        });
      }
    }
  },
});
