import type { Json } from './json';
import { problems, UnusualYaml, YamlSyntaxProblem } from './parse-problem';
import { losesDigits, resolvePlain } from './parse-scalar';

/** Offsets of the fields and items of every map and list read: the key of a field, the value of an item. */
export type Offsets = Map<object, Map<string | number, number>>;

/** Something true of a document that does not stop the reading. */
export interface Note {
  readonly offset: number;
  readonly text: ReturnType<(typeof problems)['impreciseNumber']>;
}

interface Anchored {
  readonly value: Json;
  /** Values in it, aliases followed. */
  readonly size: number;
}

/** Values that aliases may stand for in one document; above it a document is taken for an alias bomb. */
const aliasLimit = 100_000;

/** Levels of maps and lists. */
const depthLimit = 500;

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;

/**
 * One YAML document being read: the place in the text, and what counts for the document as a whole.
 * Every break is one `\n` in `text`; `raw` has the same length and keeps U+2028 and U+2029, which YAML 1.1 also breaks at.
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
  /** Where the next content was found and not read yet, as at the end of a nested map. */
  #contentAt = -1;

  constructor(
    readonly text: string,
    readonly raw: string,
    start: number,
    /** Offset behind the document. */
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

  /** Offset of the end of the line that holds `offset`. */
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
   * From behind a value to the next content: over the rest of the line, which may hold a comment only, and over blank
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

  /** From the start of a line, or the break or comment at the end of one, to the next content. */
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

  /** Reads `read()` as the value of an anchor, which aliases may name from then on. */
  anchored(name: string, read: () => Json): Json {
    this.#anchors ??= new Map();
    const before = this.#values + this.#aliased;
    this.#anchors.set(name, undefined);
    const value = read();
    this.#anchors.set(name, { value, size: this.#values + this.#aliased - before });
    return value;
  }

  /** The value that an alias stands for; shared, not copied. */
  alias(name: string, offset: number): Json {
    if (!this.#anchors?.has(name)) throw new YamlSyntaxProblem(offset, problems.unknownAnchor());
    const anchored = this.#anchors.get(name);
    if (!anchored) throw new YamlSyntaxProblem(offset, problems.anchorInItself(name));
    this.#aliased += anchored.size;
    if (this.#aliased > aliasLimit) throw new YamlSyntaxProblem(offset, problems.aliases(aliasLimit));
    return anchored.value;
  }

  /** Reads the name of an anchor or alias, whose `&` or `*` the cursor stands on. */
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

  /** Text of the breaks between two offsets as YAML folds them: one becomes a space, more lose the first. */
  folded(breaks: string): string {
    if (breaks === '') return '';
    if (breaks[0] !== '\n') return breaks;
    return breaks.length === 1 ? ' ' : breaks.slice(1);
  }

  /** The break at `offset` as it counts in a value: U+2028 and U+2029 stay, all others are a newline. */
  breakAt(offset: number): string {
    const code = this.raw.charCodeAt(offset);
    return code === 0x2028 || code === 0x2029 ? this.raw[offset]! : '\n';
  }
}
