import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModelError } from '../problem/model-error';
import { foldersOf, pathProblem } from './file-path';
import { folderRecordName, folderRecordText, readWholeRecord, settingsBlock } from './folder-record';
import { Listing } from './listing';
import { removeLeftovers, Staging } from './staging';

/** A file to write. */
export interface FolderFile {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string;
  /** The text, or its chunks in order. */
  readonly text: string | readonly string[];
  /** Permissions, such as 0o600 for Secrets. @default - those of the replaced file, otherwise the defaults of the process */
  readonly mode?: number;
}

/** Result of {@link writeFolder}; paths as given. */
export interface WrittenFolder {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Removed files, which the application wrote before and no longer makes. */
  readonly removed: readonly string[];
  /** Such files that were kept because of `mayRemove`. */
  readonly kept: readonly string[];
}

/** Options of {@link writeFolder}. */
export interface WriteFolderOptions {
  /** Whether to remove a file that the application wrote before and no longer makes. @default - always */
  readonly mayRemove?: (path: string) => boolean;
  /** What the record keeps about the application, as plain data. @default - nothing */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Writes files into a folder, all or nothing: if one cannot be written, no file is changed.
 * If the process is killed, each file is either old or new, and the next call completes the work.
 * Files that the application wrote before (according to the record in the folder) and no longer makes are removed.
 * Other files and the targets of links are not changed: a link with the name of a file is replaced.
 *
 * @param application - owner of the files: applications with different names can share a folder
 * @throws ModelError `folder.path` for an invalid path, `folder.write` for a system error
 */
export function writeFolder(
  folder: string,
  files: readonly FolderFile[],
  application: string,
  { mayRemove = () => true, settings }: WriteFolderOptions = {},
): WrittenFolder {
  refusePaths(folder, files);
  const staging = new Staging(folder);
  try {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) staging.makeFolder(resolve(folder));
    removeLeftovers(folder);
    const block = settings && settingsBlock(application, settings);
    const change = changeOf(folder, files, application, mayRemove, block);
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

/** Rejects invalid paths before anything is written. */
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
    refuse(inIt, `is also the name of a folder, for "${shown(other)}"`, 'give one of them another name');
  }
}

/** The changes to make in a folder. */
interface Change {
  readonly folder: string;
  readonly application: string;
  /** The current content of the folder. */
  readonly listing: Listing;
  /** Paths of all files that the application makes. */
  readonly paths: ReadonlySet<string>;
  readonly written: readonly FolderFile[];
  /** Paths in the record that the application no longer makes. */
  readonly dropped: ReadonlySet<string>;
  /** Those that exist as files or links and do not belong to another application. */
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  /** Lines of the record about the application. */
  readonly block: string | undefined;
  readonly changesRecord: boolean;
}

function changeOf(
  folder: string,
  files: readonly FolderFile[],
  application: string,
  mayRemove: (path: string) => boolean,
  block: string | undefined,
): Change {
  const { files: record, blocks } = readWholeRecord(folder);
  const own = record.get(application) ?? new Set();
  const ofOthers = [...record].filter(([name]) => name !== application).map(([, theirs]) => theirs);
  const listing = new Listing(folder);
  const paths = new Set(files.map(({ path }) => path));
  const stale = [...own].filter((path) => !paths.has(path));
  const isRemovable = (path: string): boolean => {
    const entry = listing.at(path);
    return (entry?.isFile() || entry?.isSymbolicLink()) === true && !ofOthers.some((theirs) => theirs.has(path));
  };
  const kept = new Set(stale.filter((path) => isRemovable(path) && !mayRemove(path)));
  const dropped = new Set(stale.filter((path) => !kept.has(path)));
  return {
    folder,
    application,
    listing,
    paths,
    written: files.filter((file) => !listing.at(file.path)?.isFile() || !isAlready(folder, file)),
    dropped,
    removed: [...dropped].filter(isRemovable),
    kept: [...kept],
    block,
    changesRecord: dropped.size > 0 || [...paths].some((path) => !own.has(path)) || blocks.get(application) !== block,
  };
}

/** Writes all files to the staging area, then removes stale files, then moves the new files to their names. */
function apply(change: Change, staging: Staging): void {
  const { folder, listing, paths, written, dropped, removed } = change;
  const needed = foldersOf(paths);
  const moves = written.map(({ path, text, mode }) =>
    staging.write(join(folder, path), text, { mayReplace: listing.at(path) !== undefined, mode }),
  );

  // Lists old and new files, so that the record is still correct if the process is killed.
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
 * Replaces the paths of the application in the current record, because other processes may have changed it.
 * Known limit: if two processes do this at the same moment (under a millisecond, or a few for thousands of names), or if one fails
 * and restores its record, new names of the other can get lost. Such files are not removed when they become stale.
 * A lock would need recovery, because it outlives a killed process.
 */
function writeRecord(
  { folder, application, block }: Change,
  staging: Staging,
  pathsAfter: (own: readonly string[]) => readonly string[],
): void {
  const now = readWholeRecord(folder);
  const own = pathsAfter([...(now.files.get(application) ?? [])]);
  const blocks = new Map(now.blocks);
  blocks.delete(application);
  if (block !== undefined) blocks.set(application, block);
  const text = folderRecordText({ files: new Map([...now.files, [application, new Set(own)]]), blocks });
  staging.write(join(folder, folderRecordName), text, { mayReplace: true })();
}

function refused(folder: string, error: unknown, notUndone: readonly unknown[]): ModelError {
  const [first, ...others] = notUndone.map(messageOf);
  if (first === undefined) {
    return new ModelError(`cannot write to the folder ${folder}; nothing in it was changed: ${messageOf(error)}`, {
      code: 'folder.write',
      fix: 'make the folder writable, or choose another one',
      cause: error,
    });
  }
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return new ModelError(
    `cannot write to the folder ${folder}: ${messageOf(error)}; some changes could not be rolled back: ${first}${more}`,
    {
      code: 'folder.write',
      fix: 'make the folder writable and run the command again, which completes it',
      cause: error,
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A path shortened to one line. */
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
