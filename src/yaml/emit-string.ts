import { stringifyKeyByLibrary, stringifyValueByLibrary } from './emit-by-library';

/** A string that is plain in YAML unless it is one of {@link reservedWords}; matches most strings of a manifest. `e-5` is a number. */
const plainWord = /^(?![eE][-+]?[0-9])[A-Za-z_/][\w./-]*$/;

/** Words that YAML 1.1 reads as null or a boolean. */
const reservedWords = new Set(
  'null Null NULL y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF'.split(' '),
);

/** Characters that need special treatment: line breaks, control characters, and those that {@link emitUnusual} handles. */
const unusual = /[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd]/;

/** An indicator in a position where YAML interprets it, or a space that YAML would drop. */
const hasIndicator = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:[\t ]|$)|:[\t ]|[\t ]#|[\t :]$/;

/**
 * Scalars other than words that YAML 1.1 does not read as strings: null, integers in every base, floats, times and dates;
 * and the special keys `<<` and `=`.
 *
 * @see https://yaml.org/type/
 */
const readAsOtherType = anyOf(
  /~|<<|=/,
  /[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)/,
  /[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*|(?:\.[0-9_]*)?[eE][-+]?[0-9]+)/,
  /[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)/,
  /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?/,
  /[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[tT]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:[ \t]*(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?/,
);

/** Additional texts that kubectl reads as numbers: it drops every `_` from a text that starts like a number. */
const readAsNumberByKubectl = anyOf(
  /[-+]?0[bB][01]+|[-+]?0[oO][0-7]+|[-+]?0[xX][0-9a-fA-F]+/,
  /[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?/,
);

/**
 * Writes a string as a value of a mapping or sequence.
 *
 * @param indent - indentation of the lines after the first, at least two spaces
 * @returns text that follows `key: ` or `- `
 */
export function emitString(text: string, indent: string): string {
  if (plainWord.test(text)) return reservedWords.has(text) ? `"${text}"` : text;
  return unusual.test(text) ? emitUnusual(text, indent) : emitLine(text);
}

/** Keys that are known to be plain: the same few keys occur in every object. */
const plainKeys = new Set<string>();
const mostPlainKeys = 1000;

/** Writes a string as a key, without the colon. Top-level keys must not look like a start or end of a document. */
export function emitKey(text: string, ofDocument: boolean): string {
  if (plainKeys.has(text)) return text;
  if (plainWord.test(text)) {
    if (reservedWords.has(text)) return `"${text}"`;
    if (plainKeys.size < mostPlainKeys) plainKeys.add(text);
    return text;
  }
  if (mustBeEscaped.test(text) || (ofDocument && text.startsWith('\ufeff'))) return escaped(text);
  if (text.includes('\n') || control.test(text)) return stringifyKeyByLibrary(text);
  return ofDocument && /^(?:---|\.\.\.)/.test(text) ? quoted(text) : emitLine(text);
}

function emitLine(text: string): string {
  return text === '' || hasIndicator.test(text) || isReadAsOtherType(text) ? quoted(text) : text;
}

/** Whether YAML 1.1 or kubectl reads this unquoted line as something other than a string. */
function isReadAsOtherType(text: string): boolean {
  if (!/^[-+.0-9~<=eE]/.test(text)) return reservedWords.has(text);
  return readAsOtherType.test(text) || (/^[-+0-9]/.test(text) && readAsNumberByKubectl.test(text.replaceAll('_', '')));
}

/** Double quotes, or single quotes if only double quotes would need escapes. */
function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

/** Characters that need an escape, because kubectl rejects them or reads them as a line break, even in quotes. */
const mustBeEscaped = /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/;

function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Characters that need an escape, including lone surrogates. */
const control = /[^\t\n\x20-\ud7ff\ue000-\u{10ffff}]/u;

/** White space at the start or end, other than one final line break: a block scalar needs an indicator to keep it. */
const outerSpace = /^[\t\n ]|[\t ]\n?$|\n\n$/;

function emitUnusual(text: string, indent: string): string {
  if (mustBeEscaped.test(text)) return escaped(text);
  const isBlock = !control.test(text) && !/\n[\t ]+$/.test(text);
  if (isBlock && !text.includes('\n')) return emitLine(text);
  if (isBlock && !outerSpace.test(text)) return emitBlock(text, indent);
  const isMisread = isBlock ? misreadAsBlock.test(text) : isMisreadInQuotes(text);
  return isMisread ? escaped(text) : stringifyValueByLibrary(text, indent);
}

/** A first line of white space: the library writes no indentation indicator for it, so kubectl rejects a tab and drops spaces. */
const misreadAsBlock = /^\n*\t|^\n*[\t ][\t\n ]*$/;

/** A line of one space: for 40 characters or more the library breaks the quoted text and writes one backslash too many. */
function isMisreadInQuotes(text: string): boolean {
  return text.includes('\n \n') && JSON.stringify(text).length >= 40;
}

/** A literal block: `|`, or `|-` without a final line break. */
function emitBlock(text: string, indent: string): string {
  const block = text.endsWith('\n') ? `|\n${text.slice(0, -1)}` : `|-\n${text}`;
  return block.replace(/\n+/g, `$&${indent}`);
}

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(`^(?:${patterns.map((pattern) => pattern.source).join('|')})$`);
}
