import { stringifyKeyByLibrary, stringifyValueByLibrary } from './emit-by-library';

/** A word that no rule of YAML looks at twice, unless it is one of {@link reservedWords}: most strings of a manifest. `e-5` is a number. */
const plainWord = /^(?![eE][-+]?[0-9])[A-Za-z_/][\w./-]*$/;

/** Words that YAML 1.1 reads as null or a boolean. */
const reservedWords = new Set(
  'null Null NULL y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF'.split(' '),
);

/** Anything that a line of YAML cannot simply hold: line breaks, control characters, and what {@link emitUnusual} looks at. */
const unusual = /[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd]/;

/** An indicator where YAML looks for one, or a space where YAML would drop it. */
const hasIndicator = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:[\t ]|$)|:[\t ]|[\t ]#|[\t :]$/;

/**
 * Everything but words that YAML 1.1 reads as something else than a string: null, integers in every base, floats, times and dates;
 * and the keys `<<` and `=`, which it gives a meaning of their own.
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

/** What kubectl reads as a number besides, after it has dropped every `_` from a text that starts like one. */
const readAsNumberByKubectl = anyOf(
  /[-+]?0[bB][01]+|[-+]?0[oO][0-7]+|[-+]?0[xX][0-9a-fA-F]+/,
  /[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?/,
);

/**
 * A string as a value of a mapping or sequence.
 *
 * @param indent - spaces in front of the lines that follow the first, at least two
 * @returns text to put behind `key: ` or `- `
 */
export function emitString(text: string, indent: string): string {
  if (plainWord.test(text)) return reservedWords.has(text) ? `"${text}"` : text;
  return unusual.test(text) ? emitUnusual(text, indent) : emitLine(text);
}

/** Keys that turned out to be plain: the same few stand in every object, and are not looked at again. */
const plainKeys = new Set<string>();
const mostPlainKeys = 1000;

/** A string as a key, not yet followed by its colon. Keys of the document itself may not look like its start or end. */
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

/** Whether a text of one line, standing unquoted, is no string to a YAML 1.1 reader or to kubectl. */
function isReadAsOtherType(text: string): boolean {
  if (!/^[-+.0-9~<=eE]/.test(text)) return reservedWords.has(text);
  return readAsOtherType.test(text) || (/^[-+0-9]/.test(text) && readAsNumberByKubectl.test(text.replaceAll('_', '')));
}

/** Double quotes, unless the text has only double quotes to escape: then single ones read better. */
function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

/** Characters that kubectl refuses or takes for a line break even between quotes, so that only an escape keeps them. */
const mustBeEscaped = /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/;

function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** What only an escape holds; lone surrogates are not even characters. */
const control = /[^\t\n\x20-\ud7ff\ue000-\u{10ffff}]/u;

/** White space at an edge of the text, other than one line break at its end: a block of lines must say how to keep it. */
const outerSpace = /^[\t\n ]|[\t ]\n?$|\n\n$/;

function emitUnusual(text: string, indent: string): string {
  if (mustBeEscaped.test(text)) return escaped(text);
  const isBlock = !control.test(text) && !/\n[\t ]+$/.test(text);
  if (isBlock && !text.includes('\n')) return emitLine(text);
  if (isBlock && !outerSpace.test(text)) return emitBlock(text, indent);
  const isMisread = isBlock ? misreadAsBlock.test(text) : isMisreadInQuotes(text);
  return isMisread ? escaped(text) : stringifyValueByLibrary(text, indent);
}

/** A first line of white space, of which the library does not say where it starts, so kubectl refuses a tab and drops spaces. */
const misreadAsBlock = /^\n*\t|^\n*[\t ][\t\n ]*$/;

/** A line of one space: the library writes one backslash too many for it when it breaks the quoted text, from 40 characters on. */
function isMisreadInQuotes(text: string): boolean {
  return text.includes('\n \n') && JSON.stringify(text).length >= 40;
}

/** Lines as they are, behind `|`, or behind `|-` where the last one has no line break. */
function emitBlock(text: string, indent: string): string {
  const block = text.endsWith('\n') ? `|\n${text.slice(0, -1)}` : `|-\n${text}`;
  return block.replace(/\n+/g, `$&${indent}`);
}

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(`^(?:${patterns.map((pattern) => pattern.source).join('|')})$`);
}
