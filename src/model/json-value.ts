import { frozen } from '../kubernetes/freeze';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/**
 * A frozen copy of a JSON value.
 *
 * @param owner - what the value belongs to, for messages
 * @throws ModelError `json.value` for values that JSON loses or changes: functions, undefined, NaN, dates, cycles
 */
export function checkedJson(value: unknown, owner: string): unknown {
  checkJson(value, owner, []);
  return frozen(value);
}

/** More than any object of Kubernetes needs, and few enough to copy by recursion. */
const deepest = 500;

function checkJson(value: unknown, owner: string, above: readonly unknown[]): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (above.length > deepest) {
    throw new ModelError(`${owner} is nested more than ${deepest} levels deep`, {
      code: 'json.value',
      fix: 'give the value without so many levels',
    });
  }
  if (typeof value === 'object' && !above.includes(value)) {
    const prototype = Object.getPrototypeOf(value);
    const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
    if (Array.isArray(value)) {
      for (const item of value) checkJson(item, owner, [...above, value]);
      return;
    }
    if (isPlain) {
      for (const item of Object.values(value)) {
        if (item !== undefined) checkJson(item, owner, [...above, value]);
      }
      return;
    }
  }
  const got = typeof value === 'object' && !above.includes(value) ? `a ${value!.constructor.name}` : quoted(value);
  throw new ModelError(`${owner} must be plain JSON data, got ${got}`, {
    code: 'json.value',
    fix: 'use strings, numbers, booleans, null, lists and plain objects',
  });
}
