import { isRecord } from '../problem/check-properties';
/** The first place where an object lacks what is expected of it. */
export interface Difference {
  /** Field path, such as `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Looks for everything in `expected` at the same place in `actual`; what else is there does not matter.
 * Lists have to be of the same length.
 *
 * @returns undefined when it is all there
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
