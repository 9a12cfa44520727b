/** An exact amount of a resource, as a fraction of whole units. */
export interface Quantity {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const form = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([eE][+-]?[0-9]+)|(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E))?$/;
const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binarySuffixes = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalUnits = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/**
 * Reads an amount of a resource: `100m`, `1.5Gi`, `2e3`, or a plain number.
 *
 * @returns undefined where Kubernetes would refuse it
 * @see Kubernetes apimachinery pkg/api/resource/quantity.go, ParseQuantity
 */
export function parseQuantity(value: unknown): Quantity | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = form.exec(String(value));
  if (!match) return undefined;
  const [, sign, whole = '', afterDot, exponent, suffix] = match;
  if (whole === '' && afterDot === undefined) return undefined;
  const fraction = afterDot ?? '';
  const power = exponent ? Number(exponent.slice(1)) : (decimalSuffixes[suffix ?? ''] ?? 0);
  const binary = 1024n ** BigInt(binarySuffixes.indexOf(suffix ?? '') + 1);
  const scale = power - fraction.length;
  const digits = BigInt(`${whole}${fraction}` || '0') * (sign === '-' ? -binary : binary);
  if (Math.abs(scale) > 400) return undefined;
  return scale >= 0
    ? { numerator: digits * 10n ** BigInt(scale), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-scale) };
}

/** Whether one amount is more than another, exactly. */
export function isMore(amount: string, than: string): boolean {
  const [a, b] = [parseQuantity(amount), parseQuantity(than)];
  return a !== undefined && b !== undefined && a.numerator * b.denominator > b.numerator * a.denominator;
}

/** The amount in whole units, rounded up. */
export function wholeUnits({ numerator, denominator }: Quantity): bigint {
  return roundUp(numerator, denominator);
}

/** The amount in thousandths, rounded up: how CPU is counted. */
export function thousandths({ numerator, denominator }: Quantity): bigint {
  return roundUp(numerator * 1000n, denominator);
}

/** Thousandths as Kubernetes writes them: `100m`, `1500m`, `2`, `5k`. */
export function formatThousandths(amount: bigint): string {
  return amount % 1000n === 0n ? formatDecimal(amount / 1000n) : `${amount}m`;
}

/** Whole units with the largest decimal suffix that loses nothing. */
export function formatDecimal(amount: bigint): string {
  return withLargestUnit(amount, 1000n, decimalUnits);
}

/** Whole units with the largest binary suffix that loses nothing: `128Mi`. */
export function formatBinary(amount: bigint): string {
  // Kubernetes writes binary amounts below 1024 the decimal way.
  return amount < 1024n ? formatDecimal(amount) : withLargestUnit(amount, 1024n, ['', ...binarySuffixes]);
}

function withLargestUnit(amount: bigint, base: bigint, units: readonly string[]): string {
  let unit = 0;
  let rest = amount;
  while (rest !== 0n && rest % base === 0n && unit < units.length - 1) {
    rest /= base;
    unit++;
  }
  return `${rest}${units[unit]}`;
}

function roundUp(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  return numerator % denominator > 0n ? whole + 1n : whole;
}
