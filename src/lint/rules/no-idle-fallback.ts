import { needsCapacities, strategyOf } from '../../planner/schedule/strategy';
import { joinWords } from '../../problem/words';
import type { ClaimedTemplate } from '../analysis/claimed-templates';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/scheduler.go, scheduleResourceBindingWithClusterAffinities */
export const noIdleFallback = defineRule({
  id: 'no-idle-fallback',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P37'],
  summary: 'A placement with fallback affinity groups divides by capacity.',
  rationale:
    'a later group is used only if scheduling to the earlier one fails; when capacity is not considered, it fails only if none of its clusters passes the filters; Karmada never returns to the first group by itself',
  check({ placements, claimsByPolicy, report }) {
    for (const { policy, key, placement, groups } of placements) {
      const strategy = strategyOf(placement);
      const terms = groups.filter(({ overflowOf }) => overflowOf === undefined);
      const [first, second] = terms;
      if (strategy === undefined || needsCapacities(strategy) || first?.name === undefined || !second) continue;
      const later = terms.slice(1).map(({ name }) => `"${name}"`);
      const how =
        strategy === 'Duplicated' ? 'runs all replicas in every cluster (Duplicated)' : 'divides by static weights';
      report({
        at: policy.manifest,
        path: second.path,
        // Failing clusters are tainted, and then the filters reject them. Without capacity, all objects choose the same group, which
        // keeps a workload and its Service together.
        ...((policy.spec.failover?.cluster || sendsOthersToo(claimsByPolicy.get(policy))) && { severity: 'info' }),
        message: `affinity ${later.length === 1 ? 'group' : 'groups'} ${joinWords(later, 'and')} will not be used when "${first.name}" is full: ${policy.name} ${how}, which ignores capacity`,
        fix: 'divide by capacity (replicaDivisionPreference: Aggregated, or dynamicWeight: AvailableReplicas), or write one clusterAffinity',
        cause: `fallback of ${key}`,
      });
    }
  },
});

/** Whether a policy sends a workload and objects without replicas. */
function sendsOthersToo(claims: readonly ClaimedTemplate[] = []): boolean {
  return claims.some(({ countsReplicas }) => countsReplicas) && claims.some(({ countsReplicas }) => !countsReplicas);
}
