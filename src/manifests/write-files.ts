import { dirname, join, resolve } from 'node:path';
import { ModelError } from '../problem/model-error';
import { reasonOf } from './read-paths';
import { Staging } from './staging';
import type { FolderFile } from './write-folder';

/**
 * Writes files into a folder that others write to as well, all or nothing, and keeps no record. Files of these names are replaced.
 *
 * @throws ModelError `folder.write` for a system error; nothing is changed then
 */
export function writeFiles(folder: string, files: readonly FolderFile[]): void {
  const staging = new Staging(folder);
  try {
    staging.makeFolder(resolve(folder));
    const moves = files.map(({ path, text, mode }) => {
      const target = join(folder, path);
      staging.makeFolder(dirname(target));
      return staging.write(target, text, { mayReplace: true, mode });
    });
    for (const move of moves) move();
  } catch (error) {
    staging.undo();
    throw new ModelError(`cannot write to ${folder}: ${reasonOf(error)}; no file is changed`, {
      code: 'folder.write',
      fix: 'make the folder writable, or choose another one',
      cause: error,
    });
  } finally {
    staging.remove();
  }
}
