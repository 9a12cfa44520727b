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
  summary: 'A namespaced policy selects only namespaced kinds.',
  rationale: 'a namespaced policy applies only to objects in its namespace, so the selector never matches',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'clusterScoped') continue;
      const clusterKind = isOverride(policy) ? 'ClusterOverridePolicy' : 'ClusterPropagationPolicy';
      report({
        at: policy.manifest,
        path,
        message: `${policyKey(policy)} selects ${selectorText(selector)}, but ${selector.kind} is cluster-scoped`,
        fix: `move the selector to a ${clusterKind}`,
        cause: selectorCause(entry),
      });
    }
  },
});
