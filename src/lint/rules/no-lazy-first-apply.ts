import { objectKey } from '../../kubernetes/object';
import type { PropagationPolicy } from '../../planner/control-plane-state/policy';
import { policyKey } from '../../planner/control-plane-state/policy';
import { joinWords } from '../../problem/words';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/detector.go, ApplyPolicy */
export const noLazyFirstApply = defineRule({
  id: 'no-lazy-first-apply',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P13'],
  summary: 'No Lazy policy comes in one set with the objects it is to propagate.',
  rationale:
    'an object that is there before its Lazy policy is claimed, and not propagated until the object itself changes',
  check(context) {
    const claimed = new Map<PropagationPolicy, string[]>();
    for (const { template, winner } of context.policyChoices) {
      if (winner?.policy.spec.activationPreference !== 'Lazy') continue;
      const keys = claimed.get(winner.policy);
      if (keys) keys.push(objectKey(template.object));
      else claimed.set(winner.policy, [objectKey(template.object)]);
    }
    for (const [policy, keys] of claimed) {
      context.report({
        at: policy.manifest,
        path: 'spec.activationPreference',
        message: `${policyKey(policy)} is Lazy and comes together with ${joinWords(keys, 'and')}: what is applied before the policy is not propagated`,
        fix: 'remove activationPreference: Lazy until the objects are propagated, or apply the policy before them',
      });
    }
  },
});
