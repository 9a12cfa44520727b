import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { placementPath, type Spread, spreadCause, spreadsOf } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/select_clusters.go, shouldIgnoreSpreadConstraint */
export const noSpreadWithStaticWeights = defineRule({
  id: 'no-spread-with-static-weights',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P30'],
  summary: 'A placement that divides by static weights has no spread constraints.',
  rationale: 'with static weights every cluster that passes the filters is used, regardless of the spread constraints',
  check({ placements, report }) {
    for (const { policy, placement, key } of placements) {
      const spreads = spreadsOf(placement);
      if (spreads.length === 0 || !ignoresSpreadConstraints(placement)) continue;
      const weights = placement.replicaScheduling?.weightPreference
        ? 'static weights'
        : 'equal static weights, the default of Divided without a weightPreference';
      report({
        at: policy.manifest,
        path: `${placementPath}.spreadConstraints`,
        message: `${spreads.map(described).join(' and ')} ${spreads.length === 1 ? 'is' : 'are'} ignored: ${policy.name} divides by ${weights}`,
        fix: 'list the clusters in clusterAffinity, or divide by dynamicWeight: AvailableReplicas, which respects spread constraints',
        cause: spreadCause(key),
      });
    }
  },
});

/** Describes a constraint, for example `the spread over 2 to 3 regions`. */
function described({ constraint, field }: Spread): string {
  const [least, most] = [constraint.minGroups || 1, constraint.maxGroups];
  const groups = (count: number) => {
    if (field === '') return `${count === 1 ? 'value' : 'values'} of label "${constraint.spreadByLabel}"`;
    return count === 1 ? field : `${field}s`;
  };
  if (!most) return `the spread over at least ${least} ${groups(least)}`;
  return `the spread over ${least === most ? most : `${least} to ${most}`} ${groups(most)}`;
}
