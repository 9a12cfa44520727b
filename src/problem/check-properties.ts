import { ModelError } from './model-error';
import { joinWords, nearMiss, quoted } from './words';

/**
 * Refuses properties that nothing reads: in untyped JavaScript, and in files, a typo would otherwise be dropped silently.
 * Properties whose value is undefined count as absent, known or not.
 *
 * @param value - what the author handed over
 * @param known - every property that is read
 * @param owner - what the value is, in the author's terms, such as `cluster "member1"`; a function where that takes time to say
 * @throws ModelError `property.unknown` for a property outside `known`, `property.type` for anything but a plain object
 */
export function checkProperties(value: unknown, known: readonly string[], owner: string | (() => string)): void {
  checkRecord(value, known, owner);
}

/** Like {@link checkProperties}, for values of unknown type: gives them back as an object. */
export function checkRecord(
  value: unknown,
  known: readonly string[],
  owner: string | (() => string),
): Readonly<Record<string, unknown>> {
  const named = () => (typeof owner === 'function' ? owner() : owner);
  if (!isRecord(value)) {
    throw new ModelError(`${named()} must be an object, got ${quoted(value)}`, {
      code: 'property.type',
      fix: known.length > 0 ? `give an object with ${joinWords(known, 'or')}` : 'give an object',
    });
  }
  for (const property of Object.keys(value)) {
    if (known.includes(property) || value[property] === undefined) continue;
    const meant = nearMiss(property, known);
    throw new ModelError(`${named()} has no property "${property}"`, {
      code: 'property.unknown',
      fix: meant === undefined ? `use one of ${joinWords(known)}` : `write "${meant}" in place of "${property}"`,
    });
  }
  return value;
}

/**
 * Refuses a word outside a closed set, naming the one that was probably meant.
 *
 * @param value - what the author handed over
 * @param allowed - the whole set
 * @param owner - what the value is, such as `purgeMode of failover.cluster`
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
 * Refuses anything but a list.
 *
 * @returns the list; an empty one for what is absent, null included, as Kubernetes takes it
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
