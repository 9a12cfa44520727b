import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownName, pathProblem } from './file-path';

/** Name of the file that says which files of a folder are ours. */
export const folderRecordName = ownName;

/** By this name the record of a folder says that `render` wrote it. No Federation can have it. */
export const renderApplication = 'render';

const firstLine = '# Written by cdk8s-karmada, which removes those of these files that an application no longer makes.';

/** Files of a folder by the application that wrote them; paths are relative to the folder, with `/`. */
export type FolderRecord = ReadonlyMap<string, ReadonlySet<string>>;

/** What the record in a folder says. A folder without one is nobody's; a line with a path that we would not write is not believed. */
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

/** Text of a record, one file a line and sorted, so that two branches merge without conflict. */
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
