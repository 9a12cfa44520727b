import { lstatSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ModelError } from '../problem/model-error';
import { reasonOf } from './read-paths';
import { Staging } from './staging';
import type { FolderFile } from './write-folder';

/**
 * Writes files into a folder that others write to as well, all or nothing, and keeps no record. Files of these names are replaced.
 * Folders that do not exist are made.
 *
 * @param name - the folder for messages @default - its path
 * @throws ModelError `folder.write` for a system error; nothing is changed then
 */
export function writeFiles(folder: string, files: readonly FolderFile[], name = folder): void {
  const staging = new Staging(folder);
  const makeFolder = (path: string): void => {
    if (!isFolder(path)) staging.makeFolder(path);
  };
  try {
    makeFolder(resolve(folder));
    const moves = files.map(({ path, text, mode }) => {
      const target = join(folder, path);
      makeFolder(dirname(target));
      return staging.write(target, text, { mayReplace: true, mode });
    });
    for (const move of moves) move();
  } catch (error) {
    staging.undo();
    throw new ModelError(`cannot write to ${name}: ${reasonOf(error)}; no file is changed`, {
      code: 'folder.write',
      fix: 'make the folder writable, or choose another one',
      cause: error,
    });
  } finally {
    staging.remove();
  }
}

/** Result of {@link writeNewFiles}: paths as given. */
export interface NewFiles {
  readonly written: readonly string[];
  /** Files that existed, and were not changed. */
  readonly kept: readonly string[];
}

/**
 * Writes the files that do not exist in a folder yet, like {@link writeFiles}. Anything with the name of a file is kept, also a folder or a
 * link.
 *
 * @throws ModelError `folder.write`
 */
export function writeNewFiles(folder: string, files: readonly FolderFile[], name = folder): NewFiles {
  const exists = ({ path }: FolderFile) => lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
  const added = isFolder(folder) ? files.filter((file) => !exists(file)) : files;
  writeFiles(folder, added, name);
  const written = added.map(({ path }) => path);
  return { written, kept: files.map(({ path }) => path).filter((path) => !written.includes(path)) };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // making it says why
  }
}
