/** A reference to a constant, in place of a value. */
export class ConstantName {
  constructor(readonly name: string) {}
}

/** One call of a chain. */
export interface Step {
  /** The method; empty for a call of the root itself. */
  readonly method: string;
  readonly args: readonly LiteralValue[];
}

/** Calls on a name, in place of a value: `fleet.in('member3').image({ tag: 'edge' })`, or `new FederatedApp(chart, 'web', { … })`. */
export class Chain {
  private constructor(
    readonly root: string,
    readonly steps: readonly Step[],
  ) {}

  /** A call of a function or, with `new` in front, of a class. */
  static of(root: string, ...args: readonly LiteralValue[]): Chain {
    return new Chain(root, [{ method: '', args }]);
  }

  /** A call of a method. */
  static on(root: string, method: string, ...args: readonly LiteralValue[]): Chain {
    return new Chain(root, [{ method, args }]);
  }

  /** A call of a method of the result. */
  call(method: string, ...args: readonly LiteralValue[]): Chain {
    return new Chain(this.root, [...this.steps, { method, args }]);
  }
}

/** Data and calls that can be written as an expression. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | ConstantName
  | Chain
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

const lineWidth = 120;

/**
 * Writes data as a TypeScript literal, laid out as the common formatters do with single quotes and lines of 120 characters: what
 * fits on its line stays on it. Any text is quoted so that it is read as data.
 *
 * @param indent - spaces of the line on which the literal starts
 * @param before - characters before it on that line, with the indent
 * @param after - characters that follow it, such as a comma
 */
export function printLiteral(value: LiteralValue, indent = '', before = indent.length, after = 1): string {
  if (typeof value !== 'object' || value === null || value instanceof ConstantName) return printFlat(value);
  const flat = printFlat(value);
  if (!breaks(value) && before + flat.length + after <= lineWidth) return flat;
  if (value instanceof Chain) return printChain(value, indent, before, after);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item: LiteralValue) => printLiteral(item, inner))
    : Object.entries(value).map(([key, item]) => printProperty(key, item, inner));
  if (items.length === 0) return flat;
  const lines = items.map((item) => `${inner}${item},\n`).join('');
  return isList ? `[\n${lines}${indent}]` : `{\n${lines}${indent}}`;
}

/** One property, without the comma behind it. */
export function printProperty(key: string, value: LiteralValue, indent: string): string {
  const name = printKey(key);
  if (value instanceof ConstantName && value.name === key) return key;
  return `${name}: ${printLiteral(value, indent, indent.length + name.length + 2)}`;
}

/** The calls on one line except for the arguments of the last one, or with many calls each on its line. */
function printChain({ root, steps }: Chain, indent: string, before: number, after: number): string {
  const head = `${root}${steps.slice(0, -1).map(flatStep).join('')}`;
  const last = steps.at(-1)!;
  const start = `${head}${last.method && `.${last.method}`}`;
  const fits = !steps.slice(0, -1).some(({ args }) => args.some(breaks)) && before + start.length + 2 <= lineWidth;
  if (steps.length < 3 && fits) return `${start}${printArguments(last.args, indent, before + start.length, after)}`;
  const inner = `${indent}  `;
  const lines = steps.map(({ method, args }) => {
    const name = method && `.${method}`;
    return `${name}${printArguments(args, inner, inner.length + name.length, 1)}`;
  });
  return `${root}${lines.map((line) => `\n${inner}${line}`).join('')}`;
}

/** The arguments of a call, in parentheses. Only the last one is broken, where that suffices. */
function printArguments(args: readonly LiteralValue[], indent: string, before: number, after: number): string {
  const flat = args.map(printFlat).join(', ');
  if (!args.some(breaks) && before + flat.length + 2 + after <= lineWidth) return `(${flat})`;
  const last = args.at(-1);
  const others = args.slice(0, -1);
  if (isBreakable(last) && !others.some(isBreakable)) {
    const start = others.map((arg) => `${printFlat(arg)}, `).join('');
    if (before + start.length + 2 <= lineWidth) {
      return `(${start}${printBroken(last, indent)})`;
    }
  }
  const inner = `${indent}  `;
  return `(\n${args.map((arg) => `${inner}${printLiteral(arg, inner)},\n`).join('')}${indent})`;
}

function isBreakable(
  value: LiteralValue | undefined,
): value is readonly LiteralValue[] | { readonly [key: string]: LiteralValue } {
  if (value === undefined || !(Array.isArray(value) || isMap(value))) return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** A list or an object on several lines. */
function printBroken(
  value: readonly LiteralValue[] | { readonly [key: string]: LiteralValue },
  indent: string,
): string {
  return printLiteral(value, indent, lineWidth);
}

function flatStep({ method, args }: Step): string {
  return `${method && `.${method}`}(${args.map(printFlat).join(', ')})`;
}

function printFlat(value: LiteralValue): string {
  if (value instanceof ConstantName) return value.name;
  if (value instanceof Chain) return `${value.root}${value.steps.map(flatStep).join('')}`;
  if (typeof value === 'string') return printText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`;
  const properties = Object.entries(value).map(([key, item]) =>
    item instanceof ConstantName && item.name === key ? key : `${printKey(key)}: ${printFlat(item)}`,
  );
  return properties.length > 0 ? `{ ${properties.join(', ')} }` : '{}';
}

/** Formatters put each item of a list of several larger objects on its own line, and then everything around it. */
function breaks(value: LiteralValue): boolean {
  if (typeof value !== 'object' || value === null || value instanceof ConstantName) return false;
  if (value instanceof Chain) return value.steps.some(({ args }) => args.some(breaks));
  if (!Array.isArray(value)) return Object.values(value).some(breaks);
  const sizes = value.map((item: LiteralValue) => (isMap(item) ? Object.keys(item).length : 0));
  return (value.length > 1 && sizes.every((size) => size > 1)) || value.some(breaks);
}

function isMap(value: LiteralValue): value is { readonly [key: string]: LiteralValue } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ConstantName || value instanceof Chain)
  );
}

function printKey(key: string): string {
  // In quotes or without, it would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printText(key);
}

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text in single quotes, or in double quotes if it has more single ones. What a reader could not see is escaped. */
export function printText(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  const escaped = text.replace(/[\\'"\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu, (character) => {
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
    return shortEscapes[character] ?? [...unitsOf(character)].map((unit) => `\\u${unit}`).join('');
  });
  return `${quote}${escaped}${quote}`;
}

/** UTF-16 code units, as four hexadecimal digits each. */
function* unitsOf(text: string): Generator<string> {
  for (let index = 0; index < text.length; index++) yield text.charCodeAt(index).toString(16).padStart(4, '0');
}
