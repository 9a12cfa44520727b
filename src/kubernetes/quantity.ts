import { anyText } from './plain-data';

/**
 * A resource amount such as `500m`, `8Gi` or `1e3`.
 *
 * @see Kubernetes apimachinery pkg/api/resource/quantity.go
 */
export interface Quantity {
  /** The amount in billionths, the precision of Kubernetes. */
  readonly nanos: bigint;
  /** The amount as Kubernetes writes it: unchanged if it looks canonical, else normalized. */
  readonly text: string;
}

type Format = 'decimal' | 'binary' | 'exponent';

/** Digits match in one way only, so that a long text that is not an amount is refused at once. */
const pattern = /^([+-]?)0*(?!0)([0-9]*)(?:\.([0-9]*))?((?:[eEinumkKMGTP]+[+-]?|[+-])[0-9]*)?$/;
const decimalSuffixes: readonly string[] = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const maxInt64 = 2n ** 63n - 1n;
const nano = 10n ** 9n;
const milli = 10n ** 6n;
/** Limit of the power of ten, so that a typo such as `1e99999999` does not exhaust memory. Comparisons stay the same. */
const largestExponent = 1000;

/**
 * Reads an amount as Kubernetes does: a text, or a number of whole units.
 *
 * @returns undefined for anything else
 */
export function parseQuantity(value: unknown): Quantity | undefined {
  const parts = partsOf(value);
  if (!parts) return undefined;
  const { nanos, format } = amountIn(parts);
  return { nanos, text: keptAsWritten(parts) ?? canonical(nanos, format) };
}

/** An amount without its text: what counting needs. */
export interface Amount {
  /** The amount in billionths. */
  readonly nanos: bigint;
  /** Whether it counts as written with a binary unit such as `Mi`. An amount below 1 counts as decimal. */
  readonly binary: boolean;
}

/** Like {@link parseQuantity}, without the text. */
export function parseAmount(value: unknown): Amount | undefined {
  const parts = partsOf(value);
  if (!parts) return undefined;
  const { nanos, format } = amountIn(parts);
  return { nanos, binary: format === 'binary' };
}

/** Whether an amount has a digit before its unit. Schemas of resources require one; Kubernetes itself reads `+` as 0. */
export function startsWithDigit(value: unknown): boolean {
  return /^[+-]?\.?[0-9]/.test(anyText(value));
}

/** An amount in thousandths, rounded away from zero, as for CPU. */
export function milliValue(quantity: Pick<Quantity, 'nanos'>): bigint {
  return divideAwayFromZero(quantity.nanos, milli);
}

/** A value in thousandths, rounded away from zero; undefined if it is not an amount. */
export function milliOf(value: unknown): bigint | undefined {
  const amount = parseAmount(value);
  return amount && milliValue(amount);
}

/** An amount in whole units, rounded away from zero. */
export function wholeValue(quantity: Pick<Quantity, 'nanos'>): bigint {
  return divideAwayFromZero(quantity.nanos, nano);
}

/** Whether one amount is more than another; false if one of them is not an amount. */
export function isMore(amount: unknown, than: unknown): boolean {
  const [a, b] = [parseQuantity(amount), parseQuantity(than)];
  return a !== undefined && b !== undefined && a.nanos > b.nanos;
}

/** Thousandths as Kubernetes writes them: `100m`, `1500m`, `2`, `5k`. */
export function formatMilli(amount: bigint): string {
  return canonical(amount * milli, 'decimal');
}

/** Whole units with the largest exact decimal suffix: `5k`. */
export function formatDecimal(amount: bigint): string {
  return canonical(amount * nano, 'decimal');
}

/** Whole units with the largest exact binary suffix: `128Mi`. */
export function formatBinary(amount: bigint): string {
  return canonical(amount * nano, 'binary');
}

interface Unit {
  readonly format: Format;
  /** Power of ten, or of two for binary units. */
  readonly exponent: number;
}

