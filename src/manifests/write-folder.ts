import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModelError } from '../problem/model-error';
import { foldersOf, pathProblem } from './file-path';
import { folderRecordName, folderRecordText, readFolderRecord } from './folder-record';
import { Listing } from './listing';
import { removeLeftovers, Staging } from './staging';

/** A file to write, complete. */
export interface FolderFile {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string;
  /** In one piece, or in several, one after the other. */
  readonly text: string | readonly string[];
  /** Permissions, such as 0o600 for Secrets. @default - those of the file that is replaced, or else those that the process gives to new files */
  readonly mode?: number;
}

/** What {@link writeFolder} did; paths as given. */
export interface WrittenFolder {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files that the application wrote before and no longer makes. */
  readonly removed: readonly string[];
  /** Files of the same kind that were left, since `mayRemove` said so. */
  readonly kept: readonly string[];
}

/** How a folder is written. */
export interface WriteFolderOptions {
  /** Whether a file that the application wrote before and no longer makes is removed. @default - each of them is */
  readonly mayRemove?: (path: string) => boolean;
}

/**
 * Makes a folder hold these files, all or nothing: when one cannot be written, every file is as it was.
 * A process that is killed leaves each file old or new, and the next call completes the work.
 * Files that the application wrote before and that are not among these are removed; the record in the folder says which those are.
 * Everything else is left alone, and so is what is behind a link in the folder: a link that has the name of a file is replaced.
 *
 * @param application - whose files these are: two applications may share a folder under different names
 * @throws ModelError `folder.path` for a path that cannot be that of a file in the folder, `folder.write` when the system refuses
 */
export function writeFolder(
  folder: string,
  files: readonly FolderFile[],
  application: string,
  { mayRemove = () => true }: WriteFolderOptions = {},
): WrittenFolder {
  refusePaths(folder, files);
  const staging = new Staging(folder);
  try {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) staging.makeFolder(resolve(folder));
    removeLeftovers(folder);
    const change = changeOf(folder, files, application, mayRemove);
    if (change.written.length > 0 || change.changesRecord) apply(change, staging);
    const written = new Set(change.written.map(({ path }) => path));
    const unchanged = [...change.paths].filter((path) => !written.has(path));
    return { written: [...written], unchanged, removed: change.removed, kept: change.kept };
  } catch (error) {
    throw refused(folder, error, staging.undo());
  } finally {
    staging.remove();
  }
}

/** Refuses what no folder can hold, before anything is written. */
function refusePaths(folder: string, files: readonly FolderFile[]): void {
  const refuse = (path: string, problem: string, fix: string): never => {
    throw new ModelError(`the file name "${shown(path)}" ${problem}, so nothing is written to ${folder}`, {
      code: 'folder.path',
      fix,
    });
  };
  const paths = new Set<string>();
  for (const { path } of files) {
    const problem = pathProblem(path);
    if (problem !== undefined) refuse(path, problem, 'use a name of at most 255 letters, digits, "-", "_" and "."');
    paths.add(path);
  }
  for (const inIt of foldersOf(paths)) {
    if (!paths.has(inIt)) continue;
    const other = [...paths].find((path) => path.startsWith(`${inIt}/`)) ?? '';
    refuse(inIt, `is that of a folder as well, for "${shown(other)}"`, 'give one of them another name');
  }
}

/** What has to happen in a folder. */
interface Change {
  readonly folder: string;
  readonly application: string;
  /** What is in the folder before. */
  readonly listing: Listing;
  /** Of all files that the application makes. */
  readonly paths: ReadonlySet<string>;
  readonly written: readonly FolderFile[];
  /** Paths in the record that the application no longer makes. */
  readonly dropped: ReadonlySet<string>;
  /** Those of them that are files or links now, and of no other application. */
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  readonly changesRecord: boolean;
}

