/** A reference to a constant, in place of a value. */
export class ConstantName {
  constructor(readonly name: string) {}
}

/** Data that can be written as a literal. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | ConstantName
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

function printFlat(value: LiteralValue): string {
  if (value instanceof ConstantName) return value.name;
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
  if (!Array.isArray(value)) return Object.values(value).some(breaks);
  const sizes = value.map((item: LiteralValue) => (isMap(item) ? Object.keys(item).length : 0));
  return (value.length > 1 && sizes.every((size) => size > 1)) || value.some(breaks);
}

function isMap(value: LiteralValue): value is { readonly [key: string]: LiteralValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ConstantName);
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
