import { isRecord } from '../problem/record';
/** The first difference between an object and its expectation. */
export interface Difference {
  /** Field path, such as `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Compares every value in `expected` with the value at the same path in `actual`; other fields of `actual` are ignored.
 * Lists must have the same length.
 *
 * @returns undefined if all values match
 */
export function firstDifference(expected: unknown, actual: unknown, path = ''): Difference | undefined {
  const difference = { path: path === '' ? 'the object' : path, expected, actual };
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return difference;
    return firstOf(expected.map((item, index) => () => firstDifference(item, actual[index], `${path}[${index}]`)));
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return difference;
    return firstOf(
      Object.entries(expected).map(
        ([field, value]) =>
          () =>
            firstDifference(value, actual[field], path === '' ? field : `${path}.${field}`),
      ),
    );
  }
  return Object.is(expected, actual) ? undefined : difference;
}

function firstOf(looks: readonly (() => Difference | undefined)[]): Difference | undefined {
  for (const look of looks) {
    const difference = look();
    if (difference) return difference;
  }
  return undefined;
}
