import { explicitPriority, policyKey } from '../../planner/control-plane-state/policy';
import { listedKeys } from '../analysis/policy-contests';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/preemption.go; pkg/features/features.go, PropagationPolicyPreemption */
export const noPriorityWithoutPreemption = defineRule({
  id: 'no-priority-without-preemption',
  severity: 'info',
  layer: 'federation',
  pitfalls: ['P10'],
  summary: 'The policy that gets an object does not depend on the order of applying.',
  rationale:
    'priority is considered only while an object is unclaimed; a policy that has claimed it keeps it, even if a policy with a higher priority is added later',
  check(context) {
    for (const { winner, loser, templates, by } of context.policyContests) {
      // For preemption: Always, no-undeclared-feature-gate reports the missing gate.
      if (by !== 'priority' || winner.policy.spec.preemption === 'Always') continue;
      const [won, lost] = [policyKey(winner.policy), policyKey(loser.policy)];
      const what = listedKeys(templates);
      const it = templates.length === 1 ? 'it' : 'them';
      context.report({
        at: winner.policy.manifest,
        path: 'spec.priority',
        message: `${won} gets ${what} only because its priority ${explicitPriority(winner.policy)} is higher than ${explicitPriority(loser.policy)}: if ${lost} has already claimed ${it}, it keeps ${it}`,
        fix: `select ${it} in only one of the two policies, or set preemption: Always and enable the feature gate PropagationPolicyPreemption`,
      });
    }
  },
});
