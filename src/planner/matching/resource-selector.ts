import type { ResourceSelectorSpec } from '../../karmada/propagation-spec';
import { labelMatcher } from '../../kubernetes/label-selector';
import type { KubernetesObject } from '../../kubernetes/object';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';

/**
 * How precisely a selector matches a template: 0 not at all, 1 everything of the kind, 2 by labels, 3 by name.
 *
 * @see Karmada v1.18.2 pkg/util/selector.go, ImplicitPriority
 */
export type ImplicitPriority = 0 | 1 | 2 | 3;

/**
 * How precisely one selector matches a template. A name makes the label selector count for nothing.
 *
 * @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority
 */
export function selectorPriority(template: KubernetesObject, selector: ResourceSelectorSpec): ImplicitPriority {
  if (selector.apiVersion !== template.apiVersion || selector.kind !== template.kind) return 0;
  if (selector.namespace && selector.namespace !== textOf(template.metadata?.namespace)) return 0;
  if (selector.name) return selector.name === textOf(template.metadata?.name) ? 3 : 0;
  if (selector.labelSelector === undefined || selector.labelSelector === null) return 1;
  return labelMatcher(selector.labelSelector)(stringMapOf(template.metadata?.labels)) ? 2 : 0;
}
