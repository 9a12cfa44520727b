import type { ReplicaSchedulingSpec } from '../../karmada/policy-spec';
import { recordOf } from '../../kubernetes/plain-data';
import { strategyOf } from '../../planner/schedule/strategy';
import { placementPath } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/assignment.go, newAssignState */
export const noIgnoredDivisionSettings = defineRule({
  id: 'no-ignored-division-settings',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P29'],
  summary: 'A placement has only the replicaScheduling settings that its type uses.',
  rationale: 'Karmada reads only the settings of the chosen strategy and ignores the others',
  check({ placements, report }) {
    for (const { policy, placement, key } of placements) {
      const scheduling = recordOf(placement.replicaScheduling) as ReplicaSchedulingSpec | undefined;
      if (!scheduling) continue;
      const strategy = strategyOf(placement);
      const weights = weightsIn(scheduling);
      const path = `${placementPath}.replicaScheduling`;
      const cause = `division of ${key}`;
      if (strategy === 'Aggregated' && weights !== undefined) {
        report({
          at: policy.manifest,
          path: `${path}.weightPreference`,
          message: `${weights} ignored: replicaDivisionPreference Aggregated fills as few clusters as possible`,
          fix: 'set replicaDivisionPreference: Weighted to divide by weight, or remove weightPreference',
          cause,
        });
      }
      if (strategy !== 'Duplicated') continue;
      if (weights !== undefined) {
        report({
          at: policy.manifest,
          path: `${path}.weightPreference`,
          message: `${weights} ignored: replicaSchedulingType Duplicated runs all replicas in every cluster`,
          fix: 'set replicaSchedulingType: Divided to divide by weight, or remove weightPreference',
          cause,
        });
      }
      if (scheduling.replicaDivisionPreference) {
        report({
          at: policy.manifest,
          path: `${path}.replicaDivisionPreference`,
          message: `replicaDivisionPreference ${scheduling.replicaDivisionPreference} is ignored: replicaSchedulingType Duplicated runs all replicas in every cluster`,
          fix: 'set replicaSchedulingType: Divided to divide the replicas, or remove replicaDivisionPreference',
          cause,
        });
      }
    }
  },
});

/** The weights with their verb; undefined if there are none. */
function weightsIn({ weightPreference }: ReplicaSchedulingSpec): string | undefined {
  if (weightPreference?.dynamicWeight) return `weightPreference.dynamicWeight ${weightPreference.dynamicWeight} is`;
  const rules = weightPreference?.staticWeightList;
  if (!Array.isArray(rules) || rules.length === 0) return undefined;
  return rules.length === 1
    ? 'the weight in weightPreference is'
    : `the ${rules.length} weights in weightPreference are`;
}