function changeOf(
  folder: string,
  files: readonly FolderFile[],
  application: string,
  mayRemove: (path: string) => boolean,
): Change {
  const record = readFolderRecord(folder);
  const own = record.get(application) ?? new Set();
  const ofOthers = [...record].filter(([name]) => name !== application).map(([, theirs]) => theirs);
  const listing = new Listing(folder);
  const paths = new Set(files.map(({ path }) => path));
  const stale = [...own].filter((path) => !paths.has(path));
  const isRemovable = (path: string): boolean => {
    const entry = listing.at(path);
    return (entry?.isFile() || entry?.isSymbolicLink()) === true && !ofOthers.some((theirs) => theirs.has(path));
  };
  const kept = stale.filter((path) => isRemovable(path) && !mayRemove(path));
  const dropped = new Set(stale.filter((path) => !kept.includes(path)));
  return {
    folder,
    application,
    listing,
    paths,
    written: files.filter((file) => !listing.at(file.path)?.isFile() || !isAlready(folder, file)),
    dropped,
    removed: [...dropped].filter(isRemovable),
    kept,
    changesRecord: dropped.size > 0 || [...paths].some((path) => !own.has(path)),
  };
}

/** Everything is written before anything moves; then stale names give way, so that new ones find their place. */
function apply(change: Change, staging: Staging): void {
  const { folder, listing, paths, written, dropped, removed } = change;
  const needed = foldersOf(paths);
  const moves = written.map(({ path, text, mode }) =>
    staging.write(join(folder, path), text, { mayReplace: listing.at(path) !== undefined, mode }),
  );

  // Names every file of before and after: should the process end in between, it still says what is ours.
  writeRecord(change, staging, (own) => [...own, ...paths]);
  for (const path of removed) staging.take(join(folder, path));
  for (const emptied of [...foldersOf(dropped)].reverse()) {
    if (listing.hasFolder(emptied) && !needed.has(emptied)) staging.takeEmptyFolder(join(folder, emptied));
  }
  for (const parent of needed) if (!listing.hasFolder(parent)) staging.makeFolder(join(folder, parent));
  for (const move of moves) move();
  writeRecord(change, staging, (own) => [...own.filter((path) => !dropped.has(path)), ...paths]);
}

/**
 * Replaces the paths of the application in the record as it is at this moment: others may have written into the folder since we looked.
 * What remains: of two processes that come here at the same moment (under a millisecond, or some for thousands of names), or when one
 * fails and puts back the record that it found, new names of the other can get lost: these files are not removed once they are stale.
 * A lock would need care of its own, since it outlives a process that is killed.
 */
function writeRecord(
  { folder, application }: Change,
  staging: Staging,
  pathsAfter: (own: readonly string[]) => readonly string[],
): void {
  const now = readFolderRecord(folder);
  const own = pathsAfter([...(now.get(application) ?? [])]);
  const text = folderRecordText(new Map([...now, [application, new Set(own)]]));
  staging.write(join(folder, folderRecordName), text, { mayReplace: true })();
}

function refused(folder: string, error: unknown, notUndone: readonly unknown[]): ModelError {
  const [first, ...others] = notUndone.map(messageOf);
  if (first === undefined) {
    return new ModelError(`cannot write to the folder ${folder}, so nothing in it was changed: ${messageOf(error)}`, {
      code: 'folder.write',
      fix: 'make it a folder that you may write to, or choose another one',
      cause: error,
    });
  }
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return new ModelError(
    `cannot write to the folder ${folder}: ${messageOf(error)}; what was changed could not all be put back: ${first}${more}`,
    {
      code: 'folder.write',
      fix: 'make it a folder that you may write to, and write it again, which completes it',
      cause: error,
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A path in one short line. */
function shown(path: string): string {
  const short = path.length > 60 ? `${path.slice(0, 60)}…` : path;
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return short.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}

function isAlready(folder: string, { path, text, mode }: FolderFile): boolean {
  const file = join(folder, path);
  const whole = typeof text === 'string' ? text : text.join('');
  return readFileSync(file, 'utf8') === whole && (mode === undefined || (lstatSync(file).mode & 0o777) === mode);
}
