import { checkValue, flag, list, objectOfOnly, oneOf, type WholeNumberLimits, wholeNumber } from './value-kinds';

/**
 * Rejects unknown properties, so that a typo in untyped JavaScript or in a file is not ignored silently.
 * Properties with the value undefined count as absent.
 *
 * @param known - every property that is read
 * @param owner - description of the value for messages, such as `cluster "member1"`; a function if it is slow to create
 * @throws ModelError `property.unknown` for a property outside `known`, `property.type` for anything but a plain object
 */
export function checkProperties(value: unknown, known: readonly string[], owner: string | (() => string)): void {
  checkRecord(value, known, owner);
}

/** Like {@link checkProperties}, but returns the value as an object. */
export function checkRecord(
  value: unknown,
  known: readonly string[],
  owner: string | (() => string),
): Readonly<Record<string, unknown>> {
  checkValue(value, objectOfOnly(known), owner);
  return value as Readonly<Record<string, unknown>>;
}

/**
 * Rejects a value that is not in a set, and suggests the one that was probably meant.
 *
 * @param owner - description of the value for messages, such as `purgeMode of failover.cluster`
 * @throws ModelError `property.value`
 */
export function checkOneOf<Word extends string>(
  value: unknown,
  allowed: readonly Word[],
  owner: string,
): asserts value is Word {
  checkValue(value, oneOf(allowed), owner);
}

/**
 * Rejects a value that is neither true nor false.
 *
 * @throws ModelError `property.type`
 */
export function checkFlag(value: unknown, owner: string): asserts value is boolean {
  checkValue(value, flag, owner);
}

/**
 * Rejects a value that is not a whole number within limits.
 *
 * @param owner - description of the value for messages, such as `maxReplicas of FederatedHPA "lab/web"`
 * @throws ModelError `number.range`
 */
export function checkWholeNumber(value: unknown, limits: WholeNumberLimits, owner: string): asserts value is number {
  checkValue(value, wholeNumber(limits), owner);
}

/**
 * Rejects a value that is not a list.
 *
 * @returns the list; empty for undefined and null, as in Kubernetes
 * @throws ModelError `property.type`
 */
export function checkedList<Item = unknown>(value: readonly Item[] | null | undefined, owner: string): readonly Item[] {
  if (value === undefined || value === null) return [];
  checkValue(value, list, owner);
  return value;
}
