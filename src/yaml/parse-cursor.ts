import type { Json } from './json';
import { problems, UnusualYaml, YamlSyntaxProblem } from './parse-problem';
import { losesDigits, resolvePlain } from './parse-scalar';

/** Offsets of the fields and items of every map and list read: the key of a field, the value of an item. */
export type Offsets = Map<object, Map<string | number, number>>;

/** A warning about a document. */
export interface Note {
  readonly offset: number;
  readonly text: ReturnType<(typeof problems)['impreciseNumber']>;
}

interface Anchored {
  readonly value: Json;
  /** Number of values, with aliases resolved. */
  readonly size: number;
}

/** Maximum number of values from aliases in one document; above it the document is rejected as an alias bomb. */
const aliasLimit = 100_000;

/** Maximum nesting of maps and lists. */
const depthLimit = 500;

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;

/**
 * State of the reader for one YAML document: the position in the text, and state of the whole document.
 * Every line break is one `\n` in `text`. `raw` has the same length and keeps U+2028 and U+2029, which are line breaks in YAML 1.1.
 */
export class Cursor {
  position: number;
  /** Offset of the start of the current line. */
  lineStart: number;
  readonly notes: Note[] = [];
  #anchors: Map<string, Anchored | undefined> | undefined;
  #values = 0;
  #aliased = 0;
  #depth = 0;
  /** Position of content that was found but not read yet, for example at the end of a nested map. */
  #contentAt = -1;

  constructor(
    readonly text: string,
    readonly raw: string,
    start: number,
    /** End offset of the document. */
    readonly end: number,
    readonly offsets?: Offsets,
  ) {
    this.position = start;
    this.lineStart = start;
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** Character code at an offset; a newline at the end of the document. */
  at(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : NEWLINE;
  }

  isBlankOrBreak(offset: number): boolean {
    const code = this.at(offset);
    return code === SPACE || code === NEWLINE || code === TAB;
  }

  /** End offset of the line that contains `offset`. */
  lineEnd(offset: number): number {
    const found = this.text.indexOf('\n', offset);
    return found < 0 || found > this.end ? this.end : found;
  }

  skipBlanks(): void {
    for (;;) {
      const code = this.at(this.position);
      if (code !== SPACE && code !== TAB) return;
      this.position++;
    }
  }

  /**
   * Skips from the end of a value to the next content: the rest of the line, which may only contain a comment, then blank
   * and comment lines.
   *
   * @returns whether there is content before the end
   */
  skipToContent(): boolean {
    if (this.position === this.#contentAt) return true;
    this.skipBlanks();
    const code = this.at(this.position);
    if (code !== NEWLINE && code !== HASH) throw new UnusualYaml(this.position);
    return this.skipLines();
  }

  /** Skips from the start of a line, or from the break or comment at its end, to the next content. */
  skipLines(): boolean {
    let code = this.at(this.position);
    while (this.position < this.end) {
      if (code === NEWLINE) {
        this.position++;
        this.lineStart = this.position;
      } else if (code === SPACE) {
        this.position++;
      } else if (code === HASH) {
        this.position = this.lineEnd(this.position);
      } else if (code === TAB) {
        throw new YamlSyntaxProblem(this.position, problems.tab());
      } else {
        this.#contentAt = this.position;
        return true;
      }
      code = this.at(this.position);
    }
    return false;
  }

  enter(): void {
    this.#values++;
    if (++this.#depth > depthLimit) throw new YamlSyntaxProblem(this.position, problems.depth(depthLimit));
  }

  leave(): void {
    this.#depth--;
  }

  /** Resolves an unquoted scalar that starts at `offset`. */
  plain(text: string, offset: number): Json {
    this.#values++;
    const value = resolvePlain(text);
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw new YamlSyntaxProblem(offset, problems.notFinite(text));
      if (losesDigits(text, value)) this.notes.push({ offset, text: problems.impreciseNumber() });
    }
    return value;
  }

  quoted(text: string): string {
    this.#values++;
    return text;
  }

  /** Calls `read()` for the value of an anchor, and stores it for aliases. */
  anchored(name: string, read: () => Json): Json {
    this.#anchors ??= new Map();
    const before = this.#values + this.#aliased;
    this.#anchors.set(name, undefined);
    const value = read();
    this.#anchors.set(name, { value, size: this.#values + this.#aliased - before });
    return value;
  }

  /** The value of an alias; shared, not copied. */
  alias(name: string, offset: number): Json {
    if (!this.#anchors?.has(name)) throw new YamlSyntaxProblem(offset, problems.unknownAnchor());
    const anchored = this.#anchors.get(name);
    if (!anchored) throw new YamlSyntaxProblem(offset, problems.anchorInItself(name));
    this.#aliased += anchored.size;
    if (this.#aliased > aliasLimit) throw new YamlSyntaxProblem(offset, problems.aliases(aliasLimit));
    return anchored.value;
  }

  /** Reads the name of an anchor or alias. The cursor is at its `&` or `*`. */
  anchorName(): string {
    const start = ++this.position;
    for (;;) {
      const code = this.at(this.position);
      const inName =
        (code >= 48 && code <= 57) ||
        (code >= 65 && code <= 90) ||
        (code >= 97 && code <= 122) ||
        code === 95 ||
        code === 45;
      if (!inName) break;
      this.position++;
    }
    if (this.position === start) throw new UnusualYaml(start);
    return this.text.slice(start, this.position);
  }

  /** The folded line breaks between two offsets: one becomes a space; of several, the first is dropped. */
  folded(breaks: string): string {
    if (breaks === '') return '';
    if (breaks[0] !== '\n') return breaks;
    return breaks.length === 1 ? ' ' : breaks.slice(1);
  }

  /** The line break at `offset` in a value: U+2028 and U+2029 are kept, all others are a newline. */
  breakAt(offset: number): string {
    const code = this.raw.charCodeAt(offset);
    return code === 0x2028 || code === 0x2029 ? this.raw[offset]! : '\n';
  }
}
