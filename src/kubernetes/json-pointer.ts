import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { fieldAt } from './plain-data';

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

/** The unescaped tokens of a JSON pointer. */
export function pointerTokens(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map(unescapedToken);
}

/** A token without escapes: `app.kubernetes.io~1name` is `app.kubernetes.io/name`. */
export function unescapedToken(token: string): string {
  return token.replace(/~[01]/g, (code) => (code === '~1' ? '/' : '~'));
}

/** A key as a token of a JSON pointer. */
export function escapedToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The value at a JSON pointer; undefined where it leads nowhere. */
export function valueAtPointer(value: unknown, pointer: string): unknown {
  return pointerTokens(pointer).reduce(
    (current, token) => (Array.isArray(current) ? current[Number(token)] : fieldAt(current, token)),
    value,
  );
}
