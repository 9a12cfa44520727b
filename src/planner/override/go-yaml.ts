import { byteLength } from '../../kubernetes/text-bytes';
import type { Json } from '../../yaml/json';
import { compareKeys } from './go-yaml-order';
import { escapedCharacter, scalarStyle } from './go-yaml-scalar';

/** Lines are folded at the first space beyond this column. */
const bestWidth = 80;
/** Longest key, in bytes, that is written before a colon on one line. */
const longestSimpleKey = 128;

/**
 * Plain data as YAML text, character by character as Karmada writes it: keys sorted, lists not indented, long lines
 * folded.
 *
 * @see sigs.k8s.io/yaml v1.6 JSONToYAML, which calls go.yaml.in/yaml/v2 v2.4
 */
export function goYaml(value: Json): string {
  const emitter = new Emitter();
  emitter.node(value, -1, false);
  emitter.startLine(0);
  return emitter.text;
}

/** Writes nodes, with the state that libyaml uses to decide where lines break. */
class Emitter {
  text = '';
  #column = 0;
  /** Whether the next token may follow without a space. */
  #afterSpace = true;
  /** Whether the line has only indentation and indicators so far. */
  #atIndentation = true;

  /**
   * @param indent - column of the collection that holds the node; -1 at the top
   * @param inMap - whether the node is a value of a map, whose lists are not indented
   */
  node(value: Json, indent: number, inMap: boolean): void {
    if (Array.isArray(value)) this.#list(value, indent, inMap);
    else if (typeof value === 'object' && value !== null) this.#map(value as Readonly<Record<string, Json>>, indent);
    else if (typeof value === 'string') this.#string(value, indent < 0 ? 2 : indent + 2, false);
    else this.#token(typeof value === 'number' ? goNumber(value) : String(value));
  }

  /** Moves to a column at the start of a line; begins a new line unless this one is empty. */
  startLine(indent: number): void {
    const crowded = this.#column > indent || (this.#column === indent && !this.#afterSpace);
    if (!this.#atIndentation || crowded) this.#break();
    if (this.#column < indent) this.#put(' '.repeat(indent - this.#column));
    this.#afterSpace = true;
    this.#atIndentation = true;
  }

  #map(map: Readonly<Record<string, Json>>, indent: number): void {
    const keys = Object.keys(map).sort(compareKeys);
    if (keys.length === 0) {
      this.#token('{}');
      return;
    }
    const inner = indent < 0 ? 0 : indent + 2;
    for (const key of keys) {
      this.startLine(inner);
      const simple = !/[\n\r\x85\u2028\u2029]/.test(key) && byteLength(key) <= longestSimpleKey;
      if (simple) {
        this.#string(key, inner + 2, true);
        this.#indicator(':', false, false);
      } else {
        this.#indicator('?', true, true);
        this.#string(key, inner + 2, false);
        this.startLine(inner);
        this.#indicator(':', true, true);
      }
      this.node(map[key]!, inner, true);
    }
  }

  #list(items: readonly Json[], indent: number, inMap: boolean): void {
    if (items.length === 0) {
      this.#token('[]');
      return;
    }
    const sameColumn = inMap && !this.#atIndentation;
    const inner = indent < 0 ? 0 : sameColumn ? indent : indent + 2;
    for (const item of items) {
      this.startLine(inner);
      this.#indicator('-', true, true);
      this.node(item, inner, false);
    }
  }

  #string(text: string, indent: number, isKey: boolean): void {
    switch (scalarStyle(text, isKey)) {
      case 'plain':
        if (!this.#afterSpace) this.#put(' ');
        this.#folded(text, indent, isKey, (character) => character);
        break;
      case 'singleQuoted':
        this.#indicator("'", true, false);
        this.#folded(text, indent, isKey, (character) => (character === "'" ? "''" : character), true);
        this.#put("'");
        break;
      case 'doubleQuoted':
        this.#indicator('"', true, false);
        this.#doubleQuoted(text, indent, isKey);
        this.#put('"');
        break;
      case 'literal':
        this.#literal(text, indent);
        return;
    }
    this.#afterSpace = false;
    this.#atIndentation = false;
  }

