import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Name of the file that says which files of a folder are ours. kubectl skips it, for it has no extension that kubectl reads. */
export const folderRecordName = '.cdk8s-karmada';

const firstLine = '# Written by cdk8s-karmada, which removes those of these files that an application no longer makes.';

/** Files of a folder by the application that wrote them; paths are relative to the folder, with `/`. */
export type FolderRecord = ReadonlyMap<string, ReadonlySet<string>>;

/** What the record in a folder says. A folder without one is nobody's; a line that leads out of the folder is not believed. */
export function readFolderRecord(folder: string): FolderRecord {
  const record = new Map<string, Set<string>>();
  for (const line of readIfThere(join(folder, folderRecordName)).split('\n')) {
    const [, application, path] = /^([^#: ][^: ]*): (.+)$/.exec(line.trimEnd()) ?? [];
    if (application === undefined || path === undefined || !isInsideFolder(path)) continue;
    record.set(application, (record.get(application) ?? new Set()).add(path));
  }
  return record;
}

/** Text of a record, one file a line and sorted, so that two branches merge without conflict. */
export function folderRecordText(record: FolderRecord): string {
  const lines = [...record].flatMap(([application, paths]) => [...paths].map((path) => `${application}: ${path}`));
  return `${[firstLine, ...lines.sort()].join('\n')}\n`;
}

/** Whether a path with `/` stays inside the folder that it is relative to. */
export function isInsideFolder(path: string): boolean {
  const normal = posix.normalize(path);
  return (
    normal === path &&
    !posix.isAbsolute(path) &&
    !path.startsWith('../') &&
    path !== '..' &&
    !/^[A-Za-z]:|\\/.test(path)
  );
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
