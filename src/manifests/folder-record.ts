import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownName, pathProblem } from './file-path';

/** Name of the file that lists the files of a folder that cdk8s-karmada owns. */
export const folderRecordName = ownName;

/** Application name in the records that `render` writes. Not allowed for a Federation. */
export const renderApplication = 'render';

const firstLine =
  '# Written by cdk8s-karmada. It removes files in this list when their application no longer makes them.';

/** Files of a folder by application; paths are relative to the folder, with `/`. */
export type FolderRecord = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the record of a folder; empty if there is none. Lines with invalid paths are ignored. */
export function readFolderRecord(folder: string): FolderRecord {
  const record = new Map<string, Set<string>>();
  for (const line of readIfThere(join(folder, folderRecordName)).split(/\r?\n/)) {
    const [, application, path] = /^([^#: ][^: ]*): (.+)$/.exec(line) ?? [];
    if (application === undefined || path === undefined || pathProblem(path) !== undefined) continue;
    const paths = record.get(application);
    if (paths === undefined) record.set(application, new Set([path]));
    else paths.add(path);
  }
  return record;
}

/** Text of a record: one file per line, sorted, to avoid merge conflicts. */
export function folderRecordText(record: FolderRecord): string {
  const lines = [...record].flatMap(([application, paths]) => [...paths].map((path) => `${application}: ${path}`));
  return `${[firstLine, ...lines.sort()].join('\n')}\n`;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
