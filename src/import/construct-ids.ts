import { textOf } from '../kubernetes/plain-data';
import type { Item } from './items';
import { numbered } from './names';

/** The construct ids of a chart: names of objects, with the kind where two share a name. */
export class ConstructIds {
  readonly #taken = new Set<string>();

  of({ object }: Item): string {
    const name =
      textOf(object.metadata?.name) || textOf(object.metadata?.['generateName']).replace(/-$/, '') || 'object';
    return this.take(name, `${name}-${kindWords(object.kind)}`);
  }

  take(...wanted: readonly string[]): string {
    // constructs keeps children in a plain object, which has a few names already and puts numbers first.
    const isFree = (id: string) => id !== '' && !this.#taken.has(id) && !(id in {}) && !/^\d+$/.test(id);
    const free = wanted.map((id) => id.replaceAll('/', '--')).find(isFree);
    const id = free ?? numbered(wanted.at(-1)!, (candidate) => this.#taken.has(candidate));
    this.#taken.add(id);
    return id;
  }
}

/** `config-map` for ConfigMap. */
export function kindWords(kind: string): string {
  return kind.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
