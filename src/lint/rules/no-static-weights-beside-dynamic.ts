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
  summary: 'A weight preference has either static weights or a dynamic weight.',
  rationale: 'if dynamicWeight is set, Karmada ignores the static weights',
  check({ placements, report }) {
    for (const { policy, placement } of placements) {
      if (strategyOf(placement) !== 'DynamicWeight') continue;
      const preference = placement.replicaScheduling?.weightPreference;
      const rules = listOf(preference?.staticWeightList).length;
      if (rules === 0) continue;
      report({
        at: policy.manifest,
        path: `${placementPath}.replicaScheduling.weightPreference.staticWeightList`,
        message: `${rules === 1 ? 'the static weight is' : `the ${rules} static weights are`} ignored because dynamicWeight: ${preference?.dynamicWeight} takes precedence over staticWeightList`,
        fix: 'remove dynamicWeight to divide by static weights, or remove staticWeightList to divide by free capacity',
      });
    }
  },
});
