import { anyText, listOf } from '../../kubernetes/plain-data';
import { clustersCause } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noExcludedClusterName = defineRule({
  id: 'no-excluded-cluster-name',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P35'],
  rank: 200,
  summary: 'No affinity both names and excludes a cluster.',
  rationale: 'exclude takes precedence over clusterNames',
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
            message: `cluster "${anyText(name)}" is both named and excluded, so it is not selected`,
            fix: `remove "${anyText(name)}" from exclude to select it, or from clusterNames to leave it out`,
            cause: clustersCause(key),
          });
        }
      }
    }
  },
});
