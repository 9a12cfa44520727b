import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { type KubernetesObject, kindKey } from '../../kubernetes/object';
import { listOf, recordOf, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { compileResourceSelector, type ImplicitPriority, type ResourceMatcher } from './resource-selector';

/** Something that selects templates, and how precisely it selects the one asked about. */
export interface SelectorMatch<Owner> {
  readonly owner: Owner;
  readonly priority: Exclude<ImplicitPriority, 0>;
}

interface Entry<Owner> {
  readonly owner: Owner;
  readonly priorityOf: ResourceMatcher;
}

/** Selectors of one apiVersion and kind, apart by what a template must have for them to match at all. */
interface KindEntries<Owner> {
  readonly byName: Map<string, Entry<Owner>[]>;
  /** By one of the labels that the selector demands, as `key=value`. */
  readonly byLabel: Map<string, Entry<Owner>[]>;
  readonly others: Entry<Owner>[];
}

/**
 * Resource selectors of many policies, indexed so that a template is compared only with those that may match it:
 * finding its policies takes the same time among ten policies and among ten thousand.
 */
export class SelectorIndex<Owner> {
  readonly #kinds = new Map<string, KindEntries<Owner>>();
  readonly #everything: Owner[] = [];

  /** Adds one owner with its selectors; in an owner without any, nothing can match. */
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

  /** Every owner that selects the template, with its most precise match; in no particular order. */
  matchesOf(template: KubernetesObject): SelectorMatch<Owner>[] {
    const best = new Map<Owner, Exclude<ImplicitPriority, 0>>();
    for (const owner of this.#everything) best.set(owner, 1);
    const entries = this.#kinds.get(kindKey(template));
    if (entries) {
      consider(template, entries.byName.get(textOf(template.metadata?.name)), best);
      if (entries.byLabel.size > 0) {
        const labels = stringMapOf(template.metadata?.labels) ?? {};
        for (const key of Object.keys(labels)) consider(template, entries.byLabel.get(`${key}=${labels[key]}`), best);
      }
      consider(template, entries.others, best);
    }
    return Array.from(best, ([owner, priority]) => ({ owner, priority }));
  }

  #addSelector(owner: Owner, selector: ResourceSelectorSpec): void {
    const entry = { owner, priorityOf: compileResourceSelector(selector) };
    const key = kindKey(selector);
    let entries = this.#kinds.get(key);
    if (!entries) {
      entries = { byName: new Map(), byLabel: new Map(), others: [] };
      this.#kinds.set(key, entries);
    }
    const { name, labelSelector } = selector;
    const [demanded] = Object.entries(recordOf(labelSelector?.matchLabels) ?? {});
    if (name) append(entries.byName, name, entry);
    else if (demanded) append(entries.byLabel, `${demanded[0]}=${String(demanded[1])}`, entry);
    else entries.others.push(entry);
  }
}

/** Notes the owners whose selectors match, each with the most precise one. */
function consider<Owner>(
  template: KubernetesObject,
  entries: readonly Entry<Owner>[] | undefined,
  best: Map<Owner, Exclude<ImplicitPriority, 0>>,
): void {
  if (!entries) return;
  for (const { owner, priorityOf } of entries) {
    const priority = priorityOf(template);
    if (priority > (best.get(owner) ?? 0)) best.set(owner, priority as Exclude<ImplicitPriority, 0>);
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
