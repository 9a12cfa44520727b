import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { readFolderRecord, renderApplication } from './folder-record';
import { fileProblems, type ReadProblem } from './read-problem';

/** A file to read, with its name for reports. */
export interface FoundFile {
  /** Path as given or found, with `/` on every system. */
  readonly name: string;
  /** Absolute path for the file system. */
  readonly path: string;
}

/** Settings of a search, and the receiver of problems. */
export interface FileSearch {
  readonly cwd: string;
  /** Real paths of files to exclude from folders and patterns. */
  readonly exclude: ReadonlySet<string>;
  readonly report: (problem: ReadProblem) => void;
}

const manifestName = /\.(?:ya?ml|json)$/i;

/**
 * Expands paths to distinct files: a file, all manifests below a folder, all files that match a pattern (`apps/*.yaml`).
 * Keeps the order of the paths; files below a folder are in the order of names.
 *
 * Skips hidden entries, `node_modules` and folders that `render` wrote, unless a path names them. Follows links.
 */
export function findFiles(paths: readonly string[], search: FileSearch): FoundFile[] {
  const { cwd, report } = search;
  const found = new Map<string, FoundFile>();
  for (const given of paths) {
    const path = resolve(cwd, given);
    const name = withSlashes(given);
    const kind = kindOf(path, name, report);
    if (kind === 'folder' && isRendered(path)) {
      report({ ...fileProblems.rendered(), file: name });
      continue;
    }
    // A named pipe is read, as in `lint <(helm template …)`.
    if (kind === 'file' || kind === 'special') {
      add(found, { name, path });
    } else if (kind === 'folder') {
      const files = filesBelow(name, path, report).filter(({ name: file }) => manifestName.test(file));
      if (files.length === 0) report({ ...fileProblems.emptyFolder(), file: name });
      for (const file of files) add(found, file, search.exclude);
    } else if (kind === 'missing') {
      const files = filesMatching(name, cwd, report);
      if (files === undefined) report({ ...fileProblems.missing(), file: name });
      else if (files.length === 0) report({ ...fileProblems.noMatch(), file: name });
      for (const file of files ?? []) add(found, file, search.exclude);
    }
  }
  return [...found.values()];
}

/** Whether `render` wrote the folder: its objects are results and must not be planned again. */
function isRendered(path: string): boolean {
  return readFolderRecord(path).has(renderApplication);
}

/** The path with links resolved; unchanged if that fails, for example for the pipe of `<(…)`. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Several paths and links may lead to the same file. */
function add(found: Map<string, FoundFile>, file: FoundFile, exclude?: ReadonlySet<string>): void {
  const real = realPath(file.path);
  if (!found.has(real) && !exclude?.has(real)) found.set(real, file);
}

function kindOf(
  path: string,
  name: string,
  report: (problem: ReadProblem) => void,
): 'file' | 'special' | 'folder' | 'missing' | 'refused' {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'special';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EINVAL' || code === 'ENAMETOOLONG') return 'missing';
    report({
      ...(code === 'ELOOP' ? fileProblems.linkLoop('itself') : fileProblems.unreadable(reasonOf(error))),
      file: name,
    });
    return 'refused';
  }
}

/**
 * All files below a folder.
 *
 * @param above - real paths of the parent folders: a link to one of them would be an endless loop
 */
function filesBelow(
  name: string,
  path: string,
  report: (problem: ReadProblem) => void,
  above: readonly { readonly real: string; readonly name: string }[] = [],
): FoundFile[] {
  let entries: Dirent[];
  let real: string;
  try {
    real = realpathSync(path);
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    report({ ...fileProblems.unreadable(reasonOf(error)), file: name });
    return [];
  }
  const loop = above.find((folder) => folder.real === real);
  if (loop) {
    report({ ...fileProblems.linkLoop(loop.name), file: name });
    return [];
  }
  const here = [...above, { real, name }];
  const prefix = name === '.' ? '' : name.endsWith('/') ? name : `${name}/`;
  return entries
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const below = { name: `${prefix}${entry.name}`, path: join(path, entry.name) };
      const mayHold = manifestName.test(entry.name);
      let kind: ReturnType<typeof kindOf> = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'refused';
      if (!entry.isDirectory() && !entry.isFile() && (mayHold || leadsToFolder(below.path))) {
        kind = kindOf(below.path, below.name, report);
        if (kind === 'missing')
          report({ ...fileProblems.unreadable('the target of the link does not exist'), file: below.name });
        if (kind === 'special') report({ ...fileProblems.special(), file: below.name });
      }
      if (kind === 'folder') return isRendered(below.path) ? [] : filesBelow(below.name, below.path, report, here);
      return kind === 'file' ? [below] : [];
    });
}

function leadsToFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Files that match a pattern; undefined if the path is not a pattern. */
function filesMatching(pattern: string, cwd: string, report: (problem: ReadProblem) => void): FoundFile[] | undefined {
  const picomatch = require('picomatch') as typeof import('picomatch');
  const { isGlob, base, glob } = picomatch.scan(pattern);
  if (!isGlob) return undefined;
  const root = base || '.';
  const path = resolve(cwd, root);
  if (!leadsToFolder(path)) return [];
  const matches = picomatch(glob);
  const start = root === '.' ? 0 : root.endsWith('/') ? root.length : root.length + 1;
  // `apps/*` means the manifests in this folder, not a README.
  const anyName = /\*$/.test(glob);
  return filesBelow(root, path, report).filter(
    ({ name }) => matches(name.slice(start)) && (!anyName || manifestName.test(name)),
  );
}

function withSlashes(path: string): string {
  const slashes = sep === '\\' ? path.replaceAll('\\', '/') : path;
  return slashes.length > 1 && slashes.endsWith('/') ? slashes.slice(0, -1) : slashes;
}

/** The reason of a system error, without code and path. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ELOOP') return 'the link points back to itself';
  return message.replace(/^[A-Z]+: /, '').replace(/, \w+( '.*)?$/, '');
}
