import { PatchFailure } from './json-patch';

/** JSON text that has not been parsed yet. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** Fields of one level, with values as text. A repeated key is listed each time, with the last value. */
export interface RawFields {
  readonly keys: string[];
  readonly values: Map<string, RawJson>;
}

/** Fields or items of a JSON text, one level deep; deeper levels stay text. */
export type JsonLevel = RawFields | RawJson[] | undefined;

/**
 * Splits JSON text into the fields or items of its top level.
 *
 * @param text - valid JSON
 * @returns undefined for strings, numbers, booleans and null
 */
export function jsonLevel(text: string): JsonLevel {
  const reader = new LevelReader(text);
  const open = reader.skipBlanks();
  if (open === '{') return reader.fields();
  if (open === '[') return reader.items();
  return undefined;
}

/** @throws PatchFailure if the text is not valid JSON */
export function requireJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new PatchFailure('the text is not valid JSON');
  }
}

/**
 * JSON text without whitespace, with the characters escaped that Go escapes: `<`, `>`, `&` and the line separators.
 * Everything else is unchanged, including numbers and other escapes.
 */
export function compactJson(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[ \t\n\r]+/gs, (part) => (part[0] === '"' ? escapeMarkup(part) : ''));
}

/** A value as Go writes it into JSON. */
export function goJson(value: unknown): string {
  return escapeMarkup(JSON.stringify(value ?? null));
}

function escapeMarkup(text: string): string {
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Scans valid JSON text without building values. */
class LevelReader {
  #position = 0;

  constructor(readonly text: string) {}

  skipBlanks(): string {
    while (/[ \t\n\r]/.test(this.text[this.#position] ?? '')) this.#position++;
    return this.text[this.#position] ?? '';
  }

  fields(): RawFields {
    const fields: RawFields = { keys: [], values: new Map() };
    this.#position++;
    while (this.skipBlanks() !== '}') {
      const key = JSON.parse(this.#value()) as string;
      this.skipBlanks();
      this.#position++;
      this.skipBlanks();
      fields.keys.push(key);
      fields.values.set(key, new RawJson(this.#value()));
      if (this.skipBlanks() === ',') this.#position++;
    }
    return fields;
  }

  items(): RawJson[] {
    const items: RawJson[] = [];
    this.#position++;
    while (this.skipBlanks() !== ']') {
      items.push(new RawJson(this.#value()));
      if (this.skipBlanks() === ',') this.#position++;
    }
    return items;
  }

  /** The text of the value at the current position. */
  #value(): string {
    const start = this.#position;
    let depth = 0;
    do {
      const character = this.text[this.#position];
      if (character === '"') this.#position = this.#endOfString();
      else {
        if (character === '{' || character === '[') depth++;
        else if (character === '}' || character === ']') depth--;
        this.#position++;
      }
    } while (depth > 0 || !/^(?:[\s,:}\]]|$)/.test(this.text[this.#position] ?? ''));
    return this.text.slice(start, this.#position);
  }

  #endOfString(): number {
    let at = this.#position + 1;
    while (this.text[at] !== '"') at += this.text[at] === '\\' ? 2 : 1;
    return at + 1;
  }
}
