import type { Manifest } from '../kubernetes/manifest';
import type { UnreadObjects } from '../problem/unread';
import { type ParsedYaml, parseYaml } from '../yaml/parse';
import { objectsOf } from './read-objects';
import { fileProblems, holdsObjects, type ReadProblem, type ReportProblem } from './read-problem';
import { unreadIn } from './unread';

/** Objects and problems. */
export interface ReadManifests {
  /** In the order of the paths, of names below a folder, and of documents in a file. */
  readonly manifests: readonly Manifest[];
  readonly problems: readonly ReadProblem[];
  /** What the parts of the input may hold that could not be read. */
  readonly unread: readonly UnreadObjects[];
}

/** Problems, and what is missing because of them. */
export class Problems {
  readonly all: ReadProblem[] = [];
  readonly unread: UnreadObjects[] = [];

  readonly report: ReportProblem = (problem, unread = [{}]) => {
    this.all.push(problem);
    if (holdsObjects(problem)) for (const part of unread) this.unread.push(part);
  };
}

/**
 * Reads manifests from text.
 *
 * @param file - the name for reports, such as a path or URL
 */
export function readManifestsFrom(text: string, file: string): ReadManifests {
  const { report, all: problems, unread } = new Problems();
  const manifests = manifestsOf(file, text, report);
  if (manifests === undefined) report({ ...fileProblems.empty(true), file });
  return { manifests: manifests ?? [], problems, unread };
}

/** Objects of one text; undefined if it has no document, not even a broken one. */
export function manifestsOf(file: string, text: string, report: ReportProblem): Manifest[] | undefined {
  // kubectl adds a line break to the last line of a file, so a literal scalar at the end has one.
  const parsed = parseYaml(text.endsWith('\n') ? text : `${text}\n`);
  if (isTemplate(text, parsed)) {
    const parts = text.split(/^---/m).filter((part) => part.trim() !== '');
    const problem = onlyPlaceholders(text) ? fileProblems.template() : fileProblems.helm();
    report({ ...problem, file, ...placeOfTemplate(text) }, parts.map(unreadIn));
    return [];
  }
  let errors = 0;
  for (const problem of parsed.problems) {
    const text = problem.severity === 'error' ? parsed.unread[errors++] : undefined;
    report({ ...problem, file }, text === undefined ? [] : [unreadIn(text)]);
  }
  if (parsed.documents.length === 0 && parsed.problems.length === 0) return undefined;
  return parsed.documents.flatMap((document) => objectsOf(document, file, report));
}

/**
 * Whether text has `{{` where it breaks the YAML, or in the name of an object. In other strings it is harmless and common,
 * for example in alert rules and workflows.
 */
function isTemplate(text: string, { documents, problems }: ParsedYaml): boolean {
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

/** Whether each `{{ … }}` is a bare name, which scripts replace. Helm writes expressions. */
function onlyPlaceholders(text: string): boolean {
  return text.split('{{').every((part, index) => index === 0 || /^\s*(?!(end|else)\b)\w+\s*\}\}/.test(part));
}

function placeOfTemplate(text: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf('{{')).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
