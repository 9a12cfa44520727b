import type { TextPosition } from '../problem/place';
import type { Json } from './json';
import type { Offsets } from './parse-cursor';

/** Distance in characters between two offsets whose line is stored. */
const stride = 4096;

/** Finds line and column of offsets in one text. Lines are counted on first use; memory does not depend on their number. */
export class LineIndex {
  /** For every `stride` characters: the number of breaks before, and the start of the line. */
  #blocks: { readonly breaks: Uint32Array; readonly lineStarts: Uint32Array } | undefined;

  constructor(readonly text: string) {}

  /** Line and column, both from 1; columns in UTF-16 units, as in editors and SARIF. */
  positionAt(offset: number): TextPosition {
    this.#blocks ??= lineBlocks(this.text);
    const block = Math.floor(Math.min(offset, this.text.length) / stride);
    let line = this.#blocks.breaks[block]! + 1;
    let lineStart = this.#blocks.lineStarts[block]!;
    for (let at = block * stride; at < offset && at < this.text.length; at++) {
      if (this.text.charCodeAt(at) !== 10) continue;
      line++;
      lineStart = at + 1;
    }
    return { line, column: offset - lineStart + 1 };
  }
}

function lineBlocks(text: string): { breaks: Uint32Array; lineStarts: Uint32Array } {
  const size = Math.floor(text.length / stride) + 1;
  const breaks = new Uint32Array(size);
  const lineStarts = new Uint32Array(size);
  let count = 0;
  let lineStart = 0;
  let end = text.indexOf('\n');
  for (let block = 1; block < size; block++) {
    while (end >= 0 && end < block * stride) {
      count++;
      lineStart = end + 1;
      end = text.indexOf('\n', lineStart);
    }
    breaks[block] = count;
    lineStarts[block] = lineStart;
  }
  return { breaks, lineStarts };
}

/**
 * Offset of the field at a path, or of its nearest ancestor in the text; undefined for the whole value.
 * Paths use the syntax of Kubernetes, `spec.containers[0].image`. A name with dots may be written as it is
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
