import type { Cursor } from './parse-cursor';
import { problems, YamlSyntaxProblem } from './parse-problem';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const SINGLE = 39;
const BACKSLASH = 92;

/** Reads a single- or double-quoted scalar, which may span lines. The cursor is at the first quote. */
export function readQuoted(cursor: Cursor): string {
  const { text, position } = cursor;
  const quote = text[position]!;
  const close = text.indexOf(quote, position + 1);
  if (close < 0 || close >= cursor.end) throw new YamlSyntaxProblem(position, problems.quote());
  // Most strings are on one line without escapes.
  const inner = text.slice(position + 1, close);
  const plain = quote === "'" ? text[close + 1] !== "'" : !inner.includes('\\');
  if (plain && !inner.includes('\n')) {
    cursor.position = close + 1;
    return cursor.quoted(inner);
  }
  return cursor.quoted(readSlowly(cursor, quote.charCodeAt(0)));
}

/** The slow path: resolves escapes, and folds line breaks with the surrounding blanks. */
function readSlowly(cursor: Cursor, quote: number): string {
  const { text } = cursor;
  let result = '';
  const start = cursor.position;
  let from = ++cursor.position;
  for (;;) {
    if (cursor.position >= cursor.end) throw new YamlSyntaxProblem(start, problems.quote());
    const code = text.charCodeAt(cursor.position);
    if (code === quote) {
      result += text.slice(from, cursor.position);
      cursor.position++;
      if (quote !== SINGLE || text.charCodeAt(cursor.position) !== SINGLE || cursor.position >= cursor.end) {
        return result;
      }
      from = cursor.position++; // the second quote of a pair is kept
    } else if (code === BACKSLASH && quote !== SINGLE) {
      result += text.slice(from, cursor.position);
      result += readEscape(cursor);
      from = cursor.position;
    } else if (code === NEWLINE) {
      result += trimBlanks(text, from, cursor.position);
      result += cursor.folded(readBreaks(cursor));
      from = cursor.position;
    } else {
      cursor.position++;
    }
  }
}

/** Drops blanks before a break. A blank from an escape is already in the result and is kept. */
function trimBlanks(text: string, from: number, to: number): string {
  let end = to;
  while (end > from && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) end--;
  return text.slice(from, end);
}

/** Skips breaks and the blanks at the start of each line; returns the breaks. */
function readBreaks(cursor: Cursor): string {
  let breaks = '';
  while (cursor.position < cursor.end) {
    const code = cursor.text.charCodeAt(cursor.position);
    if (code === NEWLINE) {
      breaks += cursor.breakAt(cursor.position);
      cursor.lineStart = cursor.position + 1;
    } else if (code !== SPACE && code !== TAB) {
      break;
    }
    cursor.position++;
  }
  return breaks;
}

const escapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
    "'": "'",
    '\\': '\\',
    N: '\x85',
    _: '\xa0',
    L: '\u2028',
    P: '\u2029',
  }),
);

const hexDigits: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function readEscape(cursor: Cursor): string {
  const start = cursor.position;
  const kind = cursor.text[start + 1] ?? '';
  cursor.position += 2;
  if (kind === '\n') {
    // An escaped break is dropped with the blanks that follow; further breaks are kept.
    cursor.position--;
    return readBreaks(cursor).slice(1);
  }
  const simple = escapes.get(kind);
  if (simple !== undefined) return simple;
  const length = hexDigits.get(kind);
  if (length === undefined) throw new YamlSyntaxProblem(start, problems.escape(`\\${kind}`));
  const digits = cursor.text.slice(cursor.position, cursor.position + length);
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
  // go-yaml rejects halves of surrogate pairs, although JSON uses them for characters above U+FFFF.
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new YamlSyntaxProblem(start, problems.escape(`\\${kind}${digits}`));
  }
  cursor.position += length;
  return String.fromCodePoint(code);
}
