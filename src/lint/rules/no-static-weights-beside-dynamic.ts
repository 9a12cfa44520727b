import { listOf } from '../../kubernetes/plain-data';
import { strategyOf } from '../../planner/schedule/strategy';
import { placementPath } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/assignment.go, newAssignState */
export const noStaticWeightsBesideDynamic = defineRule({
  id: 'no-static-weights-beside-dynamic',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P28'],
  summary: 'A weight preference has static weights or a dynamic weight, not both.',
  rationale: 'Karmada looks at dynamicWeight first and never at the static weights beside it',
  check({ placements, report }) {
    for (const { policy, placement } of placements) {
      if (strategyOf(placement) !== 'DynamicWeight') continue;
      const preference = placement.replicaScheduling?.weightPreference;
      const rules = listOf(preference?.staticWeightList).length;
      if (rules === 0) continue;
      report({
        at: policy.manifest,
        path: `${placementPath}.replicaScheduling.weightPreference.staticWeightList`,
        message: `${rules === 1 ? 'the static weight is' : `the ${rules} static weights are`} ignored: staticWeightList stands beside dynamicWeight: ${preference?.dynamicWeight}`,
        fix: 'remove dynamicWeight to divide by the static weights, or staticWeightList to divide by free capacity',
      });
    }
  },
});
