import { listOf } from '../../kubernetes/plain-data';
import { clustersCause } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noExcludedClusterName = defineRule({
  id: 'no-excluded-cluster-name',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P35'],
  rank: 200,
  summary: 'No affinity names a cluster and excludes it.',
  rationale: 'exclude is looked at first and wins',
  check({ clusterLists, report }) {
    for (const { at, key, affinities, pathOf } of clusterLists.affinities) {
      for (const [position, affinity] of affinities.entries()) {
        if (!affinity?.exclude || !affinity.clusterNames) continue;
        const excluded = new Set(listOf(affinity.exclude));
        for (const [index, name] of listOf(affinity.clusterNames).entries()) {
          if (!excluded.has(name)) continue;
          report({
            at,
            path: `${pathOf(position)}.clusterNames[${index}]`,
            message: `cluster "${String(name)}" is named and excluded: it does not take part`,
            fix: `remove "${String(name)}" from exclude if it should take part, or from clusterNames if not`,
            cause: clustersCause(key),
          });
        }
      }
    }
  },
});
