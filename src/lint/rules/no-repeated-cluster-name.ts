import { clustersCause } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noRepeatedClusterName = defineRule({
  id: 'no-repeated-cluster-name',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P35'],
  rank: 190,
  summary: 'A list of clusters names each cluster only once.',
  rationale: 'the repeated name has no effect, so the list has fewer clusters than it seems',
  check({ clusterLists, report }) {
    clusterLists.visit((names, place) => {
      if (names.length < 2) return;
      const seen = new Set<unknown>();
      for (const [index, name] of names.entries()) {
        if (typeof name !== 'string' || !seen.has(name)) {
          seen.add(name);
          continue;
        }
        const { at, key, owner, pathOf } = place();
        // no-repeated-quota-cluster reports quotas: their second assignment is not applied.
        if (at.object.kind === 'FederatedResourceQuota') return;
        report({
          at,
          path: pathOf(index),
          message: `${owner} names cluster "${name}" twice`,
          fix: `remove the second "${name}", or replace it with the intended cluster`,
          cause: clustersCause(key),
        });
      }
    });
  },
});
