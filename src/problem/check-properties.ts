import { ModelError } from './model-error';

/**
 * Refuses properties that nothing reads: in untyped JavaScript, and in files, a typo would otherwise be dropped silently.
 * Properties whose value is undefined count as absent, known or not.
 *
 * @param value - what the author handed over
 * @param known - every property that is read
 * @param owner - what the value is, in the author's terms, such as `cluster "member1"`; a function where that takes time to say
 * @throws ModelError `property.unknown` for a property outside `known`, `property.type` for anything but a plain object
 */
export function checkKnownProperties(value: unknown, known: readonly string[], owner: string | (() => string)): void {
  recordOf(value, known, owner);
}

/** Like {@link checkKnownProperties}, for values of unknown type: gives them back as an object. */
export function recordOf(
  value: unknown,
  known: readonly string[],
  owner: string | (() => string),
): Readonly<Record<string, unknown>> {
  const named = () => (typeof owner === 'function' ? owner() : owner);
  if (!isRecord(value)) {
    throw new ModelError(`${named()} must be an object, got ${shown(value)}`, {
      code: 'property.type',
      fix: known.length > 0 ? `give an object with ${listed(known, 'or')}` : 'give an object',
    });
  }
  for (const property of Object.keys(value)) {
    if (known.includes(property) || value[property] === undefined) continue;
    const meant = nearMiss(property, known);
    throw new ModelError(`${named()} has no property "${property}"`, {
      code: 'property.unknown',
      fix: meant === undefined ? `use one of ${listed(known)}` : `write "${meant}" in place of "${property}"`,
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
  throw new ModelError(`${owner} must be ${listed(allowed, 'or')}, got ${shown(value)}`, {
    code: 'property.value',
    fix: meant === undefined ? `use one of ${listed(allowed)}` : `write "${meant}"`,
  });
}

/**
 * The candidate that a misspelled word most resembles.
 *
 * @returns nothing when no candidate is near enough, or two equally: one edit in three letters; letter case costs nothing,
 *   and neither does a word that only one candidate begins with
 */
export function nearMiss(word: string, candidates: readonly string[]): string | undefined {
  const begun = candidates.filter((candidate) => word.length > 1 && candidate.startsWith(word));
  if (begun.length === 1) return begun[0];
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    // Two equally near candidates, as in a fleet of numbered names, say nothing about which was meant.
    if (distance === bestDistance) best = undefined;
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Words as people list them, `a, b or c`; a long list is cut to a few and a count. */
export function listed(words: readonly string[], conjunction?: 'and' | 'or'): string {
  const most = 8;
  if (words.length > most) return `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`;
  if (conjunction === undefined || words.length < 2) return words.join(', ');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words[words.length - 1]}`;
}

/**
 * Refuses anything but a list.
 *
 * @returns the list; an empty one for what is absent, null included, as Kubernetes takes it
 * @throws ModelError `property.type`
 */
export function listOf<Item = unknown>(value: readonly Item[] | null | undefined, owner: string): readonly Item[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new ModelError(`${owner} must be a list, got ${shown(value)}`, {
    code: 'property.type',
    fix: 'write it in square brackets, even a single one',
  });
}

/** A value as an error message shows it: JSON, cut when long; what JSON cannot say is named. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number' || value === undefined) return String(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return `the ${typeof value} ${String(value)}`;
  let text: string;
  try {
    text = JSON.stringify(value) ?? typeof value;
  } catch {
    text = 'a value that refers to itself';
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Whether a value is an object with properties: neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levenshtein distance, in which swapping two neighbouring letters counts as one edit. */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        rows[row - 1]![column]! + 1,
        current[column - 1]! + 1,
        rows[row - 1]![column - 1]! + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, rows[row - 2]![column - 2]! + 1);
      current.push(cost);
    }
    rows.push(current);
  }
  return rows[from.length]![to.length]!;
}
