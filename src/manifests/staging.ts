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
 * A place on the disk of a folder where files are made whole before they take their names in it.
 * Moving a file on one disk is atomic: whoever looks sees the old file or the new one, never half of it.
 * What is done in the folder is done here, step by step, and each step that succeeded can be taken back.
 */
export class Staging {
  readonly #folder: string;
  readonly #undo: (() => void)[] = [];
  #place: string | undefined;
  #keepsPlace = false;
  #count = 0;

  /** @param folder - the place is beside it, or in it where that is not possible; made when it is needed */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes a file; returns a move that gives it its name, instead of a file or link that has it.
   *
   * @param mayReplace - whether something may have that name
   * @param mode - permissions @default - those of the file that it replaces, or else those that the process gives to new files
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
      // A folder is not replaced: it is gone by now, or the move fails.
      const kept = before === undefined || before.isDirectory() ? undefined : this.#keep(target, before);
      renameSync(staged, target);
      this.#undo.push(() => (kept === undefined ? rmSync(target, { force: true }) : renameSync(kept, target)));
    };
  }

  /** Removes a file or a link, if it is there. */
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

  /** Makes a folder, and those that it is in, where there is none. A link in its place is none. */
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

  /** Removes a folder, unless something is in it. */
  takeEmptyFolder(path: string): void {
    let mode: number;
    try {
      mode = lstatSync(path).mode & 0o777;
      rmdirSync(path);
    } catch {
      return; // somebody's files are in it
    }
    this.#undo.push(() => {
      mkdirSync(path);
      chmodSync(path, mode); // the process may take some away from new folders
    });
  }

  /**
   * Takes back every step, the last one first.
   *
   * @returns errors of those that could not be taken back; they name the files, which stay in the place
   * until another process writes into the folder, as that would replace or remove them anyway
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

  /** Removes the place and what is still in it. */
  remove(): void {
    if (this.#place === undefined || this.#keepsPlace) return;
    try {
      rmSync(this.#place, { recursive: true, force: true });
    } catch {
      // The work is done, or taken back, all the same; another process will remove it.
    }
  }

  /** A copy of what a move is about to replace. */
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

/** Piece by piece, so that a large text is not copied as a whole on its way. */
function writePieces(path: string, pieces: readonly string[], mode: number | undefined): void {
  const file = openSync(path, 'w', mode);
  try {
    if (mode !== undefined) fchmodSync(file, mode); // the process may take some away from new files
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** How the names of places for a folder begin; the process that made one and something of its own follow. */
function placePrefixes(folder: string): { beside: string; inside: string } {
  const absolute = resolve(folder);
  return {
    beside: join(dirname(absolute), `.${basename(absolute)}-cdk8s-karmada-`),
    inside: join(absolute, `${ownName}-`),
  };
}

/** Threads of one process, and calls within each other, have places of their own. */
function makePlace(folder: string): string {
  const { beside, inside } = placePrefixes(folder);
  try {
    if (onOneDisk(dirname(beside), folder)) return mkdtempSync(`${beside}${process.pid}-`);
  } catch {
    // Nobody may write there, or the name is too long.
  }
  return mkdtempSync(`${inside}${process.pid}-`);
}

/** Removes what processes left that ended before they were done with a folder. */
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

/** Names of what is in a folder; none where it is closed to readers. */
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
    copyFileSync(from, to); // not every file system has links
  }
}
