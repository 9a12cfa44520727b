import { posix } from 'node:path';

/** How the names begin that we keep for ourselves in a folder. kubectl skips them, for they have no extension that it reads. */
export const ownName = '.cdk8s-karmada';

/** Bytes in a name that ext4, XFS, APFS and NTFS take at least. */
const longestName = 255;

/** Why no file of ours in a folder can have a path with `/`, as the rest of a sentence; undefined where it can. */
export function pathProblem(path: string): string | undefined {
  const normal = posix.normalize(path);
  if (/^\.\.($|\/)|^\/|^[A-Za-z]:|\\/.test(normal)) return 'leads out of the folder';
  if (normal !== path || path === '.' || path.endsWith('/')) return 'is not how a file in a folder is called';
  if (path.startsWith(ownName)) return 'is one that cdk8s-karmada keeps for itself';
  // Control characters, line breaks, and halves of surrogate pairs, which come back from the disk as something else.
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(path)) return 'has a character in it that no file name should have';
  const bytes = Math.max(...path.split('/').map((name) => Buffer.byteLength(name)));
  return bytes > longestName ? `has a part of ${bytes} bytes, and ${longestName} are possible` : undefined;
}

/** The folders that files are in, each before those in it; paths with `/`, without the folder that they are relative to. */
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
