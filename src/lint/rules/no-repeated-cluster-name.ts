import { clusterListsIn } from '../cluster-lists';
import { clustersCause } from '../policy-placement';
import { defineRule } from '../rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches */
export const noRepeatedClusterName = defineRule({
  id: 'no-repeated-cluster-name',
  severity: 'warning',
  layer: 'federation',
  summary: 'A list of clusters names each of them once.',
  rationale: 'the second mention adds nothing, so there are fewer clusters than the list seems to have',
  check({ federation, report }) {
    for (const { at, key, owner, names } of clusterListsIn(federation)) {
      // Two quotas for one cluster are more than a repeated name: the second is not applied.
      if (owner === 'staticAssignments') continue;
      const seen = new Set<string>();
      for (const { name, path } of names) {
        if (!seen.has(name)) {
          seen.add(name);
          continue;
        }
        report({
          at,
          path,
          message: `${owner} names cluster "${name}" twice`,
          fix: `remove the second "${name}", or name the cluster that was meant`,
          cause: clustersCause(key),
        });
      }
    }
  },
});
