import { explicitPriority, policyKey } from '../../planner/control-plane-state/policy';
import { listedKeys } from '../analysis/policy-contests';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/preemption.go; pkg/features/features.go, PropagationPolicyPreemption */
export const noPriorityWithoutPreemption = defineRule({
  id: 'no-priority-without-preemption',
  severity: 'info',
  layer: 'federation',
  pitfalls: ['P10'],
  summary: 'No object goes to another policy when the order of applying changes.',
  rationale:
    'priority decides while nobody has claimed an object; once a policy has, it keeps it against one of higher priority that comes later',
  check(context) {
    for (const { winner, loser, templates, by } of context.policyContests) {
      // With preemption: Always the rule about feature gates says what is missing.
      if (by !== 'priority' || winner.policy.spec.preemption === 'Always') continue;
      const [won, lost] = [policyKey(winner.policy), policyKey(loser.policy)];
      const what = listedKeys(templates);
      const it = templates.length === 1 ? 'it' : 'them';
      context.report({
        at: winner.policy.manifest,
        path: 'spec.priority',
        message: `${won} gets ${what} by its priority ${explicitPriority(winner.policy)} over ${explicitPriority(loser.policy)} alone: where ${lost} has claimed ${it} before, it keeps ${it}`,
        fix: `select ${it} in one of the two policies only, or set preemption: Always and switch on the feature gate PropagationPolicyPreemption`,
      });
    }
  },
});
