import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * A place on the disk of a folder where files are made whole before they take their names in it.
 * Moving a file on one disk is atomic: whoever looks sees the old file or the new one, never half of it.
 */
export class Staging {
  readonly #place: string;
  readonly #undo: (() => void)[] = [];
  #count = 0;

  /**
   * @param folder - an existing folder; the place is beside it, or in it where that is not possible
   * @throws Error of the file system, when neither is writable
   */
  constructor(folder: string) {
    const { beside, inside } = stagingNames(folder);
    this.#place = makeOneOf(onOneDisk(dirname(beside), folder) ? [beside, inside] : [inside]);
  }

  /**
   * Writes a file; returns a move that gives it its name.
   *
   * @param replaces - whether another file has that name when it is moved
   */
  write(
    target: string,
    text: string | readonly string[],
    { replaces, mode }: { replaces: boolean; mode?: number | undefined },
  ): () => void {
    const staged = this.#next();
    writePieces(staged, typeof text === 'string' ? [text] : text, mode);
    return () => {
      if (replaces) this.#keep(target);
      else this.#undo.push(() => rmSync(target, { force: true }));
      renameSync(staged, target);
    };
  }

  /** Removes a file, if it is there, so that it can be put back. */
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

  /** Takes back what was moved, last move first. */
  undo(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  /** Removes the place and what is still in it. */
  remove(): void {
    rmSync(this.#place, { recursive: true, force: true });
  }

  /** Keeps the file that a move is about to replace. */
  #keep(target: string): void {
    const kept = this.#next();
    linkOrCopy(target, kept);
    this.#undo.push(() => renameSync(kept, target));
  }

  #next(): string {
    return join(this.#place, String(this.#count++));
  }
}

/** Piece by piece, so that a large text is not copied as a whole on its way. */
function writePieces(path: string, pieces: readonly string[], mode: number | undefined): void {
  const file = openSync(path, 'w', mode);
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Names that say whose process made the place, without an extension that kubectl reads. */
function stagingNames(folder: string): { beside: string; inside: string } {
  const absolute = resolve(folder);
  return {
    beside: join(dirname(absolute), `.${basename(absolute)}-cdk8s-karmada-${process.pid}`),
    inside: join(absolute, `.cdk8s-karmada-${process.pid}`),
  };
}

/** Removes what processes left that ended before they were done with a folder. */
export function removeLeftovers(folder: string): void {
  for (const place of Object.values(stagingNames(folder))) {
    const prefix = basename(place).slice(0, -String(process.pid).length);
    for (const name of namesIn(dirname(place))) {
      const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
      if (Number.isInteger(pid) && !isRunning(pid))
        rmSync(join(dirname(place), name), { recursive: true, force: true });
    }
  }
}

/** Names of what is in a folder; none where it is closed to readers. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // this process makes one place at a time
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function onOneDisk(one: string, other: string): boolean {
  return statSync(one).dev === statSync(other).dev;
}

function makeOneOf([place, ...others]: readonly string[]): string {
  try {
    mkdirSync(place!, { mode: 0o700 });
    return place!;
  } catch (error) {
    if (others.length === 0) throw error;
    return makeOneOf(others);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // not every file system has links
  }
}
