import { type Dirent, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The content of a folder, at any depth. Reads each folder once instead of each file, and does not follow links.
 */
export class Listing {
  readonly #folder: string;
  readonly #entries = new Map<string, ReadonlyMap<string, Dirent>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The entry at a path with `/`, or undefined. */
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
