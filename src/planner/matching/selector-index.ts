import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { appendTo, entryOf } from '../../kubernetes/map-entries';
import type { KubernetesObject } from '../../kubernetes/object';
import { anyText, listOf, recordOf, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { compileResourceSelector, type ImplicitPriority, type ResourceMatcher } from './resource-selector';

/** An owner of selectors that matches a template, with the precision of the match. */
export interface SelectorMatch<Owner> {
  readonly owner: Owner;
  readonly priority: Exclude<ImplicitPriority, 0>;
}

interface Entry<Owner> {
  readonly owner: Owner;
  readonly priorityOf: ResourceMatcher;
}

/** Selectors of one apiVersion and kind, grouped by what a template needs to match them. */
interface KindEntries<Owner> {
  readonly byName: Map<string, Entry<Owner>[]>;
  /** By one of the labels that the selector requires, as `key=value`. */
  readonly byLabel: Map<string, Entry<Owner>[]>;
  readonly others: Entry<Owner>[];
}

/**
 * An index of the resource selectors of many policies. A template is compared only with those that may match it, so
 * the time does not grow with the number of policies.
 */
export class SelectorIndex<Owner> {
  /** By apiVersion, then by kind. */
  readonly #kinds = new Map<string, Map<string, KindEntries<Owner>>>();
  readonly #everything: Owner[] = [];

  /** Adds one owner with its selectors. An owner without selectors matches nothing. */
  add(owner: Owner, selectors: unknown): void {
    for (const selector of listOf(selectors)) {
      const record = recordOf(selector);
      if (!record || typeof record['apiVersion'] !== 'string' || typeof record['kind'] !== 'string') continue;
      this.#addSelector(owner, record as unknown as ResourceSelectorSpec);
    }
  }

  /** Adds an owner that matches every template, with the lowest priority. */
  addMatchingEverything(owner: Owner): void {
    this.#everything.push(owner);
  }

  /** Every owner that selects the template, with its most precise match; unordered. */
  matchesOf(template: KubernetesObject): SelectorMatch<Owner>[] {
    const entries = this.#kinds.get(template.apiVersion)?.get(template.kind);
    if (!entries && this.#everything.length === 0) return [];
    const matches = this.#everything.map((owner): SelectorMatch<Owner> => ({ owner, priority: 1 }));
    if (entries) {
      addMatches(template, entries.byName.get(textOf(template.metadata?.name)), matches);
      if (entries.byLabel.size > 0) {
        const labels = stringMapOf(template.metadata?.labels) ?? {};
        for (const key of Object.keys(labels))
          addMatches(template, entries.byLabel.get(`${key}=${labels[key]}`), matches);
      }
      addMatches(template, entries.others, matches);
    }
    return matches.length < 2 ? matches : mostPrecise(matches);
  }

  #addSelector(owner: Owner, selector: ResourceSelectorSpec): void {
    const entry = { owner, priorityOf: compileResourceSelector(selector) };
    const kinds = entryOf(this.#kinds, selector.apiVersion, () => new Map<string, KindEntries<Owner>>());
    const entries = entryOf(kinds, selector.kind, () => ({ byName: new Map(), byLabel: new Map(), others: [] }));
    const { name, labelSelector } = selector;
    const [demanded] = Object.entries(recordOf(labelSelector?.matchLabels) ?? {});
    if (name) appendTo(entries.byName, name, entry);
    else if (demanded) appendTo(entries.byLabel, `${demanded[0]}=${anyText(demanded[1])}`, entry);
    else entries.others.push(entry);
  }
}

/** Adds the owners whose selectors match, once for each of these selectors. */
function addMatches<Owner>(
  template: KubernetesObject,
  entries: readonly Entry<Owner>[] | undefined,
  matches: SelectorMatch<Owner>[],
): void {
  if (!entries) return;
  for (const { owner, priorityOf } of entries) {
    const priority = priorityOf(template);
    if (priority > 0) matches.push({ owner, priority: priority as Exclude<ImplicitPriority, 0> });
  }
}

/** Each owner with its most precise match. */
function mostPrecise<Owner>(matches: readonly SelectorMatch<Owner>[]): SelectorMatch<Owner>[] {
  const best = new Map<Owner, SelectorMatch<Owner>>();
  for (const match of matches) {
    if (match.priority > (best.get(match.owner)?.priority ?? 0)) best.set(match.owner, match);
  }
  return [...best.values()];
}
