import { listed, nearMiss } from '../../model/known-properties';
import { objectKey } from '../../model/kubernetes-object';
import type { Manifest } from '../../model/manifest';
import type { Federation } from '../../planner/federation/federation';
import { policyKey } from '../../planner/federation/policy';
import { recordOf, textOf } from '../../planner/plain-data';
import { comesFromElsewhere, isThereAnyway } from '../made-elsewhere';
import { isOverride, type PolicySelector, PolicySelectors, selectorCause, selectorText } from '../policy-selectors';
import { defineRule, type Problem } from '../rule';

/** @see Karmada v1.18.2 pkg/util/selector.go, ResourceSelectorPriority */
export const noDeadSelector = defineRule({
  id: 'no-dead-selector',
  severity: 'warning',
  layer: 'federation',
  summary: 'Every resource selector of a propagation policy selects an object of the set.',
  rationale: 'a selector that matches nothing has no effect, and Karmada does not say so',
  check({ federation, report }) {
    const objects = ObjectsOfKind.of(federation);
    // Policies alone say nothing about what is beside them.
    if (federation.templates.every(({ object }) => object.kind === 'Namespace')) return;
    const selectors = PolicySelectors.of(federation);
    const alive = new Set(selectors.all.filter(({ selected }) => selected > 0).map(({ policy }) => policy));
    for (const entry of selectors.all) {
      const { policy, selector, path, selected, fault } = entry;
      if (isOverride(policy) || selected > 0 || fault || isThereAnyway(selector, federation)) continue;
      if (selector.apiVersion === 'v1' && selector.kind === 'Namespace') continue;
      const there = objects.inReach(entry);
      const said = selector.name ? aboutName(entry, there, objects) : aboutLabels(entry, there, alive.has(policy));
      report({ at: policy.manifest, path, ...said, cause: selectorCause(entry) });
    }
  },
});

type Said = Pick<Problem, 'message' | 'fix' | 'severity'>;

function aboutName({ policy, selector }: PolicySelector, there: readonly Manifest[], objects: ObjectsOfKind): Said {
  const { kind, name = '' } = selector;
  const where =
    policy.namespace || selector.namespace ? ` in namespace "${selector.namespace || policy.namespace}"` : '';
  const message = `${policyKey(policy)} selects ${selectorText(selector)}, which is not among the manifests${where}`;
  const meant = nearMiss(name, namesOf(there));
  if (meant !== undefined) return { message, fix: `write "${meant}", or remove the selector` };
  const [elsewhere] = objects.named(selector);
  if (elsewhere && where) {
    const key = objectKey(elsewhere.object);
    return { message, fix: `select ${key} by a policy of its own namespace, or remove the selector` };
  }
  const fix = `add the ${kind} to the manifests, or remove the selector`;
  return { message, fix, ...(comesFromElsewhere(selector) && { severity: 'info' }) };
}

/** A policy that selects several kinds by one label may well find only some of them. */
function aboutLabels({ policy, selector }: PolicySelector, there: readonly Manifest[], alive: boolean): Said {
  const message = `${policyKey(policy)} selects ${selectorText(selector)}, and there are none among the manifests`;
  for (const [key, value] of Object.entries(recordOf(selector.labelSelector?.matchLabels) ?? {})) {
    const values = there.flatMap(({ object }) => object.metadata?.labels?.[key] ?? []);
    if (values.includes(String(value))) continue;
    const meant = nearMiss(String(value), [...new Set(values)]);
    if (meant !== undefined) return { message, fix: `write ${key}: ${meant}` };
  }
  const has =
    there.length > 0
      ? `, or select ${listed(
          there.slice(0, 3).map(({ object }) => objectKey(object)),
          'or',
        )}`
      : '';
  const doubtful = alive || there.length === 0;
  return { message, fix: `remove the selector${has}`, ...(doubtful && { severity: 'info' }) };
}

function namesOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.map(({ object }) => textOf(object.metadata?.name));
}

/** Templates by kind and namespace, looked up for selectors that found nothing. */
class ObjectsOfKind {
  static of(federation: Federation): ObjectsOfKind {
    return new ObjectsOfKind(federation);
  }

  readonly #byPlace = new Map<string, Manifest[]>();

  private constructor(private readonly federation: Federation) {}

  /** Objects of the kind where the policy selects. */
  inReach({ policy, selector }: PolicySelector): readonly Manifest[] {
    const { apiVersion, kind } = selector;
    const namespace = selector.namespace || policy.namespace;
    const all = this.federation.ofKind(apiVersion, kind);
    if (!namespace) return all;
    const key = `${apiVersion} ${kind} ${namespace}`;
    let found = this.#byPlace.get(key);
    if (!found) {
      found = all.filter(({ object }) => object.metadata?.namespace === namespace);
      this.#byPlace.set(key, found);
    }
    return found;
  }

  /** Objects of the kind and name, wherever they are. */
  named({ apiVersion, kind, name }: PolicySelector['selector']): readonly Manifest[] {
    return this.federation.ofKind(apiVersion, kind).filter(({ object }) => object.metadata?.name === name);
  }
}
