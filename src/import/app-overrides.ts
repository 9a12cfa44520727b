import { hasEditedParts } from '../karmada/edited-parts';
import type { OverrideRuleSpec, ResourceSelectorSpec } from '../karmada/policy-spec';
import { referenceKey } from '../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../kubernetes/plain-data';
import { policyCode } from './code/policy-code';
import { derivedPolicyProblem, selectorOf } from './derived-policy';
import type { Item } from './items';
import { firstDifference, normalForm } from './normal-form';
import { mayBe, type ProgramContext } from './object-plan';
import type { LiteralValue } from './print-typescript';

/** An override policy that a FederatedApp derives for one of its objects. */
export interface AppOverride {
  readonly policy: Item;
  readonly object: Item;
  /** `Kind/name` of the object and the name of the policy, if the app would give it another one. */
  readonly naming?: readonly [key: string, name: string];
  readonly rules: readonly LiteralValue[];
  /** Whether the rules edit no other object of the app, so that they need no target. */
  readonly isForOneObject: boolean;
}

/**
 * The override policy as a part of the app that has these objects.
 *
 * @returns why it is none
 */
export function appOverride(
  policy: Item,
  objects: readonly Item[],
  context: ProgramContext,
): AppOverride | { readonly why: string } {
  if (!mayBe('app', policy, context)) {
    return { why: context.demotions.get(policy.key)?.why ?? 'it was not made exactly' };
  }
  const why = derivedPolicyProblem(policy.object, 'OverridePolicy');
  if (why !== undefined) return { why };
  const [key, ...others] = namedObjects(policy);
  if (key === undefined) return { why: 'it selects without names: later objects may join' };
  if (others.length > 0) return { why: 'it selects several objects' };
  const object = context.items.get(key);
  if (object === undefined) return { why: 'its object is not among the manifests' };
  if (!objects.includes(object)) return { why: `${object.title} is in no FederatedApp` };
  const rival = [...context.items.values()].find(
    (item) => item !== policy && item.object.kind === 'OverridePolicy' && namedObjects(item).includes(key),
  );
  if (rival !== undefined) {
    return { why: `${rival.title} edits ${object.title} too: their names decide which one is first` };
  }
  const code = policyCode(policy.object, context);
  if ('why' in code) return code;
  const rules = code.props['overrideRules'] as readonly LiteralValue[] | undefined;
  if (rules === undefined) return { why: 'it has the deprecated form, without overrideRules' };
  const overrideRules = fieldAt(policy.object, 'spec', 'overrideRules');
  const made = { ...policy.object, spec: { resourceSelectors: [selectorOf(object.object)], overrideRules } };
  const difference = firstDifference(normalForm(policy.object), normalForm(made));
  if (difference !== undefined) return { why: `${difference} would differ` };
  const { kind, metadata } = object.object;
  const name = textOf(policy.object.metadata?.name);
  const derived = `${metadata?.name}-${kind.toLowerCase()}-override`.replaceAll(':', '.');
  const specs = listOf<OverrideRuleSpec>(overrideRules);
  return {
    policy,
    object,
    ...(name !== derived && { naming: [`${kind}/${metadata?.name}`, name] as const }),
    rules,
    isForOneObject: specs.every(({ overriders }) =>
      objects.every((item) => hasEditedParts(item.object.kind, () => item.object, overriders) === (item === object)),
    ),
  };
}

/** The objects that an override policy names; none if it selects one otherwise. */
function namedObjects({ object }: Item): readonly string[] {
  const selectors = listOf<ResourceSelectorSpec>(fieldAt(object, 'spec', 'resourceSelectors'));
  const keys = selectors.map((selector) => {
    const { apiVersion, kind, name, namespace, labelSelector } = (recordOf(selector) ??
      {}) as Partial<ResourceSelectorSpec>;
    if (!name || labelSelector) return undefined;
    const own = textOf(namespace) || textOf(object.metadata?.namespace);
    return referenceKey({ apiVersion: textOf(apiVersion), kind: textOf(kind), name, namespace: own });
  });
  return keys.includes(undefined) ? [] : [...new Set(keys as string[])];
}
