import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/**
 * Checks a JSON pointer.
 *
 * @param owner - description of the value for messages
 * @throws ModelError `json.pointer`
 * @see RFC 6901
 */
export function checkJsonPointer(pointer: unknown, owner: string): asserts pointer is string {
  if (typeof pointer !== 'string' || (pointer !== '' && !pointer.startsWith('/'))) {
    const dotted =
      typeof pointer === 'string' ? `/${pointer.replace(/[.[\]]+/g, '/').replace(/\/$/, '')}` : '/spec/replicas';
    throw new ModelError(`${owner} must be a JSON pointer, which begins with "/", got ${quoted(pointer)}`, {
      code: 'json.pointer',
      fix: `write it like "${dotted.replace(/^\/+/, '/')}"`,
    });
  }
  if (/~(?![01])/.test(pointer)) {
    throw new ModelError(`${owner} has an invalid escape "~": ${quoted(pointer)}`, {
      code: 'json.pointer',
      fix: 'write "~0" for "~", and "~1" for a "/" inside a key',
    });
  }
}
