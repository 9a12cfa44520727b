import { policyKey } from '../../planner/control-plane-state/policy';
import { selectorCause, selectorText } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority */
export const noNamespaceOnClusterSelector = defineRule({
  id: 'no-namespace-on-cluster-selector',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P07'],
  rank: 60,
  summary: 'No selector sets a namespace for a cluster-scoped kind.',
  rationale:
    'the namespace of a cluster-scoped object is empty and never equals the namespace in the selector, so the selector never matches',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'needlessNamespace') continue;
      report({
        at: policy.manifest,
        path: `${path}.namespace`,
        message: `${policyKey(policy)} selects ${selectorText(selector)} in namespace "${selector.namespace}", but ${selector.kind} is cluster-scoped`,
        fix: `remove namespace: ${selector.namespace} from the selector`,
        cause: selectorCause(entry),
      });
    }
  },
});
