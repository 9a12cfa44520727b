import type { Manifest } from '../kubernetes/manifest';
import { type ParsedYaml, parseYaml } from '../yaml/parse';
import { objectsOf } from './read-objects';
import { type FileSearch, type FoundFile, findFiles } from './read-paths';
import { fileProblems, type ReadProblem } from './read-problem';
import { readText, textOf } from './read-text';

export { placeOf, type ReadProblem } from './read-problem';

/** What {@link readManifests} is told beside the paths. */
export interface ReadOptions {
  /** What the path `-` stands for, as text or bytes. @default - empty */
  readonly stdin?: string | Uint8Array;
  /** Real paths of files that folders and patterns do not stand for, such as a fleet file beside the manifests. @default - none */
  readonly exclude?: readonly string[];
  /** Folder that relative paths start at. @default - the current folder of the process */
  readonly cwd?: string;
}

/** Objects as read, and what could not be read. */
export interface ReadManifests {
  /** In the order of the paths, of names below a folder, and of documents in a file. */
  readonly manifests: readonly Manifest[];
  readonly problems: readonly ReadProblem[];
}

/**
 * Reads manifests as kubectl does: files, patterns (`apps/*.yaml`), `-` for standard input, and folders with every
 * `*.yaml`, `*.yml` and `*.json` below them at any depth, hidden entries and `node_modules` left out. `List` objects are unfolded.
 *
 * A problem never keeps the rest from being read. Files are read once, however many paths and links lead to them.
 *
 * @example
 * ```ts
 * const { manifests, problems } = readManifests(['dist']);
 * ```
 */
export function readManifests(paths: readonly string[], options: ReadOptions = {}): ReadManifests {
  const { cwd = process.cwd(), stdin = '', exclude = [] } = options;
  const manifests: Manifest[] = [];
  const problems: ReadProblem[] = [];
  const emptyFiles: string[] = [];
  const report = (problem: ReadProblem) => problems.push(problem);
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
  return { manifests, problems };
}

/**
 * Reads manifests from text.
 *
 * @param file - the name to report, such as a path or URL
 */
export function readManifestsFrom(text: string, file: string): ReadManifests {
  const problems: ReadProblem[] = [];
  const manifests = manifestsOf(file, text, (problem) => problems.push(problem));
  if (manifests === undefined) problems.push({ ...fileProblems.empty(true), file });
  return { manifests: manifests ?? [], problems };
}

function filesInOrder(paths: readonly string[], search: FileSearch): (FoundFile | 'stdin')[] {
  const stdinAt = paths.indexOf('-');
  if (stdinAt < 0) return findFiles(paths, search);
  const rest = (part: readonly string[]) => part.filter((path) => path !== '-');
  const before = findFiles(rest(paths.slice(0, stdinAt)), search);
  return [...before, 'stdin', ...findFiles(rest(paths.slice(stdinAt)), search)];
}

/** Objects of one text; undefined when it holds no document, broken ones included. */
function manifestsOf(file: string, text: string, report: (problem: ReadProblem) => void): Manifest[] | undefined {
  // kubectl ends the last line of a file, so that a literal scalar there ends in a newline.
  const parsed = parseYaml(text.endsWith('\n') ? text : `${text}\n`);
  if (isHelmTemplate(text, parsed)) {
    report({ ...fileProblems.helm(), file, ...placeOfTemplate(text) });
    return [];
  }
  for (const problem of parsed.problems) report({ ...problem, file });
  if (parsed.documents.length === 0 && parsed.problems.length === 0) return undefined;
  return parsed.documents.flatMap((document) => objectsOf(document, file, report));
}

/**
 * Text with `{{` where it breaks the YAML, or in the very name of an object. Elsewhere in a string it is harmless:
 * alert rules and workflows are full of it.
 */
function isHelmTemplate(text: string, { documents, problems }: ParsedYaml): boolean {
  if (!text.includes('{{')) return false;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    if (/^[ \t]*\{\{/m.test(text)) return true;
    const lines = text.split('\n');
    if (errors.some(({ line }) => lines[line - 1]?.includes('{{'))) return true;
  }
  return documents.some(({ value }) => {
    const { apiVersion, kind, metadata } = (value ?? {}) as Record<string, unknown>;
    const { name, namespace } = (metadata ?? {}) as Record<string, unknown>;
    return [apiVersion, kind, name, namespace].some((field) => typeof field === 'string' && field.includes('{{'));
  });
}

function placeOfTemplate(text: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf('{{')).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
