import type { Json } from './json';
import { Cursor, type Offsets } from './parse-cursor';
import { MapBuilder, noteItem } from './parse-map';
import { problems, YamlSyntaxProblem } from './parse-problem';

const QUOTE = 34;
const BACKSLASH = 92;

const blanks = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const words: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Reads a sequence of JSON values, as `kubectl get -o json` and `jq` print them.
 * Unlike `JSON.parse`, it detects duplicate keys and records the position of every field.
 */
export class JsonReader {
  readonly #cursor: Cursor;

  constructor(text: string, start: number, end: number, offsets?: Offsets) {
    this.#cursor = new Cursor(text, text, start, end, offsets);
  }

  get position(): number {
    return this.#cursor.position;
  }

  get notes(): Cursor['notes'] {
    return this.#cursor.notes;
  }

  /** Moves to the next value. @returns false at the end */
  next(): boolean {
    this.#skip();
    return this.#cursor.position < this.#cursor.end;
  }

  /** Reads the value at the current position. */
  read(): Json {
    const cursor = this.#cursor;
    const { text, position: offset } = cursor;
    switch (text[offset]) {
      case '{':
        return this.#map();
      case '[':
        return this.#list();
      case '"':
        return cursor.quoted(this.#string());
      default:
        for (const [word, value] of words) {
          if (!text.startsWith(word, offset)) continue;
          cursor.position += word.length;
          return value;
        }
        return this.#number();
    }
  }

  #map(): Json {
    const cursor = this.#cursor;
    cursor.enter();
    const builder = new MapBuilder(cursor.offsets);
    this.#elements('}', () => {
      const offset = cursor.position;
      if (cursor.at(offset) !== QUOTE) throw this.#unexpected('a key in double quotes');
      const key = this.#string();
      builder.claim(key, offset);
      this.#skip();
      if (cursor.text[cursor.position] !== ':') throw this.#unexpected('":"');
      cursor.position++;
      this.#skip();
      builder.set(key, this.read());
    });
    cursor.leave();
    return builder.map;
  }

  #list(): Json {
    const cursor = this.#cursor;
    cursor.enter();
    const items: Json[] = [];
    cursor.offsets?.set(items, new Map());
    this.#elements(']', () => {
      noteItem(cursor.offsets, items, items.length, cursor.position);
      items.push(this.read());
    });
    cursor.leave();
    return items;
  }

  /** Reads the content of brackets, calling `element` for each element. */
  #elements(close: '}' | ']', element: () => void): void {
    const cursor = this.#cursor;
    cursor.position++;
    this.#skip();
    if (cursor.text[cursor.position] === close) {
      cursor.position++;
      return;
    }
    for (;;) {
      element();
      this.#skip();
      const next = cursor.text[cursor.position];
      if (next !== ',' && next !== close) throw this.#unexpected(`"," or "${close}"`);
      cursor.position++;
      if (next === close) return;
      this.#skip();
    }
  }

  #string(): string {
    const cursor = this.#cursor;
    const { text, position } = cursor;
    for (let offset = position + 1; offset < cursor.end; offset++) {
      const code = text.charCodeAt(offset);
      if (code === BACKSLASH) {
        offset++;
      } else if (code === QUOTE) {
        cursor.position = offset + 1;
        const inner = text.slice(position + 1, offset);
        return inner.includes('\\') ? this.#unescaped(position, offset + 1) : inner;
      } else if (code < 32) {
        cursor.position = offset;
        throw this.#unexpected('the closing quote');
      }
    }
    cursor.position = cursor.end;
    throw this.#unexpected('the closing quote');
  }

  #unescaped(start: number, end: number): string {
    try {
      return JSON.parse(this.#cursor.text.slice(start, end)) as string;
    } catch {
      this.#cursor.position = start;
      throw this.#unexpected('a string with JSON escapes only');
    }
  }

  #number(): Json {
    const cursor = this.#cursor;
    number.lastIndex = cursor.position;
    const written = number.exec(cursor.text)?.[0];
    if (!written) throw this.#unexpected('a value');
    const offset = cursor.position;
    cursor.position += written.length;
    const value = cursor.plain(written, offset);
    // YAML reads a number that is out of range as text; JSON cannot.
    if (typeof value !== 'number') throw new YamlSyntaxProblem(offset, problems.notFinite(written));
    return value;
  }

  #skip(): void {
    blanks.lastIndex = this.#cursor.position;
    blanks.exec(this.#cursor.text);
    this.#cursor.position = Math.min(blanks.lastIndex, this.#cursor.end);
  }

  #unexpected(wanted: string): YamlSyntaxProblem {
    const { position, end, text } = this.#cursor;
    const found = position < end ? JSON.stringify(String.fromCodePoint(text.codePointAt(position)!)) : 'the end';
    return new YamlSyntaxProblem(position, problems.json(wanted, found));
  }
}
