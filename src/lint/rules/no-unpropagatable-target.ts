import { policyKey } from '../../planner/control-plane-state/policy';
import { isOverride, selectorCause, selectorText } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/apigroup.go; pkg/detector/detector.go, EventFilter */
export const noUnpropagatableTarget = defineRule({
  id: 'no-unpropagatable-target',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P04'],
  rank: 30,
  summary: 'No policy selects objects that Karmada never propagates.',
  rationale:
    'Karmada never propagates its own API objects, Events, Leases and the objects of system namespaces, so the selector never matches',
  check({ policySelectors, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      if (fault?.type !== 'neverPropagated') continue;
      const inNamespace = fault.field === 'namespace';
      const ownNamespace = inNamespace && !selector.namespace;
      const verb = isOverride(policy) ? 'override' : 'propagate';
      report({
        at: policy.manifest,
        path: ownNamespace ? 'metadata.namespace' : `${path}.${fault.field}`,
        message: `${policyKey(policy)} selects ${selectorText(selector)}, and ${fault.why}`,
        fix: inNamespace
          ? 'move the objects to propagate into another namespace'
          : `remove the selector: there is nothing to ${verb}`,
        cause: selectorCause(entry),
      });
    }
  },
});
