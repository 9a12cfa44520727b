import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { KubernetesObject } from '../../kubernetes/object';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';

/**
 * How precisely a selector matches a template: 0 not at all, 1 everything of the kind, 2 by labels, 3 by name.
 *
 * @see Karmada v1.18.2 pkg/util/selector.go, ImplicitPriority
 */
export type ImplicitPriority = 0 | 1 | 2 | 3;

/** A resource selector that has been read once and can be asked about many templates. */
export type ResourceMatcher = (template: KubernetesObject) => ImplicitPriority;

/**
 * Reads a resource selector once, for asking how precisely it matches templates. A name makes the label selector count
 * for nothing.
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
