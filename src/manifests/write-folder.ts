import { lstatSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ModelError } from '../model/model-error';
import { folderRecordName, folderRecordText, isInsideFolder, readFolderRecord } from './folder-record';
import { namesIn, removeLeftovers, Staging } from './staging';

/** A file to write, complete. */
export interface FolderFile {
  /** Relative to the folder, with `/` on every system. */
  readonly path: string;
  /** In one piece, or in several, one after the other. */
  readonly text: string | readonly string[];
  /** Permissions, such as 0o600 for Secrets. @default - those that the process gives to new files */
  readonly mode?: number;
}

/** What {@link writeFolder} did; paths as given. */
export interface WrittenFolder {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  /** Files that the application wrote before and no longer makes. */
  readonly removed: readonly string[];
}

/**
 * Makes a folder hold these files, all or nothing: when one cannot be written, every file is as it was.
 * A process that is killed leaves each file old or new, and the next call completes the work.
 * Files that the application wrote before and that are not among these are removed; the record in the folder says which those are.
 * Everything else is left alone.
 *
 * @param application - whose files these are: two applications may share a folder under different names
 * @throws ModelError `folder.path` for a path that leads out of the folder, `folder.write` when the system refuses
 */
export function writeFolder(folder: string, files: readonly FolderFile[], application: string): WrittenFolder {
  const outside = files.find(({ path }) => !isInsideFolder(path));
  if (outside !== undefined) {
    throw new ModelError(`the file name "${outside.path}" leads out of the folder ${folder}`, {
      code: 'folder.path',
      fix: 'use a name with letters, digits, "-", "_" and "."',
    });
  }
  let staging: Staging | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    removeLeftovers(folder);
    const change = changeOf(folder, files, application);
    if (change.written.length > 0 || change.recordBefore !== change.recordAfter) {
      staging = new Staging(folder);
      apply(change, folder, staging);
    }
    const written = new Set(change.written.map(({ path }) => path));
    const unchanged = files.map(({ path }) => path).filter((path) => !written.has(path));
    return { written: [...written], unchanged, removed: change.stale };
  } catch (error) {
    staging?.undo();
    throw refused(folder, error);
  } finally {
    staging?.remove();
  }
}

/** What has to happen in a folder. */
interface Change {
  readonly written: readonly FolderFile[];
  /** Paths among these that somebody has already. */
  readonly replaced: ReadonlySet<string>;
  readonly stale: readonly string[];
  /** Text of the record as it is. */
  readonly recordBefore: string;
  /** Names every file of before and after: should the process end in between, it still says what is ours. */
  readonly recordBetween: string;
  readonly recordAfter: string;
}

function changeOf(folder: string, files: readonly FolderFile[], application: string): Change {
  const before = readFolderRecord(folder);
  const paths = new Set(files.map(({ path }) => path));
  const after = new Map([...before, [application, paths]]);
  const stays = new Set([...after.values()].flatMap((ofOne) => [...ofOne]));
  const stale = [...(before.get(application) ?? [])].filter((path) => !stays.has(path));
  const there = namesInPlace(folder, files);
  return {
    written: files.filter((file) => !there.has(file.path) || !isAlready(folder, file)),
    replaced: there,
    stale,
    recordBefore: folderRecordText(before),
    recordBetween: folderRecordText(new Map([...after, [application, new Set([...stale, ...paths])]])),
    recordAfter: folderRecordText(after),
  };
}

/** Everything is written before the first file moves. */
function apply(
  { written, replaced, stale, recordBetween, recordAfter }: Change,
  folder: string,
  staging: Staging,
): void {
  for (const parent of parentsOf(written)) mkdirSync(join(folder, parent), { recursive: true });
  const record = join(folder, folderRecordName);
  const begin = staging.write(record, recordBetween, { replaces: replaced.has(folderRecordName) });
  const moves = written.map(({ path, text, mode }) =>
    staging.write(join(folder, path), text, { replaces: replaced.has(path), mode }),
  );
  const end = staging.write(record, recordAfter, { replaces: true });

  begin();
  for (const move of moves) move();
  for (const path of stale) staging.take(join(folder, path));
  end();
  for (const path of stale) removeEmptyParents(folder, path);
}

/** The paths in a folder that may be in the way of files: whatever is beside them. */
function namesInPlace(folder: string, files: readonly FolderFile[]): Set<string> {
  const names = new Set<string>();
  for (const parent of new Set(['.', ...parentsOf(files)])) {
    for (const name of namesIn(join(folder, parent))) names.add(parent === '.' ? name : `${parent}/${name}`);
  }
  return names;
}

function parentsOf(files: readonly FolderFile[]): Set<string> {
  return new Set(files.map(({ path }) => posix.dirname(path)));
}

function refused(folder: string, error: unknown): ModelError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ModelError(`cannot write to the folder ${folder}, so nothing in it was changed: ${reason}`, {
    code: 'folder.write',
    fix: 'make it a folder that you may write to, or choose another one',
    cause: error,
  });
}

function isAlready(folder: string, { path, text, mode }: FolderFile): boolean {
  const file = join(folder, path);
  const whole = typeof text === 'string' ? text : text.join('');
  return readFileSync(file, 'utf8') === whole && (mode === undefined || (lstatSync(file).mode & 0o777) === mode);
}

function removeEmptyParents(folder: string, path: string): void {
  for (let parent = posix.dirname(path); parent !== '.'; parent = posix.dirname(parent)) {
    try {
      rmdirSync(join(folder, parent));
    } catch {
      return; // somebody's files are in it
    }
  }
}
