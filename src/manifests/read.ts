import type { Manifest } from '../kubernetes/manifest';
import { manifestsOf, Problems, type ReadManifests } from './parse-manifests';
import { type FileSearch, type FoundFile, findFiles } from './read-paths';
import { fileProblems } from './read-problem';
import { readText, textOf } from './read-text';

export { type ReadManifests, readManifestsFrom } from './parse-manifests';
export { placeOf, type ReadProblem } from './read-problem';

/** Options of {@link readManifests}. */
export interface ReadOptions {
  /** Content of standard input (path `-`), as text or bytes. @default - empty */
  readonly stdin?: string | Uint8Array;
  /** Real paths of files to exclude from folders and patterns, such as a fleet file next to the manifests. @default - none */
  readonly exclude?: readonly string[];
  /** Base folder of relative paths. @default - the current folder of the process */
  readonly cwd?: string;
}

/**
 * Reads manifests as kubectl does: files, patterns (`apps/*.yaml`), `-` for standard input, and folders with every
 * `*.yaml`, `*.yml` and `*.json` below them at any depth, except hidden entries and `node_modules`. `List` objects are unfolded.
 *
 * After a problem, the rest is still read. A file is read once, even if several paths and links lead to it.
 *
 * @example
 * ```ts
 * const { manifests, problems } = readManifests(['dist']);
 * ```
 */
export function readManifests(paths: readonly string[], options: ReadOptions = {}): ReadManifests {
  const { cwd = process.cwd(), stdin = '', exclude = [] } = options;
  const manifests: Manifest[] = [];
  const { report, all: problems, unread } = new Problems();
  const emptyFiles: string[] = [];
  const readParsed = (file: string, text: string) => {
    const found = manifestsOf(file, text, report);
    if (found === undefined) emptyFiles.push(file);
    else for (const manifest of found) manifests.push(manifest);
  };

  const search = { cwd, exclude: new Set(exclude), report };
  for (const file of filesInOrder(paths, search)) {
    const text = file === 'stdin' ? textOf(stdin) : readText(file.path);
    const name = file === 'stdin' ? '-' : file.name;
    if (typeof text === 'string') readParsed(name, text);
    else report({ ...text, file: name });
  }
  const nothing = manifests.length === 0 && !problems.some(({ severity }) => severity === 'error');
  for (const file of emptyFiles) report({ ...fileProblems.empty(nothing), file });
  return { manifests, problems, unread };
}

function filesInOrder(paths: readonly string[], search: FileSearch): (FoundFile | 'stdin')[] {
  const stdinAt = paths.indexOf('-');
  if (stdinAt < 0) return findFiles(paths, search);
  const rest = (part: readonly string[]) => part.filter((path) => path !== '-');
  const before = findFiles(rest(paths.slice(0, stdinAt)), search);
  return [...before, 'stdin', ...findFiles(rest(paths.slice(stdinAt)), search)];
}
