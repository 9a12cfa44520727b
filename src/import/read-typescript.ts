/**
 * The constants of a program whose values are literals: `const NAME = …;`, where a literal may name constants before it and may be
 * the only argument of a call. Everything else in the program is skipped. Nothing is run.
 */
export function readConstants(program: string): ReadonlyMap<string, unknown> {
  const constants = new Map<string, unknown>();
  for (const match of program.matchAll(/^(?:export )?const ([A-Za-z_$][\w$]*) = (?:[A-Za-z_$][\w$.]*\()?/gm)) {
    try {
      constants.set(match[1]!, new LiteralReader(program, match.index + match[0].length, constants).value());
    } catch (error) {
      if (!(error instanceof NotLiteral)) throw error;
    }
  }
  return constants;
}

class NotLiteral extends Error {}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' };

class LiteralReader {
  #at: number;

  constructor(
    private readonly text: string,
    at: number,
    private readonly constants: ReadonlyMap<string, unknown>,
  ) {
    this.#at = at;
  }

  value(): unknown {
    const next = this.#peek();
    if (next === '{') return this.#object();
    if (next === '[') return this.#list();
    if (next === "'" || next === '"') return this.#string();
    const word = this.#take(/[-\w$.]+/y);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (/^-?\d/.test(word) && Number.isFinite(Number(word))) return Number(word);
    return this.#constant(word);
  }

  #constant(name: string): unknown {
    if (!this.constants.has(name)) throw new NotLiteral();
    return this.constants.get(name);
  }

  #object(): object {
    const entries: [string, unknown][] = [];
    this.#expect('{');
    while (this.#peek() !== '}') {
      const key = this.#key();
      const isShort = /^[,}]$/.test(this.#peek());
      if (!isShort) this.#expect(':');
      entries.push([key, isShort ? this.#constant(key) : this.value()]);
      if (this.#peek() !== '}') this.#expect(',');
    }
    this.#expect('}');
    return Object.fromEntries(entries);
  }

  #key(): string {
    const next = this.#peek();
    if (next === "'" || next === '"') return this.#string();
    if (next !== '[') return this.#take(/[\p{ID_Continue}$]+/uy);
    this.#expect('[');
    const key = this.#string();
    this.#expect(']');
    return key;
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    this.#expect('[');
    while (this.#peek() !== ']') {
      items.push(this.value());
      if (this.#peek() !== ']') this.#expect(',');
    }
    this.#expect(']');
    return items;
  }

  #string(): string {
    const quoted = this.#take(/'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y);
    return quoted
      .slice(1, -1)
      .replace(/\\(?:u([\da-fA-F]{4})|u\{([\da-fA-F]+)\}|x([\da-fA-F]{2})|([\s\S]))/g, (...found) => {
        const [, unit, point, byte, other] = found as (string | undefined)[];
        const hexadecimal = unit ?? point ?? byte;
        if (hexadecimal === undefined) return escapes[other!] ?? other!;
        const code = Number.parseInt(hexadecimal, 16);
        if (code > 0x10ffff) throw new NotLiteral();
        return String.fromCodePoint(code);
      });
  }

  /** The next character behind white space and comments; empty at the end. */
  #peek(): string {
    const skipped = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    skipped.lastIndex = this.#at;
    this.#at += skipped.exec(this.text)![0].length;
    return this.text.charAt(this.#at);
  }

  #expect(character: string): void {
    if (this.#peek() !== character) throw new NotLiteral();
    this.#at++;
  }

  #take(pattern: RegExp): string {
    this.#peek();
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) throw new NotLiteral();
    this.#at += found.length;
    return found;
  }
}
