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
  summary: 'No policy selects what Karmada never propagates.',
  rationale:
    'Karmada keeps its own API objects, Events, Leases and the system namespaces at home, so the selector never matches',
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
          ? 'put what is to be propagated into a namespace of its own'
          : `remove the selector: there is nothing to ${verb}`,
        cause: selectorCause(entry),
      });
    }
  },
});
