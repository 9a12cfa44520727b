import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { objectKey } from '../../kubernetes/object';
import { onDemand } from '../../kubernetes/on-demand';
import { anyText, fieldAt, recordOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { policyKey } from '../../planner/control-plane-state/policy';
import { joinWords, nearMiss } from '../../problem/words';
import { isOverride, type PolicySelector, selectorCause, selectorText } from '../analysis/policy-selectors';
import { comesFromElsewhere, isThereAnyway } from '../analysis/preexisting';
import { defineRule, type Report } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority */
export const noDeadSelector = defineRule({
  id: 'no-dead-selector',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P02'],
  summary: 'Every resource selector of a propagation policy selects an object in the manifests.',
  rationale: 'a selector that matches nothing has no effect, and Karmada does not report it',
  check({ policySelectors, controlPlane, report }) {
    const objects = onDemand(() => new ObjectsOfKind(controlPlane));
    // If there are only policies, the objects are in other files.
    if (controlPlane.templates.every(({ object }) => object.kind === 'Namespace')) return;
    const selectors = policySelectors;
    const alive = new Set(selectors.all.filter(({ selected }) => selected > 0).map(({ policy }) => policy));
    for (const entry of selectors.all) {
      const { policy, selector, path, selected, fault } = entry;
      if (isOverride(policy) || selected > 0 || fault || isThereAnyway(selector, controlPlane)) continue;
      if (selector.apiVersion === 'v1' && selector.kind === 'Namespace') continue;
      const there = objects().inReach(entry);
      const said = selector.name ? aboutName(entry, there, objects()) : aboutLabels(entry, there, alive.has(policy));
      report({
        at: policy.manifest,
        path,
        ...said,
        missing: { kinds: [selector.kind], name: selector.name },
        cause: selectorCause(entry),
      });
    }
  },
});

type Said = Pick<Report, 'message' | 'fix' | 'severity'>;

function aboutName({ policy, selector }: PolicySelector, there: readonly Manifest[], objects: ObjectsOfKind): Said {
  const { kind, name = '' } = selector;
  const where =
    policy.namespace || selector.namespace ? ` in namespace "${selector.namespace || policy.namespace}"` : '';
  const message = `${policyKey(policy)} selects ${selectorText(selector)}, which is not in the manifests${where}`;
  const meant = nearMiss(name, namesOf(there));
  if (meant !== undefined) return { message, fix: `write "${meant}", or remove the selector` };
  const elsewhere = objects.named(selector);
  if (elsewhere && where) {
    const key = objectKey(elsewhere.object);
    return { message, fix: `select ${key} in a policy in its own namespace, or remove the selector` };
  }
  const fix = `add the ${kind} to the manifests, or remove the selector`;
  return { message, fix, ...(comesFromElsewhere(selector) && { severity: 'info' }) };
}

/** A policy that selects several kinds by one label is often meant to match only some of them. */
function aboutLabels({ policy, selector }: PolicySelector, there: readonly Manifest[], alive: boolean): Said {
  const message = `${policyKey(policy)} selects ${selectorText(selector)}, but the manifests have none`;
  for (const [key, value] of Object.entries(recordOf(selector.labelSelector?.matchLabels) ?? {})) {
    const values = there.slice(0, mostNames).flatMap(({ object }) => {
      const label = fieldAt(object.metadata?.labels, key);
      return typeof label === 'string' ? [label] : [];
    });
    if (values.includes(anyText(value))) continue;
    const meant = nearMiss(anyText(value), [...new Set(values)]);
    if (meant !== undefined) return { message, fix: `write ${key}: ${meant}` };
  }
  const has =
    there.length > 0
      ? `, or select ${joinWords(
          there.slice(0, 3).map(({ object }) => objectKey(object)),
          'or',
        )}`
      : '';
  const doubtful = alive || there.length === 0;
  return { message, fix: `remove the selector${has}`, ...(doubtful && { severity: 'info' }) };
}

/** With thousands of objects, a similar name means little and is expensive to find. */
const mostNames = 500;

function namesOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.length > mostNames ? [] : manifests.map(({ object }) => textOf(object.metadata?.name));
}

/** Templates by kind and namespace, for selectors that match nothing. */
class ObjectsOfKind {
  readonly #byPlace = new Map<string, Manifest[]>();
  readonly #byName = new Map<string, Manifest>();

  constructor(controlPlane: ControlPlaneState) {
    for (const template of controlPlane.templates) {
      const { apiVersion, kind, metadata } = template.object;
      const key = `${apiVersion} ${kind}`;
      this.#byName.set(`${key} named ${textOf(metadata?.name)}`, template);
      appendTo(this.#byPlace, key, template);
      if (metadata?.namespace) appendTo(this.#byPlace, `${key} ${metadata.namespace}`, template);
    }
  }

  /** Objects of the kind in the namespace that the policy selects from. */
  inReach({ policy, selector }: PolicySelector): readonly Manifest[] {
    const { apiVersion, kind } = selector;
    const namespace = selector.namespace || policy.namespace;
    return this.#byPlace.get(`${apiVersion} ${kind}${namespace ? ` ${namespace}` : ''}`) ?? [];
  }

  /** An object with this kind and name in any namespace. */
  named({ apiVersion, kind, name }: PolicySelector['selector']): Manifest | undefined {
    return this.#byName.get(`${apiVersion} ${kind} named ${name}`);
  }
}
