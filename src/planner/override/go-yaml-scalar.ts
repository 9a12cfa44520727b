/** The style of a scalar in YAML. */
export type ScalarStyle = 'plain' | 'singleQuoted' | 'doubleQuoted' | 'literal';

/**
 * The style in which Go's YAML library writes a text, as a value or key of a block collection.
 *
 * @param isKey - whether it is a key, which cannot span lines
 * @see go.yaml.in/yaml/v2 v2.4 encode.go (stringv) and emitterc.go (scalar analysis and choice of style)
 */
export function scalarStyle(text: string, isKey: boolean): ScalarStyle {
  const traits = traitsOf(text);
  if (text.includes('\n')) return traits.literal && !isKey ? 'literal' : 'doubleQuoted';
  if (!isReadAsText(text)) return 'doubleQuoted';
  if (isKey && traits.severalLines) return 'doubleQuoted';
  if (traits.plain) return 'plain';
  return traits.singleQuoted ? 'singleQuoted' : 'doubleQuoted';
}

/** The styles that the characters of a text allow. */
interface Traits {
  readonly severalLines: boolean;
  readonly plain: boolean;
  readonly singleQuoted: boolean;
  readonly literal: boolean;
}

// Printable characters as libyaml defines them: without tabs and characters beyond the basic plane.
const unprintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const anyBreak = /[\r\n\x85\u2028\u2029]/;
const indicatorAtStart = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/;
const indicatorWithin = /.:(?:[ \t]|$)|[ \t\r\n\x85\u2028\u2029\0]#/s;

function traitsOf(text: string): Traits {
  if (text === '') return { severalLines: false, plain: true, singleQuoted: true, literal: false };
  const severalLines = anyBreak.test(text);
  const edges = /^ | $/.test(text) || anyBreak.test(text[0]!) || anyBreak.test(text.at(-1)!);
  const breakThenSpace = /[\r\n\x85\u2028\u2029] /.test(text);
  const spoiled = unprintable.test(text) || / [\r\n\x85\u2028\u2029]/.test(text);
  return {
    severalLines,
    plain: !edges && !severalLines && !spoiled && !indicatorAtStart.test(text) && !indicatorWithin.test(text),
    singleQuoted: !breakThenSpace && !spoiled,
    literal: !spoiled && !text.endsWith(' '),
  };
}

const words: ReadonlySet<string> = new Set(
  (
    ' ~ null Null NULL y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ' +
    '.nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF'
  ).split(' '),
);
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
// After a leading dot Go accepts underscores between digits.
const floatFromDot = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/** Whether the unquoted text is read as a string: not as null, a boolean, a number or a timestamp. */
function isReadAsText(text: string): boolean {
  if (words.has(text) || base60.test(text)) return false;
  const first = text[0]!;
  if (first === '.') return !(floatFromDot.test(text) && Number.isFinite(Number(text.replaceAll('_', ''))));
  if (!/[-+0-9]/.test(first)) return true;
  if (isTimestamp(text)) return false;
  const plain = text.replaceAll('_', '');
  if (isWholeNumber(plain)) return false;
  return !(float.test(plain) && Number.isFinite(Number(plain)));
}

const wholeNumber = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** Whole 64-bit numbers in the notations of Go. */
function isWholeNumber(text: string): boolean {
  const match = wholeNumber.exec(text);
  if (!match) return false;
  const [, sign, hexadecimal, binary, octal, decimal] = match;
  const digits = hexadecimal ? `0x${hexadecimal}` : binary ? `0b${binary}` : octal ? `0o${octal}` : decimal!;
  const magnitude = BigInt(digits);
  if (sign === '-') return magnitude <= 1n << 63n;
  return magnitude < (sign === '+' ? 1n << 63n : 1n << 64n);
}

const timestamp =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|( ))([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?$/;

function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text);
  if (!match) return false;
  const [, year, month, day, space, hour, minute, second, zone] = match;
  if (hour !== undefined && (space !== undefined) === (zone !== undefined)) return false;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return false;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(day) > 0;
}

const escapes: ReadonlyMap<number, string> = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

/**
 * A character within double quotes.
 *
 * @param afterMark - whether the text begins with a byte order mark: the library then escapes every character
 */
export function escapedCharacter(character: string, afterMark: boolean): string {
  const isPlain = !unprintable.test(character) && !anyBreak.test(character) && character !== '"' && character !== '\\';
  if (isPlain && !afterMark) return character;
  const point = character.codePointAt(0)!;
  const letter = escapes.get(point);
  if (letter !== undefined) return `\\${letter}`;
  const [mark, width] = point <= 0xff ? ['x', 2] : point <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${mark}${point.toString(16).toUpperCase().padStart(Number(width), '0')}`;
}
