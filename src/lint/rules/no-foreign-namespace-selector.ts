import { policyKey } from '../../planner/control-plane-state/policy';
import { isOverride, selectorCause, selectorText } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/validation/validation.go, validateResourceSelectors */
export const noForeignNamespaceSelector = defineRule({
  id: 'no-foreign-namespace-selector',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P05'],
  rank: 40,
  summary: 'A namespaced policy selects only objects in its namespace.',
  rationale: 'Karmada rejects the policy since v1.17; older releases accept it, and the selector never matches',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'otherNamespace') continue;
      const clusterKind = isOverride(policy) ? 'ClusterOverridePolicy' : 'ClusterPropagationPolicy';
      report({
        at: policy.manifest,
        path: `${path}.namespace`,
        message: `${policyKey(policy)} selects ${selectorText(selector)} in namespace "${selector.namespace}", but the policy is in "${policy.namespace}"`,
        fix: `remove the namespace, or move the selector to a policy in "${selector.namespace}" or to a ${clusterKind}`,
        cause: selectorCause(entry),
      });
    }
  },
});
