import { policyKey } from '../../planner/control-plane-state/policy';
import { isOverride, selectorCause, selectorText } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/detector/detector.go, LookForMatchedPolicy */
export const noClusterScopedSelector = defineRule({
  id: 'no-cluster-scoped-selector',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P06'],
  rank: 50,
  summary: 'A policy in a namespace selects namespaced kinds only.',
  rationale:
    'Karmada looks at policies of a namespace for objects of that namespace alone, so the selector never matches',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'clusterScoped') continue;
      const clusterKind = isOverride(policy) ? 'ClusterOverridePolicy' : 'ClusterPropagationPolicy';
      report({
        at: policy.manifest,
        path,
        message: `${policyKey(policy)} selects ${selectorText(selector)}, and a ${selector.kind} has no namespace`,
        fix: `move the selector to a ${clusterKind}`,
        cause: selectorCause(entry),
      });
    }
  },
});
