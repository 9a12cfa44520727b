import { readdirSync } from 'node:fs';
import { readFolderRecord, renderApplication } from '../manifests';
import { ModelError } from '../problem/model-error';

/**
 * Rejects a folder with files that are not results of cdk8s-karmada, which would look like results.
 *
 * @param folder - absolute path
 * @param name - as the user wrote it
 * @param command - the command that writes the folder
 * @throws ModelError `render.folder`
 */
export function requireOwnFolder(folder: string, name: string, command: 'render' | 'apply'): void {
  const refused = (problem: string) => {
    const fix = 'choose an empty folder, or one that does not exist yet';
    return new ModelError(`${name} ${problem}`, { code: 'render.folder', fix });
  };
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw refused('is not a readable folder');
  }
  if (entries.length === 0 || readFolderRecord(folder).has(renderApplication)) return;
  throw refused(`is not empty, and ${command} did not write it`);
}
