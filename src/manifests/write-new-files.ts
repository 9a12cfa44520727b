import { lstatSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ModelError } from '../problem/model-error';
import { reasonOf } from './read-paths';
import { Staging } from './staging';

/** Result of {@link writeNewFiles}: paths as given. */
export interface NewFiles {
  readonly written: readonly string[];
  /** Files that existed, and were not changed. */
  readonly kept: readonly string[];
}

/**
 * Writes the files that do not exist in a folder yet, all or nothing. The folder is made if it does not exist. Anything with the name
 * of a file is kept, also a folder or a link.
 *
 * @param files - text by path relative to the folder
 * @param name - the folder as the user wrote it
 * @throws ModelError `folder.write` for a system error; nothing is changed then
 */
export function writeNewFiles(folder: string, files: ReadonlyMap<string, string>, name: string): NewFiles {
  const staging = new Staging(folder);
  try {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) staging.makeFolder(resolve(folder));
    const exists = (path: string) => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
    const written = [...files.keys()].filter((path) => !exists(path));
    const moves = written.map((path) => {
      const target = join(folder, path);
      if (dirname(path) !== '.') staging.makeFolder(dirname(target));
      return staging.write(target, files.get(path)!, { mayReplace: false });
    });
    for (const move of moves) move();
    return { written, kept: [...files.keys()].filter((path) => !written.includes(path)) };
  } catch (error) {
    staging.undo();
    throw new ModelError(`cannot write into ${name}: ${reasonOf(error)}`, {
      code: 'folder.write',
      fix: 'make the folder writable, or choose another one',
      cause: error,
    });
  } finally {
    staging.remove();
  }
}
