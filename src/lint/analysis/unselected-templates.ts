import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { fieldAt, listOf } from '../../kubernetes/plain-data';
import { SelectorIndex } from '../../planner/matching/selector-index';
import { duplicatesCause, type Overwritten } from './overwritten';
import { type PolicySelectors, selectorCause } from './policy-selectors';

/** What makes findings about an object that no policy selects one mistake. */
export function policyCause(template: Manifest): string {
  return `policy of ${objectKey(template.object)}`;
}

/**
 * Causes of a template that no policy selects. Where a selector with a fault, or a policy that another one replaces, is
 * meant for it, that is what has to be mended.
 */
export function causesOfUnselected({
  policySelectors,
  overwritten,
}: {
  readonly policySelectors: PolicySelectors;
  readonly overwritten: readonly Overwritten[];
}): (template: Manifest) => readonly string[] {
  const replaced = replacedSelectors(overwritten);
  return (template) => {
    const { object } = template;
    const own = [policyCause(template), ...(isDefinition(object) ? [definitionCause(definedKind(object))] : [])];
    const [selector] = policySelectors.meaning(template);
    if (selector) return [selectorCause(selector), ...own];
    const [policy] = replaced.matchesOf(object);
    return policy ? [duplicatesCause(policy.owner), ...own] : own;
  };
}

function replacedSelectors(overwritten: readonly Overwritten[]): SelectorIndex<Manifest> {
  const index = new SelectorIndex<Manifest>();
  for (const { manifest, by } of overwritten) {
    if (by.object.kind !== 'PropagationPolicy' && by.object.kind !== 'ClusterPropagationPolicy') continue;
    const namespace = by.object.metadata?.namespace;
    for (const selector of listOf<ResourceSelectorSpec>(fieldAt(manifest.object.spec, 'resourceSelectors'))) {
      index.add(by, [{ ...selector, ...(namespace && { namespace }) }]);
    }
  }
  return index;
}

/** What makes findings about a custom kind that members do not serve one mistake. */
export function definitionCause(kind: string): string {
  return `definition of ${kind}`;
}
