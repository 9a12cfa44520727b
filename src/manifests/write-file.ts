import { dirname } from 'node:path';
import { ModelError } from '../problem/model-error';
import { reasonOf } from './read-paths';
import { Staging } from './staging';

/**
 * Writes one file, which is old or new at any moment. Its folder is made if it does not exist.
 *
 * @param name - the file as the user wrote it
 * @throws ModelError `file.write` for a system error; nothing is changed then
 */
export function writeFile(path: string, text: string, name: string): void {
  const staging = new Staging(dirname(path));
  try {
    staging.makeFolder(dirname(path));
    staging.write(path, text, { mayReplace: true })();
  } catch (error) {
    staging.undo();
    throw new ModelError(`cannot write ${name}: ${reasonOf(error)}`, {
      code: 'file.write',
      fix: 'make the file and its folder writable, or choose another one',
      cause: error,
    });
  } finally {
    staging.remove();
  }
}
