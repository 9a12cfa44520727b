import type { Json } from './json';

/** Words that go-yaml v2 does not read as text. */
const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

const notFinite: ReadonlyMap<string, number> = new Map([
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** First characters of scalars that may not be text. */
const hints = new Set('yYnNtTfFoO~0123456789+-.');

const shortDecimal = /^(?:0|[1-9][0-9]{0,14})$/;
const integer = /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)|0([0-7]*)|([1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const dottedFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

const smallestInteger = -(2n ** 63n);
const largestInteger = 2n ** 63n - 1n;
const largestUnsigned = 2n ** 64n - 1n;

/** The value of a plain (unquoted) scalar; whole numbers keep every digit. */
type Resolved = string | boolean | null | number | bigint;

/**
 * The value of an unquoted YAML scalar as kubectl reads it: YAML 1.1 booleans, `0o17` and `017` are 15, `1_000` is 1000,
 * `1:30` and `2020-01-01` are text.
 *
 * @param text - the scalar as written, without surrounding blanks; the empty text is null
 * @returns the value; the caller must reject infinite numbers and NaN, which are not valid JSON
 * @see go-yaml v2 resolve.go, as sigs.k8s.io/yaml uses it
 */
export function resolvePlain(text: string): Exclude<Json, object> | null {
  if (text !== '' && !hints.has(text[0]!)) return text;
  if (shortDecimal.test(text)) return Number(text);
  const resolved = resolve(text);
  return typeof resolved === 'bigint' ? Number(resolved) : resolved;
}

/**
 * The JSON field name of an unquoted YAML key: `y` is `true`, `0x10` is `16`, `1e6` is `1e+06`.
 *
 * @returns undefined if kubectl rejects the key: null, and numbers outside the range of int64
 * @see sigs.k8s.io/yaml yaml.go, convertToJSONableObject
 */
export function resolvePlainKey(text: string): string | undefined {
  const resolved = resolve(text);
  switch (typeof resolved) {
    case 'string':
      return resolved;
    case 'boolean':
      return String(resolved);
    case 'bigint':
      return resolved > largestInteger ? undefined : String(resolved);
    case 'number':
      return floatKey(resolved);
    default:
      return undefined;
  }
}

/**
 * Whether JavaScript rounds a whole number: 9007199254740993 becomes 9007199254740992.
 * False for numbers beyond 64 bits, which Kubernetes rounds too.
 */
export function losesDigits(text: string, value: number): boolean {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return false;
  const resolved = resolve(text);
  if (typeof resolved !== 'bigint') return false;
  return resolved <= largestInteger && resolved >= smallestInteger && BigInt(value) !== resolved;
}

function resolve(text: string): Resolved {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text[0]!;
  if (!hints.has(first)) return text;
  const special = notFinite.get(text);
  if (special !== undefined) return special;
  if (first === '.') return dottedFloat.test(text) ? finite(text.replaceAll('_', ''), text) : text;
  if (!'0123456789+-'.includes(first)) return text;

  const digits = text.replaceAll('_', '');
  const whole = wholeNumber(digits);
  if (whole !== undefined) return whole;
  return float.test(digits) ? finite(digits, text) : text;
}

function wholeNumber(digits: string): bigint | undefined {
  const match = integer.exec(digits);
  if (!match) return undefined;
  const [, sign, prefixed, octal, decimal] = match;
  const size = BigInt(prefixed ?? decimal ?? `0o${octal || '0'}`);
  const value = sign === '-' ? -size : size;
  if (value < smallestInteger) return undefined;
  // Only a number without a sign is parsed as unsigned.
  return value <= (sign === '' ? largestUnsigned : largestInteger) ? value : undefined;
}

/** As in go-yaml, a number that does not fit into 64 bits stays text. */
function finite(digits: string, text: string): number | string {
  const value = Number(digits);
  return Number.isFinite(value) ? value || 0 : text;
}

/** A float as Go formats it with the fewest digits that identify it among 32-bit floats. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return value > 0 ? '.inf' : '-.inf';
  let precision = 1;
  while (precision < 9 && Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  const [mantissa, exponent] = single.toExponential(precision - 1).split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(`${mantissa}e${power}`));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
