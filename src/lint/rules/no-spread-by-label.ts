import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { spreadCause, spreadsOf } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters.go, SelectBestClusters */
export const noSpreadByLabel = defineRule({
  id: 'no-spread-by-label',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P32'],
  summary: 'No spread constraint uses spreadByLabel.',
  rationale: 'the API has the field, but the scheduler does not support it',
  check({ placements, report }) {
    for (const { policy, placement, key } of placements) {
      const spreads = spreadsOf(placement);
      const ignored =
        ignoresSpreadConstraints(placement) || spreads.some(({ field }) => field === 'cluster' || field === 'region');
      for (const { constraint, path } of spreads) {
        if (!constraint.spreadByLabel) continue;
        const effect = ignored ? 'the constraint is ignored' : 'scheduling fails';
        report({
          at: policy.manifest,
          path: `${path}.spreadByLabel`,
          message: `spreadByLabel "${constraint.spreadByLabel}" is not implemented in Karmada's scheduler: ${effect}`,
          fix: 'use spreadByField: cluster, or region in addition to cluster',
          cause: spreadCause(key),
        });
      }
    }
  },
});
