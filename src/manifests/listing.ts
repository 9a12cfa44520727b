import { type Dirent, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * What is in a folder, at any depth. It looks into each folder once, rather than at each file,
 * and follows no link in it: what is behind one is not in the folder.
 */
export class Listing {
  readonly #folder: string;
  readonly #entries = new Map<string, ReadonlyMap<string, Dirent>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What a path with `/` names, or undefined for nothing. */
  at(path: string): Dirent | undefined {
    return this.#entriesOf(posix.dirname(path)).get(posix.basename(path));
  }

  hasFolder(path: string): boolean {
    return path === '.' || this.at(path)?.isDirectory() === true;
  }

  #entriesOf(folder: string): ReadonlyMap<string, Dirent> {
    let entries = this.#entries.get(folder);
    if (entries === undefined) {
      const found = this.hasFolder(folder) ? readdirSync(join(this.#folder, folder), { withFileTypes: true }) : [];
      entries = new Map(found.map((entry) => [entry.name, entry]));
      this.#entries.set(folder, entries);
    }
    return entries;
  }
}
