import { karmadaKind } from '../../admission/schema/tables';
import { isKarmadaGroup } from '../../karmada/group';
import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf } from '../../kubernetes/plain-data';
import { SelectorIndex } from '../../planner/matching/selector-index';
import type { LintInput } from './lint-input';
import { duplicatesCause, type Overwritten } from './overwritten';
import { type PolicySelectors, selectorCause } from './policy-selectors';

/** Common cause of findings about an object that no policy selects. */
export function policyCause(template: Manifest): string {
  return `policy of ${objectKey(template.object)}`;
}

/**
 * Causes of a template that no policy selects: an invalid selector or a replaced policy that was intended for it comes
 * first.
 */
export function causesOfUnselected({
  policySelectors,
  overwritten,
  manifests,
  karmada,
}: Pick<LintInput, 'manifests' | 'karmada'> & {
  readonly policySelectors: PolicySelectors;
  readonly overwritten: readonly Overwritten[];
}): (template: Manifest) => readonly string[] {
  const replaced = replacedSelectors(overwritten);
  const refused = refusedSelectors(manifests, karmada);
  return (template) => {
    const { object } = template;
    const own = [policyCause(template), ...(isDefinition(object) ? [definitionCause(definedKind(object))] : [])];
    const [selector] = policySelectors.meaning(template);
    if (selector) return [selectorCause(selector), ...own];
    const [policy] = replaced.matchesOf(object);
    if (policy) return [duplicatesCause(policy.owner), ...own];
    const [misspelled] = refused.matchesOf(object);
    return misspelled ? [kindCause(misspelled.owner), ...own] : own;
  };
}

/** Common cause of findings about an object of a kind that the API server does not have. */
export function kindCause({ object }: Manifest): string {
  return `kind of ${objectKey(object)}`;
}

/** Selectors of objects that would be policies if their kind were written in the right way. */
function refusedSelectors(manifests: readonly Manifest[], karmada: KarmadaVersion): SelectorIndex<Manifest> {
  const index = new SelectorIndex<Manifest>();
  for (const manifest of manifests) {
    const { apiVersion, kind, spec } = manifest.object;
    const selectors = listOf<ResourceSelectorSpec>(fieldAt(spec, 'resourceSelectors'));
    if (selectors.length === 0 || karmadaKind(apiVersion, kind, karmada)) continue;
    if (isKarmadaGroup(apiGroup(apiVersion)) && /prop.*polic/i.test(kind)) index.add(manifest, selectors);
  }
  return index;
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

/** Common cause of findings about a custom kind that members do not serve. */
export function definitionCause(kind: string): string {
  return `definition of ${kind}`;
}
