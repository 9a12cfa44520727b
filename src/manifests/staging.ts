import {
  chmodSync,
  closeSync,
  copyFileSync,
  fchmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ownName } from './file-path';

/**
 * A staging area for a folder, on the same disk. Files are written completely here and then moved to their names.
 * A move on one disk is atomic: readers see the old file or the new one, never a part.
 * All changes of the folder are made here as steps, and completed steps can be rolled back.
 */
export class Staging {
  readonly #folder: string;
  readonly #undo: (() => void)[] = [];
  #place: string | undefined;
  #keepsPlace = false;
  #count = 0;

  /** @param folder - the staging area is next to it, or in it if that is not possible; created on first use */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes a file; returns a function that moves it to its name and replaces a file or link with that name.
   *
   * @param mayReplace - whether an entry with that name may exist
   * @param mode - permissions @default - those of the replaced file, otherwise the defaults of the process
   */
  write(
    target: string,
    text: string | readonly string[],
    { mayReplace, mode }: { mayReplace: boolean; mode?: number | undefined },
  ): () => void {
    const staged = this.#next();
    const before = mayReplace ? lstatSync(target, { throwIfNoEntry: false }) : undefined;
    const modeBefore = before?.isFile() ? before.mode & 0o777 : undefined;
    writePieces(staged, typeof text === 'string' ? [text] : text, mode ?? modeBefore);
    return () => {
      // A folder is not replaced: it is already removed, or the move fails.
      const kept = before === undefined || before.isDirectory() ? undefined : this.#keep(target, before);
      renameSync(staged, target);
      this.#undo.push(() => (kept === undefined ? rmSync(target, { force: true }) : renameSync(kept, target)));
    };
  }

  /** Removes a file or a link, if it exists. */
  take(target: string): void {
    const kept = this.#next();
    try {
      renameSync(target, kept);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      return;
    }
    this.#undo.push(() => renameSync(kept, target));
  }

  /** Creates a folder with its parents if it does not exist. A link does not count as a folder. */
  makeFolder(path: string): void {
    try {
      mkdirSync(path);
    } catch (error) {
      if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
      if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
      this.makeFolder(dirname(path));
      mkdirSync(path);
    }
    this.#undo.push(() => rmdirSync(path));
  }

  /** Removes a folder if it is empty. */
  takeEmptyFolder(path: string): void {
    let mode: number;
    try {
      mode = lstatSync(path).mode & 0o777;
      rmdirSync(path);
    } catch {
      return; // it has files of others
    }
    this.#undo.push(() => {
      mkdirSync(path);
      chmodSync(path, mode); // the umask may have removed permissions
    });
  }

  /**
   * Rolls back every step, the last one first.
   *
   * @returns errors of steps that cannot be rolled back. They name the files, which stay in the staging area until another
   * process writes to the folder
   */
  undo(): readonly unknown[] {
    const errors: unknown[] = [];
    for (const undo of this.#undo.splice(0).reverse()) {
      try {
        undo();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#keepsPlace = errors.length > 0;
    return errors;
  }

  /** Removes the staging area and its content. */
  remove(): void {
    if (this.#place === undefined || this.#keepsPlace) return;
    try {
      rmSync(this.#place, { recursive: true, force: true });
    } catch {
      // The result is complete or rolled back in any case; the next process removes the staging area.
    }
  }

  /** A copy of the entry that a move will replace. */
  #keep(target: string, before: Stats): string {
    const kept = this.#next();
    if (before.isSymbolicLink()) symlinkSync(readlinkSync(target), kept);
    else linkOrCopy(target, kept);
    return kept;
  }

  #next(): string {
    this.#place ??= makePlace(this.#folder);
    return join(this.#place, String(this.#count++));
  }
}

/** Writes in chunks, so that a large text is not copied as a whole. */
function writePieces(path: string, pieces: readonly string[], mode: number | undefined): void {
  const file = openSync(path, 'w', mode);
  try {
    if (mode !== undefined) fchmodSync(file, mode); // the umask may have removed permissions
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Name prefix of the staging areas of a folder; followed by the process id and a unique suffix. */
function placePrefixes(folder: string): { nextTo: string; inside: string } {
  const absolute = resolve(folder);
  return {
    nextTo: join(dirname(absolute), `.${basename(absolute)}-cdk8s-karmada-`),
    inside: join(absolute, `${ownName}-`),
  };
}

/** Threads of one process and nested calls have separate staging areas. */
function makePlace(folder: string): string {
  const { nextTo, inside } = placePrefixes(folder);
  try {
    if (onOneDisk(dirname(nextTo), folder)) return mkdtempSync(`${nextTo}${process.pid}-`);
  } catch {
    // The parent is not writable, or the name is too long.
  }
  return mkdtempSync(`${inside}${process.pid}-`);
}

/** Removes staging areas of processes that were killed. */
export function removeLeftovers(folder: string): void {
  for (const prefix of Object.values(placePrefixes(folder))) {
    for (const name of namesIn(dirname(prefix))) {
      if (!name.startsWith(basename(prefix))) continue;
      const [, pid] = /^(\d+)(?:-\w+)?$/.exec(name.slice(basename(prefix).length)) ?? [];
      if (pid !== undefined && !isRunning(Number(pid)))
        rmSync(join(dirname(prefix), name), { recursive: true, force: true });
    }
  }
}

/** Names of the entries of a folder; empty if it is not readable. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function onOneDisk(one: string, other: string): boolean {
  return statSync(one).dev === statSync(other).dev;
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // not every file system supports hard links
  }
}