/** An amount as written. */
interface Parts {
  readonly text: string;
  readonly negative: boolean;
  /** Digits before the decimal point, at least one. */
  readonly whole: string;
  readonly fraction: string;
  readonly unit: Unit;
}

function partsOf(value: unknown): Parts | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = anyText(value);
  const parts = text === '' ? undefined : pattern.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts;
  const unit = interpretSuffix(suffix);
  // Only zeros: Kubernetes stops parsing here.
  return unit && { text, negative: sign === '-', whole: whole || '0', fraction, unit };
}

function amountIn({ negative, whole, fraction, unit }: Parts): { nanos: bigint; format: Format } {
  const unscaled = BigInt(`${whole}${fraction}`) * (negative ? -1n : 1n);
  if (unit.format !== 'binary') {
    return { nanos: rounded(unscaled, unit.exponent - fraction.length), format: unit.format };
  }
  const nanos = capped(rounded(unscaled * 2n ** BigInt(unit.exponent), -fraction.length));
  return { nanos, format: nanos > -nano && nanos < nano ? 'decimal' : 'binary' };
}

function interpretSuffix(suffix: string): Unit | undefined {
  const decimal = decimalSuffixes.indexOf(suffix);
  if (decimal >= 0) return { format: 'decimal', exponent: (decimal - 3) * 3 };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { format: 'binary', exponent: binary * 10 };
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(suffix)?.[1];
  if (exponent === undefined) return undefined;
  return { format: 'exponent', exponent: Math.max(-largestExponent, Math.min(largestExponent, Number(exponent))) };
}

/** Kubernetes keeps the text if a fast check finds it canonical; `1.500` and `001` pass that check. */
function keptAsWritten({ text, whole, fraction, unit }: Parts): string | undefined {
  if (text === '0') return text;
  const digits = `${whole}${fraction}`;
  const value = BigInt(digits);
  if (unit.format === 'binary') {
    const precision = 15 - whole.length - Math.trunc((unit.exponent * 3) / 10) - 1;
    const fast = fraction === '' && precision >= 0 && value * 2n ** BigInt(unit.exponent) <= maxInt64;
    return fast && value % 8n !== 0n ? text : undefined;
  }
  const scale = unit.exponent - fraction.length;
  const fast = 18 - digits.length >= 0 && scale >= -9;
  return fast && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0') ? text : undefined;
}

/** `unscaled` times ten to the power of `scale`, in billionths, rounded up to a whole billionth. */
function rounded(unscaled: bigint, scale: number): bigint {
  const power = scale + 9;
  return power >= 0 ? unscaled * 10n ** BigInt(power) : divideAwayFromZero(unscaled, 10n ** BigInt(-power));
}

function divideAwayFromZero(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

function capped(nanos: bigint): bigint {
  const limit = maxInt64 * nano;
  if (nanos > limit) return limit;
  return nanos < -limit ? -limit : nanos;
}

function canonical(nanos: bigint, format: Format): string {
  if (nanos === 0n) return '0';
  const small = nanos > -1024n * nano && nanos < 1024n * nano;
  if (format === 'binary' && !small && nanos % nano === 0n) {
    const [amount, times] = withoutFactors(nanos / nano, 1024n);
    return `${amount}${binarySuffixes[times] ?? ''}`;
  }
  let [amount, exponent] = withoutFactors(nanos, 10n);
  exponent -= 9;
  while (exponent % 3 !== 0) {
    amount *= 10n;
    exponent -= 1;
  }
  if (format === 'exponent') return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
  return `${amount}${decimalSuffixes[exponent / 3 + 3] ?? ''}`;
}

function withoutFactors(value: bigint, factor: bigint): [amount: bigint, times: number] {
  let amount = value;
  let times = 0;
  while (amount % factor === 0n) {
    amount /= factor;
    times += 1;
  }
  return [amount, times];
}
