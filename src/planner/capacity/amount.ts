import { type Amount, milliValue, parseAmount, wholeValue } from '../../kubernetes/quantity';

/** A whole number as Go's int64 holds it: a bigint only where a number would not be exact. */
export type Count = number | bigint;

/** An amount of a resource, rounded away from zero in the two ways that Karmada counts. */
export interface CountedAmount extends Amount {
  /** Whole units. */
  readonly units: Count;
  /** Thousandths. */
  readonly millis: Count;
}

/** Reads an amount; undefined for anything else. */
export function readAmount(value: unknown): CountedAmount | undefined {
  const amount = parseAmount(value);
  return amount && countedAmount(amount);
}

/** An amount with its counts. Beyond 64 bits units read as 0 and thousandths wrap around, as in Go. */
export function countedAmount({ nanos, binary }: Amount): CountedAmount {
  const units = wholeValue({ nanos });
  const fits = BigInt.asIntN(64, units) === units;
  const millis = fits ? BigInt.asIntN(64, milliValue({ nanos })) : 0n;
  return { nanos, binary, units: countOf(fits ? units : 0n), millis: countOf(millis) };
}

/** The difference, in the format of the first amount unless that is 0. */
export function minus(from: Amount, amount: Amount | undefined): Amount {
  if (!amount) return from;
  return { nanos: from.nanos - amount.nanos, binary: from.nanos === 0n ? amount.binary : from.binary };
}

/** Whole division, truncated as in Go. */
export function quotient(amount: Count, by: Count): Count {
  if (typeof amount === 'number' && typeof by === 'number') return Math.trunc(amount / by);
  return countOf(BigInt(amount) / BigInt(by));
}

/** The product, wrapping around at 64 bits. */
export function product(a: Count, b: Count): Count {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a * b)) return a * b;
  return countOf(BigInt.asIntN(64, BigInt(a) * BigInt(b)));
}

/** The sum, wrapping around at 64 bits. */
export function sum(a: Count, b: Count): Count {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a + b)) return a + b;
  return countOf(BigInt.asIntN(64, BigInt(a) + BigInt(b)));
}

/** The difference, wrapping around at 64 bits. */
export function difference(a: Count, b: Count): Count {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a - b)) return a - b;
  return countOf(BigInt.asIntN(64, BigInt(a) - BigInt(b)));
}

/** The lower of two counts. */
export function lower(a: Count, b: Count): Count {
  return b < a ? b : a;
}

/** A count as Karmada passes it on: 32 bits, wrapping around. */
export function toInt32(count: Count): number {
  return Number(BigInt.asIntN(32, BigInt(count)));
}

function countOf(value: bigint): Count {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
