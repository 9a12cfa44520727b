/**
 * The order in which Go's YAML library writes the keys of a map: letter by letter, numbers within them by value, and
 * letters after everything else.
 *
 * @see go.yaml.in/yaml/v2 v2.4 sorter.go
 */
export function compareKeys(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] === y[i]) continue;
    return compareFrom(x, y, i);
  }
  return x.length - y.length;
}

/** Compares two keys at their first difference. */
function compareFrom(x: readonly string[], y: readonly string[], at: number): number {
  const [letterX, letterY] = [isLetter(x[at]!), isLetter(y[at]!)];
  if (letterX !== letterY) return letterX ? 1 : -1;
  const byCharacter = x[at]!.codePointAt(0)! - y[at]!.codePointAt(0)!;
  if (letterX) return byCharacter;
  // A zero after other digits is part of their number, which the leading 1 of `lead` preserves.
  const lead = (x[at] === '0' || y[at] === '0') && followsNumber(x, at) ? 1n : 0n;
  const [digitsX, digitsY] = [digitsFrom(x, at), digitsFrom(y, at)];
  const [numberX, numberY] = [numberOf(digitsX, lead), numberOf(digitsY, lead)];
  if (numberX !== numberY) return numberX < numberY ? -1 : 1;
  return digitsX.length - digitsY.length || byCharacter;
}

function followsNumber(key: readonly string[], at: number): boolean {
  for (let i = at - 1; i >= 0 && isDigit(key[i]!); i--) if (key[i] !== '0') return true;
  return false;
}

function digitsFrom(key: readonly string[], at: number): readonly string[] {
  let end = at;
  while (end < key.length && isDigit(key[end]!)) end++;
  return key.slice(at, end);
}

/** Digits as a 64-bit number, which overflows as in Go. */
function numberOf(digits: readonly string[], lead: bigint): bigint {
  const number = digits.reduce((sum, digit) => sum * 10n + BigInt(digit.codePointAt(0)! - 48), lead);
  return BigInt.asIntN(64, number);
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character);
}
