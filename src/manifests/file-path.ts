import { posix } from 'node:path';

/** Prefix of reserved file names in a folder. kubectl skips them, because it does not read their extension. */
export const ownName = '.cdk8s-karmada';

/** Maximum bytes in a name that ext4, XFS, APFS and NTFS all support. */
const longestName = 255;

/** Why a path (with `/`) is not valid for a file in a folder, as the end of a sentence; undefined if it is valid. */
export function pathProblem(path: string): string | undefined {
  const normal = posix.normalize(path);
  if (/^\.\.($|\/)|^\/|^[A-Za-z]:|\\/.test(normal)) return 'leads out of the folder';
  if (normal !== path || path === '.' || path.endsWith('/')) return 'is not the normalized path of a file';
  if (path.startsWith(ownName)) return 'is reserved by cdk8s-karmada';
  // Control characters, line breaks, and lone surrogates, which file systems do not preserve.
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(path)) return 'has a control character, a line break or a broken character';
  const bytes = Math.max(...path.split('/').map((name) => Buffer.byteLength(name)));
  return bytes > longestName ? `has a part of ${bytes} bytes, and the maximum is ${longestName}` : undefined;
}

/** The folders of files, parents first; paths with `/`, without the root folder. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  const addFolderOf = (path: string): void => {
    const folder = posix.dirname(path);
    if (folder === '.' || folders.has(folder)) return;
    addFolderOf(folder);
    folders.add(folder);
  };
  for (const path of paths) addFolderOf(path);
  return folders;
}
