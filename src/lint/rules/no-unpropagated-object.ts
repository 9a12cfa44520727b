import type { Severity } from '../../model/finding';
import { objectKey } from '../../model/kubernetes-object';
import type { Manifest } from '../../model/manifest';
import type { ResourceSelectorSpec } from '../../model/propagation-spec';
import { SelectorIndex } from '../../planner/matching/selector-index';
import { fieldAt, listOf, textOf } from '../../planner/plain-data';
import { definedKind, definitionCause, isDefinition } from '../custom-definitions';
import { FollowedReferences } from '../followed-references';
import { HomeObjects } from '../home-objects';
import { isMadeByKubernetes } from '../made-elsewhere';
import { NeighbourPolicies } from '../neighbour-policies';
import { podTemplateOf } from '../pod-template';
import { policyChoices } from '../policy-choice';
import { PolicySelectors, selectorCause } from '../policy-selectors';
import { defineRule, type RuleContext } from '../rule';
import { duplicatesCause, shadowedIn } from '../shadowed';

/** @see Karmada v1.18.2 pkg/detector/policy.go, propagateResource */
export const noUnpropagatedObject = defineRule({
  id: 'no-unpropagated-object',
  severity: 'error',
  layer: 'federation',
  summary: 'Every object that Karmada can propagate is selected by a policy, or brought along by one that is.',
  rationale: 'what no policy selects waits in the control plane and reaches no cluster, without an error',
  check(context) {
    const { federation, report } = context;
    const choices = policyChoices(context);
    const unmatched = choices.filter(({ template, winner }) => !winner && isOnItsOwn(template));
    if (unmatched.length === 0) return;
    const followed = new FollowedReferences(choices, context);
    const home = new HomeObjects(choices, federation);
    const neighbours = new NeighbourPolicies(choices, federation);
    const causeOf = causes(context);
    for (const { template } of unmatched) {
      const { object } = template;
      if (followed.has(object)) continue;
      const severity = home.has(object) ? 'info' : severityOf(template, context);
      report({
        at: template,
        severity,
        message: `${objectKey(object)} is selected by no policy`,
        fix: neighbours.fixFor(template),
        cause: causeOf(template),
      });
    }
  },
});

/** Not a Namespace, nor what its owner or Kubernetes makes anew in each cluster. */
function isOnItsOwn({ object }: Manifest): boolean {
  const { apiVersion, kind, metadata } = object;
  if (apiVersion === 'v1' && kind === 'Namespace') return false;
  if (listOf(metadata?.['ownerReferences']).length > 0) return false;
  return !isMadeByKubernetes({ apiVersion, kind, name: textOf(metadata?.name) });
}

function severityOf({ object }: Manifest, { federation }: RuleContext): Severity {
  // Where there is no policy at all, they are probably applied from somewhere else.
  if (federation.propagationPolicies.length === 0) return 'warning';
  const runs = podTemplateOf(object) !== undefined || (object.apiVersion === 'v1' && object.kind === 'Service');
  return runs ? 'error' : 'warning';
}

/** Where a selector with a fault, or a policy that another one replaces, is meant for the object, that is to be mended. */
function causes({ federation, manifests }: RuleContext): (template: Manifest) => readonly string[] {
  const selectors = PolicySelectors.of(federation);
  const replaced = new SelectorIndex<Manifest>();
  for (const { manifest, by } of shadowedIn(manifests, federation)) {
    if (by.object.kind !== 'PropagationPolicy' && by.object.kind !== 'ClusterPropagationPolicy') continue;
    const namespace = by.object.metadata?.namespace;
    for (const selector of listOf<ResourceSelectorSpec>(fieldAt(manifest.object.spec, 'resourceSelectors'))) {
      replaced.add(by, [{ ...selector, ...(namespace && { namespace }) }]);
    }
  }
  return (template) => {
    const own = `policy of ${objectKey(template.object)}`;
    const [selector] = selectors.meaning(template);
    if (selector) return [selectorCause(selector), own];
    const [policy] = replaced.matchesOf(template.object);
    if (policy) return [duplicatesCause(policy.owner), own];
    return isDefinition(template.object) ? [definitionCause(definedKind(template.object)), own] : [own];
  };
}
