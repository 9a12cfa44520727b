import { recordOf } from '../../kubernetes/plain-data';
import { placementPath } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, ReplicaSchedulingStrategy */
export const noImplicitDivision = defineRule({
  id: 'no-implicit-division',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P21'],
  summary: 'A placement with replicaScheduling states whether replicas are divided or duplicated.',
  rationale:
    'without replicaScheduling every cluster gets all replicas, but if replicaScheduling is present, its type defaults to Divided by static weights',
  check({ placements, report }) {
    for (const { policy, key, placement } of placements) {
      const scheduling = recordOf(placement.replicaScheduling);
      if (!scheduling || scheduling['replicaSchedulingType'] || scheduling['replicaDivisionPreference']) continue;
      const weights = recordOf(scheduling['weightPreference']) !== undefined;
      report({
        at: policy.manifest,
        path: `${placementPath}.replicaScheduling`,
        message: weights
          ? `replicaScheduling of ${key} has a weightPreference but no replicaSchedulingType: replicas are divided by default`
          : `replicaScheduling of ${key} is empty: replicas are divided equally, not duplicated`,
        fix: weights
          ? 'add replicaSchedulingType: Divided and replicaDivisionPreference: Weighted'
          : 'add replicaSchedulingType: Duplicated or Divided, or remove replicaScheduling, which duplicates',
      });
    }
  },
});
