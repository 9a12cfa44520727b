import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import { listOf } from '../../kubernetes/plain-data';
import { joinWords } from '../../problem/words';
import { clustersCause } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/binding/common.go, shouldSuspendDispatching */
export const noSuspensionOutsidePlacement = defineRule({
  id: 'no-suspension-outside-placement',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P60'],
  summary: 'Dispatching is suspended only for clusters that the policy places something in.',
  rationale: 'nothing is dispatched to a cluster outside the placement, so the suspension has no effect',
  check({ placements, fleet, karmada, report }) {
    if (!fleet) return;
    for (const { policy, key, groups } of placements) {
      const suspended = listOf<string>(policy.spec.suspension?.dispatchingOnClusters?.clusterNames);
      if (suspended.length === 0 || groups.length === 0) continue;
      const matchers = groups.map(({ affinity }) => compileClusterAffinity(affinity, karmada));
      const placed = fleet.filter((cluster) => matchers.some((matches) => matches(cluster))).map(({ name }) => name);
      for (const [index, name] of suspended.entries()) {
        if (placed.includes(name)) continue;
        report({
          at: policy.manifest,
          path: `spec.suspension.dispatchingOnClusters.clusterNames[${index}]`,
          message: `suspends dispatching to "${name}", which is not in the placement (${joinWords(placed, 'and') || 'empty'})`,
          fix: placed.length === 0 ? `remove "${name}"` : `name one of ${joinWords(placed)}, or remove "${name}"`,
          ...(!fleet.some((cluster) => cluster.name === name) && { cause: clustersCause(key) }),
        });
      }
    }
  },
});
