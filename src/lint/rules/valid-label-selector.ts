import { policyKey } from '../../planner/control-plane-state/policy';
import { selectorCause } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority */
export const validLabelSelector = defineRule({
  id: 'valid-label-selector',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P11'],
  rank: 70,
  summary: 'The label selector of every resource selector is valid.',
  rationale: 'an invalid label selector matches nothing, without an error',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'brokenLabels') continue;
      report({
        at: policy.manifest,
        path: `${path}.labelSelector.${fault.problem.path}`,
        message: `${policyKey(policy)} selects no ${selector.kind} at all: ${fault.problem.what}`,
        fix: fault.problem.fix,
        cause: selectorCause(entry),
      });
    }
  },
});
