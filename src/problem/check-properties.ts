import { ModelError } from './model-error';
import { joinWords, nearMiss, quoted } from './words';

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
  const named = () => (typeof owner === 'function' ? owner() : owner);
  if (!isPropertyBag(value)) {
    throw new ModelError(`${named()} must be an object, got ${quoted(value)}`, {
      code: 'property.type',
      fix: known.length > 0 ? `give an object with ${joinWords(known, 'or')}` : 'give an object',
    });
  }
  for (const property of Object.keys(value)) {
    if (known.includes(property) || value[property] === undefined) continue;
    const { problem, fix } = misspelled(property, known);
    throw new ModelError(`${named()} ${problem}`, { code: 'property.unknown', fix });
  }
  return value;
}

/** What a message says of an unknown property, after its owner, and how to fix it. */
export function misspelled(property: string, known: readonly string[]): { problem: string; fix: string } {
  const meant = nearMiss(property, known);
  const named = quoted(property);
  return {
    problem: `has no property ${named}`,
    fix: meant === undefined ? `use one of ${joinWords(known)}` : `write "${meant}" in place of ${named}`,
  };
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
  if (allowed.some((word) => word === value)) return;
  const meant = typeof value === 'string' ? nearMiss(value, allowed) : undefined;
  throw new ModelError(`${owner} must be ${joinWords(allowed, 'or')}, got ${quoted(value)}`, {
    code: 'property.value',
    fix: meant === undefined ? `use one of ${joinWords(allowed)}` : `write "${meant}"`,
  });
}

/**
 * Rejects a value that is neither true nor false.
 *
 * @throws ModelError `property.type`
 */
export function checkFlag(value: unknown, owner: string): asserts value is boolean {
  if (typeof value === 'boolean') return;
  throw new ModelError(`${owner} must be true or false, got ${quoted(value)}`, {
    code: 'property.type',
    fix: 'write true or false, without quotes',
  });
}

/**
 * Rejects a value that is not a list.
 *
 * @returns the list; empty for undefined and null, as in Kubernetes
 * @throws ModelError `property.type`
 */
export function checkedList<Item = unknown>(value: readonly Item[] | null | undefined, owner: string): readonly Item[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new ModelError(`${owner} must be a list, got ${quoted(value)}`, {
    code: 'property.type',
    fix: 'write it in square brackets, even a single one',
  });
}

/** Whether a value is an object with properties: neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is an object whose properties an author wrote: neither a list nor a built-in object such as a Map, a Set
 * or a Date, whose content is not in its properties.
 */
export function isPropertyBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.prototype.toString.call(value) === '[object Object]';
}
