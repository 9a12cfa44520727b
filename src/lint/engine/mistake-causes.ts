import type { ResourceSelectorSpec } from '../../karmada/propagation-spec';
import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { fieldAt, listOf } from '../../kubernetes/plain-data';
import { SelectorIndex } from '../../planner/matching/selector-index';
import { definitionCause } from '../analysis/custom-definitions';
import { duplicatesCause, shadowedIn } from '../analysis/overwritten';
import { PolicySelectors, selectorCause } from '../analysis/policy-selectors';
import type { RuleContext } from './rule';

/** What makes findings about an object that no policy selects one mistake. */
export function policyCause(template: Manifest): string {
  return `policy of ${objectKey(template.object)}`;
}

/**
 * Causes of a template that no policy selects. Where a selector with a fault, or a policy that another one replaces, is
 * meant for it, that is what has to be mended.
 */
export function causesOfUnselected({ federation, manifests }: RuleContext): (template: Manifest) => readonly string[] {
  const selectors = PolicySelectors.of(federation);
  const replaced = replacedSelectors(shadowedIn(manifests, federation));
  return (template) => {
    const { object } = template;
    const own = [policyCause(template), ...(isDefinition(object) ? [definitionCause(definedKind(object))] : [])];
    const [selector] = selectors.meaning(template);
    if (selector) return [selectorCause(selector), ...own];
    const [policy] = replaced.matchesOf(object);
    return policy ? [duplicatesCause(policy.owner), ...own] : own;
  };
}

function replacedSelectors(shadowed: ReturnType<typeof shadowedIn>): SelectorIndex<Manifest> {
  const index = new SelectorIndex<Manifest>();
  for (const { manifest, by } of shadowed) {
    if (by.object.kind !== 'PropagationPolicy' && by.object.kind !== 'ClusterPropagationPolicy') continue;
    const namespace = by.object.metadata?.namespace;
    for (const selector of listOf<ResourceSelectorSpec>(fieldAt(manifest.object.spec, 'resourceSelectors'))) {
      index.add(by, [{ ...selector, ...(namespace && { namespace }) }]);
    }
  }
  return index;
}
