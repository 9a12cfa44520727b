import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readFolderRecord } from '../manifests';

/** The name of an application that was given none. */
const unnamed = 'app';

/**
 * The name of the application whose manifests these are: the one that wrote the folder, if it has a name of its own; else
 * the package that the folder is in; else the folder around it. It is the same wherever the command is run.
 *
 * @param path - the first path of manifests; `-` stands for the current folder
 */
export function applicationNameOf(path: string, cwd: string): string {
  const start = path === '-' ? cwd : resolve(cwd, path);
  const folder = isFolder(start) ? start : dirname(start);
  const [writer, ...others] = readFolderRecord(folder).keys();
  if (writer !== undefined && writer !== unnamed && others.length === 0) return writer;
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const name = packageName(join(at, 'package.json'));
    if (name !== undefined) return name;
  }
  return basename(path === '-' ? folder : dirname(folder)) || unnamed;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function packageName(file: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
