import { compileLabelSelector } from '../../kubernetes/label-selector';
import { objectKey } from '../../kubernetes/object';
import { recordOf, stringMapOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { policyKey } from '../../planner/control-plane-state/policy';
import type { PolicySelector } from '../analysis/policy-selectors';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority */
export const noIgnoredLabelSelector = defineRule({
  id: 'no-ignored-label-selector',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P12'],
  summary: 'Every label selector of a resource selector has an effect.',
  rationale:
    'a selector with a name matches only by name, and an empty label selector matches every object of the kind',
  check({ policySelectors, controlPlane, report }) {
    for (const entry of policySelectors.all) {
      const { policy, selector, path, fault } = entry;
      const { name, kind } = selector;
      const labels = recordOf(selector.labelSelector);
      if (!labels || fault) continue;
      const at = { at: policy.manifest, path: `${path}.labelSelector` };
      if (name) {
        report({
          ...at,
          message: `${policyKey(policy)} selects ${kind} "${name}" by name, so its labelSelector is ignored${contradiction(entry, controlPlane)}`,
          fix: `remove the labelSelector, or remove name: ${name} to select by label`,
        });
      } else if (isEmpty(labels['matchLabels']) && isEmpty(labels['matchExpressions'])) {
        report({
          ...at,
          message: `the empty labelSelector of ${policyKey(policy)} selects every ${kind}and takes precedence over a policy that selects every ${kind} without one`,
          why: 'an empty label selector matches every object of the kind, but ranks above a selector without labels in a policy of the same priority',
          fix: 'remove the labelSelector, or add the intended labels',
        });
      }
    }
  },
});

/** If the labels do not match the named object, the selector does not do what its author intended. */
function contradiction({ policy, selector }: PolicySelector, controlPlane: ControlPlaneState): string {
  const { apiVersion, kind, name = '', labelSelector } = selector;
  const namespace = selector.namespace || policy.namespace;
  const object = controlPlane.find({ apiVersion, kind, namespace, name })?.object;
  if (!object || !labelSelector || compileLabelSelector(labelSelector)(stringMapOf(object.metadata?.labels))) return '';
  return `: ${objectKey(object)} is selected although its labels do not match`;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : Object.keys(recordOf(value) ?? {}).length === 0;
}