  /** Writes plain or single-quoted text. Folds it at single spaces beyond the best width. */
  #folded(text: string, indent: number, isKey: boolean, write: (character: string) => string, quoted = false): void {
    const characters = Array.from(text);
    let afterSpace = false;
    let afterBreak = false;
    characters.forEach((character, i) => {
      if (character === ' ') {
        const inside = !quoted || (i > 0 && i < characters.length - 1);
        const folds = !isKey && !afterSpace && this.#column > bestWidth && inside && characters[i + 1] !== ' ';
        if (folds) this.startLine(indent);
        else this.#put(' ');
        afterSpace = true;
      } else if (/[\x85\u2028\u2029]/.test(character)) {
        this.#writeBreak(character);
        this.#atIndentation = true;
        afterBreak = true;
      } else {
        if (afterBreak) this.startLine(indent);
        for (const written of write(character)) this.#put(written);
        this.#atIndentation = false;
        afterSpace = false;
        afterBreak = false;
      }
    });
  }

  #doubleQuoted(text: string, indent: number, isKey: boolean): void {
    const characters = Array.from(text);
    const afterMark = text.startsWith('\ufeff');
    let afterSpace = false;
    characters.forEach((character, i) => {
      const inside = i > 0 && i < characters.length - 1;
      if (character === ' ' && !afterMark) {
        if (!isKey && !afterSpace && this.#column > bestWidth && inside) {
          this.startLine(indent);
          if (characters[i + 1] === ' ') this.#put('\\');
        } else this.#put(' ');
        afterSpace = true;
      } else {
        this.#put(escapedCharacter(character, afterMark));
        afterSpace = false;
      }
    });
  }

  #literal(text: string, indent: number): void {
    this.#indicator('|', true, false);
    if (/^[ \n\x85\u2028\u2029]/.test(text)) this.#put('2');
    if (!/[\n\x85\u2028\u2029]$/.test(text)) this.#put('-');
    else if (text.length === 1 || /[\n\x85\u2028\u2029]{2}$/.test(text)) this.#put('+');
    this.#break();
    this.#atIndentation = true;
    this.#afterSpace = true;
    let afterBreak = true;
    for (const character of text) {
      if (/[\n\x85\u2028\u2029]/.test(character)) {
        this.#writeBreak(character);
        this.#atIndentation = true;
        afterBreak = true;
      } else {
        if (afterBreak) this.startLine(indent);
        this.#put(character);
        this.#atIndentation = false;
        afterBreak = false;
      }
    }
  }

  /** Null, a boolean, a number, or an empty collection. */
  #token(text: string): void {
    if (!this.#afterSpace) this.#put(' ');
    this.#put(text);
    this.#afterSpace = false;
    this.#atIndentation = false;
  }

  #indicator(text: string, needsSpace: boolean, keepsIndentation: boolean): void {
    if (needsSpace && !this.#afterSpace) this.#put(' ');
    this.#put(text);
    this.#afterSpace = false;
    this.#atIndentation &&= keepsIndentation;
  }

  #writeBreak(character: string): void {
    if (character === '\n') this.#break();
    else {
      this.text += character;
      this.#column = 0;
    }
  }

  #break(): void {
    this.text += '\n';
    this.#column = 0;
  }

  #put(text: string): void {
    this.text += text;
    // Go counts characters, not UTF-16 units.
    this.#column += text.length === 1 ? 1 : Array.from(text).length;
  }
}

/**
 * A number as Go's JSON and YAML libraries write it: whole 64-bit numbers in digits, others in the shortest form, with
 * an exponent from one million on.
 */
export function goNumber(value: number): string {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return BigInt(value).toString();
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  const sign = power < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}
