import type { Json } from './json';
import type { Offsets } from './parse-cursor';
import { problems, YamlSyntaxProblem } from './parse-problem';

/** A map that is being read. */
export type MutableMap = { [field: string]: Json };

/** Thrown for a duplicate key; the caller adds the line of the first one. */
export class DuplicateKey extends Error {
  constructor(
    readonly offset: number,
    readonly key: string,
    readonly map: object,
  ) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(`duplicate key ${key}`);
    Error.stackTraceLimit = limit;
  }
}

/**
 * Collects the fields of one map as go-yaml v2 does: a merge (`<<`) sets its fields at its position, so it overwrites
 * earlier fields and is overwritten by later ones.
 */
export class MapBuilder {
  readonly map: MutableMap = {};
  readonly #offsets: Map<string | number, number> | undefined;
  /** Explicit (not merged) fields; recorded from the first merge on. */
  #written: Set<string> | undefined;

  constructor(readonly allOffsets: Offsets | undefined) {
    if (!allOffsets) return;
    this.#offsets = new Map();
    allOffsets.set(this.map, this.#offsets);
  }

  /** Rejects a duplicate key. Called before its value is read, so that the first problem in the text is reported. */
  claim(key: string, offset: number): void {
    const taken = this.#written ? this.#written.has(key) : Object.hasOwn(this.map, key);
    if (taken) throw new DuplicateKey(offset, key, this.map);
    this.#written?.add(key);
    this.#offsets?.set(key, offset);
  }

  set(key: string, value: Json): void {
    if (key === '__proto__') {
      Object.defineProperty(this.map, key, { value, writable: true, enumerable: true, configurable: true });
    } else {
      this.map[key] = value;
    }
  }

  /** Sets the fields of a merge key's value; of several maps, the first has precedence. */
  merge(value: Json, offset: number): void {
    this.#written ??= new Set(Object.keys(this.map));
    const sources: readonly Json[] = Array.isArray(value) ? [...(value as readonly Json[])].reverse() : [value];
    for (const source of sources) {
      if (source === null || typeof source !== 'object' || Array.isArray(source)) {
        throw new YamlSyntaxProblem(offset, problems.merge());
      }
      const from = this.allOffsets?.get(source);
      for (const [key, merged] of Object.entries(source)) {
        this.set(key, merged);
        this.#offsets?.set(key, from?.get(key) ?? offset);
      }
    }
  }
}

/** Records the position of a list item. */
export function noteItem(offsets: Offsets | undefined, list: object, index: number, offset: number): void {
  if (!offsets) return;
  let items = offsets.get(list);
  if (!items) {
    items = new Map();
    offsets.set(list, items);
  }
  items.set(index, offset);
}
