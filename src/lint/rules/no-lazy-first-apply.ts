import { appendTo } from '../../kubernetes/map-entries';
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
  summary: 'No Lazy policy is applied together with the objects that it selects.',
  rationale:
    'an object that exists before its Lazy policy is claimed, but not propagated until the object itself changes',
  check(context) {
    const claimed = new Map<PropagationPolicy, string[]>();
    for (const { template, winner } of context.policyChoices) {
      if (winner?.policy.spec.activationPreference !== 'Lazy') continue;
      appendTo(claimed, winner.policy, objectKey(template.object));
    }
    for (const [policy, keys] of claimed) {
      context.report({
        at: policy.manifest,
        path: 'spec.activationPreference',
        message: `${policyKey(policy)} is Lazy and is applied together with ${joinWords(keys, 'and')}: objects that exist before the policy are not propagated`,
        fix: 'remove activationPreference: Lazy until the objects are propagated, or apply the policy before them',
      });
    }
  },
});
