import { textOf } from '../../kubernetes/plain-data';
import { policyKey } from '../../planner/control-plane-state/policy';
import { defineRule } from '../engine/rule';

const karmadaScheduler = 'default-scheduler';

/** @see Karmada v1.18.2 pkg/scheduler/event_handler.go, schedulerNameFilter */
export const noForeignScheduler = defineRule({
  id: 'no-foreign-scheduler',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P15'],
  summary: 'Every policy uses the Karmada scheduler.',
  rationale: `Karmada's scheduler handles only bindings with the scheduler name "${karmadaScheduler}", and schedulerName is immutable`,
  check({ controlPlane, report }) {
    for (const policy of controlPlane.propagationPolicies) {
      const name = textOf(policy.spec.schedulerName);
      if (name === '' || name === karmadaScheduler) continue;
      report({
        at: policy.manifest,
        path: 'spec.schedulerName',
        message: `${policyKey(policy)} uses the scheduler "${name}": nothing is placed unless a scheduler with that name runs`,
        fix: `remove schedulerName, or write ${karmadaScheduler}`,
      });
    }
  },
});
