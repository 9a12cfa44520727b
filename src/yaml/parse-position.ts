import type { TextPosition } from '../problem/place';
import type { Json } from './json';
import type { Offsets } from './parse-cursor';

/** Finds line and column of offsets in one text; the lines are counted when first asked. */
export class LineIndex {
  #starts: number[] | undefined;

  constructor(readonly text: string) {}

  /** Line and column, both counted from 1; columns in UTF-16 units, as editors and SARIF count. */
  positionAt(offset: number): TextPosition {
    this.#starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/**
 * Offset of the field at a path, or of its nearest ancestor that is in the text; undefined for the value as a whole.
 * A path is written as Kubernetes does, `spec.containers[0].image`; a name with dots may stand as it is
 * (`metadata.labels.app.kubernetes.io/name`) or in brackets, quoted or not.
 */
export function offsetOfPath(value: Json, offsets: Offsets, path: string): number | undefined {
  let found: number | undefined;
  let current: Json | undefined = value;
  let rest = path;
  while (rest !== '' && current !== null && typeof current === 'object') {
    const places: ReadonlyMap<string | number, number> | undefined = offsets.get(current);
    const step = places && nextStep(rest, places);
    if (!step) return found;
    found = places.get(step.key);
    current = (current as Readonly<Record<string | number, Json>>)[step.key];
    rest = step.rest;
  }
  return found;
}

function nextStep(
  path: string,
  places: ReadonlyMap<string | number, number>,
): { key: string | number; rest: string } | undefined {
  const bracket = /^\.?\[(?:(\d+)|"([^"]*)"|'([^']*)'|([^\]]*))\]/.exec(path);
  if (bracket) {
    const [all, index, ...names] = bracket;
    const name = names.find((candidate) => candidate !== undefined);
    const key = index !== undefined && places.has(Number(index)) ? Number(index) : (name ?? index ?? '');
    return places.has(key) ? { key, rest: path.slice(all.length) } : undefined;
  }
  const plain = path.startsWith('.') ? path.slice(1) : path;
  let longest: string | undefined;
  for (const key of places.keys()) {
    if (typeof key !== 'string' || !plain.startsWith(key) || key.length <= (longest?.length ?? -1)) continue;
    const next = plain[key.length];
    if (next === undefined || next === '.' || next === '[') longest = key;
  }
  return longest === undefined ? undefined : { key: longest, rest: plain.slice(longest.length) };
}
