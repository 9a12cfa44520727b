import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { KubernetesObject } from '../../kubernetes/object';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';

/**
 * How precisely a selector matches a template: 0 no match, 1 by kind, 2 by labels, 3 by name.
 *
 * @see Karmada v1.18.2 pkg/util/selector.go, ImplicitPriority
 */
export type ImplicitPriority = 0 | 1 | 2 | 3;

/** A compiled resource selector. */
export type ResourceMatcher = (template: KubernetesObject) => ImplicitPriority;

/**
 * Compiles a resource selector, to match many templates with it. If it has a name, its label selector is ignored.
 *
 * @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority
 */
export function compileResourceSelector(selector: ResourceSelectorSpec): ResourceMatcher {
  const { apiVersion, kind, namespace, name, labelSelector } = selector;
  const byLabels =
    labelSelector === undefined || labelSelector === null ? undefined : compileLabelSelector(labelSelector);
  return (template) => {
    if (apiVersion !== template.apiVersion || kind !== template.kind) return 0;
    const { metadata } = template;
    if (namespace && namespace !== textOf(metadata?.namespace)) return 0;
    if (name) return name === textOf(metadata?.name) ? 3 : 0;
    if (byLabels === undefined) return 1;
    return byLabels(stringMapOf(metadata?.labels)) ? 2 : 0;
  };
}

/** How precisely one selector matches one template. */
export function selectorPriority(template: KubernetesObject, selector: ResourceSelectorSpec): ImplicitPriority {
  return compileResourceSelector(selector)(template);
}
