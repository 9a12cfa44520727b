import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownName, pathProblem } from './file-path';

/** Name of the file that lists the files of a folder that cdk8s-karmada owns, and what synthesis knew of their applications. */
export const folderRecordName = ownName;

/** Application name in the records that `render` writes. Not allowed for a Federation. */
export const renderApplication = 'render';

const firstLine =
  '# Written by cdk8s-karmada. It removes files in this list when their application no longer makes them.';

const settingsLine =
  '# What the programs say: the commands of cdk8s-karmada use it for this folder, unless their options say otherwise.';

/** Files of a folder by application; paths are relative to the folder, with `/`. */
export type FolderRecord = ReadonlyMap<string, ReadonlySet<string>>;

/** What the record has about the application itself. */
export interface ApplicationRecord {
  readonly application: string;
  /** JSON text of its settings; undefined if the lines are incomplete. */
  readonly settings: string | undefined;
  /** Line where it starts, from 1. */
  readonly line: number;
}

/** A whole record. */
export interface WholeRecord {
  readonly files: FolderRecord;
  /** The settings of applications as lines, by application. */
  readonly blocks: ReadonlyMap<string, string>;
}

/** Reads the files in the record of a folder; empty if there is none. Lines with invalid paths are ignored. */
export function readFolderRecord(folder: string): FolderRecord {
  return readWholeRecord(folder).files;
}

/** Reads the record of a folder. Applications keep their lines, even if these are incomplete. */
export function readWholeRecord(folder: string): WholeRecord {
  const { files, blocks } = parsed(folder);
  return { files, blocks: new Map(blocks.map(({ application, lines }) => [application, lines.join('\n')])) };
}

/** Reads what the record of a folder has about applications, in its order. */
export function readApplicationRecords(folder: string): ApplicationRecord[] {
  return parsed(folder).blocks.map(({ application, lines, line }) => ({
    application,
    settings: lines.length > 1 && lines.at(-1) === '}' ? ['{', ...lines.slice(1)].join('\n') : undefined,
    line,
  }));
}

/** Text of a record: one file per line, sorted, to avoid merge conflicts. */
export function folderRecordText({ files, blocks }: WholeRecord): string {
  const lines = [...files].flatMap(([application, paths]) => [...paths].map((path) => `${application}: ${path}`));
  const settings = [...blocks].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, block]) => block);
  const about = settings.length > 0 ? [settingsLine, ...settings] : [];
  return `${[firstLine, ...lines.sort(), ...about].join('\n')}\n`;
}

/**
 * The lines of an application's settings: JSON with a line for each list item and each cluster, to avoid merge conflicts.
 * Inner lines are indented, so that they are no files for the versions that do not know them.
 */
export function settingsBlock(application: string, settings: Readonly<Record<string, unknown>>): string {
  const text = settingsText(settings, '', 2);
  return `${application} ${text === '{}' ? '{\n}' : text}`;
}

function settingsText(value: unknown, indent: string, depth: number): string {
  const isList = Array.isArray(value);
  const isMap = typeof value === 'object' && value !== null && !isList;
  if (depth < 0 || (!isList && !isMap) || Object.keys(value).length === 0) return JSON.stringify(value);
  const inner = `${indent}  `;
  const items = isList
    ? value.map((item) => JSON.stringify(item))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${settingsText(item, inner, depth - 1)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}${close}`;
}

interface Block {
  readonly application: string;
  readonly lines: string[];
  readonly line: number;
}

function parsed(folder: string): { files: FolderRecord; blocks: readonly Block[] } {
  const files = new Map<string, Set<string>>();
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const [index, line] of readIfThere(join(folder, folderRecordName)).split(/\r?\n/).entries()) {
    if (open !== undefined && (line.startsWith(' ') || line === '}')) {
      open.lines.push(line);
      if (line === '}') open = undefined;
      continue;
    }
    const [, owner] = /^([^#: {}][^: ]*) \{/.exec(line) ?? [];
    open = owner === undefined ? undefined : { application: owner, lines: [line], line: index + 1 };
    if (open !== undefined) blocks.push(open);
    const [, application, path] = /^([^#: ][^: ]*): (.+)$/.exec(line) ?? [];
    if (application === undefined || path === undefined || pathProblem(path) !== undefined) continue;
    const paths = files.get(application);
    if (paths === undefined) files.set(application, new Set([path]));
    else paths.add(path);
  }
  return { files, blocks };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
