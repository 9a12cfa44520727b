import type { Problem } from '../problem/problem';
import type { UnreadObjects } from '../problem/unread';
import type { ProgramFile } from './program-file';

/**
 * An error or warning about a file, a document or an object. Other files are still read.
 * Part of the documented shapes of docs/formats.md.
 */
export interface ReadProblem extends Required<Problem> {
  /** Stable: `read.…` for files and objects, `yaml.…` and `json.syntax` for text. */
  readonly code: string;
  /** `error` means that objects are missing from the result. */
  readonly severity: 'error' | 'warning';
  /** Path as given or found, with `/` on every system; `-` is standard input. */
  readonly file: string;
  /** Index of the document in its file, from 0. @default - the whole file */
  readonly document?: number;
  /** From 1. @default - no position in the file */
  readonly line?: number;
  /** From 1. @default - no position in the file */
  readonly column?: number;
}

/** `file:line:column`, as far as known; editors and terminals turn it into a link. */
export function placeOf({ file, line, column }: ReadProblem): string {
  return line === undefined ? file : `${file}:${line}:${column}`;
}

const programFileCode = 'read.program-file';

/**
 * Receives a problem, and what the input may hold that is missing because of it.
 *
 * @param unread - @default - anything, if objects are missing
 */
export type ReportProblem = (problem: ReadProblem, unread?: readonly UnreadObjects[]) => void;

/** Whether objects are missing because of a problem. A file that only programs read has none, and a loop no others. */
export function holdsObjects({ severity, code }: ReadProblem): boolean {
  return severity === 'error' && code !== programFileCode && code !== 'read.link-loop';
}

type Whole = Omit<ReadProblem, 'file' | 'document' | 'line' | 'column'>;

const notRead = 'its content is not in the result';

/** Problems of files and paths. */
export const fileProblems = {
  missing: (): Whole => ({
    code: 'read.missing',
    severity: 'error',
    message: 'no such file or folder',
    why: notRead,
    fix: 'check the path; relative paths are relative to the current folder',
  }),
  noMatch: (): Whole => ({
    code: 'read.missing',
    severity: 'error',
    message: 'no file matches this pattern',
    why: notRead,
    fix: 'check the pattern; "**" matches folders at any depth',
  }),
  emptyFolder: (): Whole => ({
    code: 'read.empty',
    severity: 'error',
    message: 'the folder has no manifests',
    why: 'only *.yaml, *.yml and *.json are read, at any depth, except below node_modules and hidden folders',
    fix: 'check the path',
  }),
  empty: (alone: boolean): Whole => ({
    code: 'read.empty',
    severity: alone ? 'error' : 'warning',
    message: 'the file has no objects',
    why: alone ? 'there is no input' : 'kubectl silently skips such a file',
    fix: 'remove the file, or check the program that should have written it',
  }),
  linkLoop: (target: string): Whole => ({
    code: 'read.link-loop',
    severity: 'error',
    message: `the link points back to ${target}`,
    why: 'following it would be an endless loop, so it is skipped; everything else is read',
    fix: 'remove the link',
  }),
  unreadable: (reason: string): Whole => ({
    code: 'read.unreadable',
    severity: 'error',
    message: `cannot be read: ${reason}`,
    why: notRead,
    fix: 'make the file readable for this user, or omit it',
  }),
  rendered: (): Whole => ({
    code: 'read.rendered',
    severity: 'error',
    message: 'a folder that `render` wrote: it contains what each member receives, not manifests',
    why: `policies and overrides are already applied to its objects; ${notRead}`,
    fix: 'pass the manifests, or the folder of one member',
  }),
  special: (): Whole => ({
    code: 'read.special',
    severity: 'error',
    message: 'a pipe, a socket or a device, not a file',
    why: `reading it may not end; ${notRead}`,
    fix: 'remove it from the folder, or pass its own path',
  }),
  tooLarge: (limit: number): Whole => ({
    code: 'read.size',
    severity: 'error',
    message: `larger than the limit for a manifest file (${limit} MB)`,
    why: notRead,
    fix: 'split the file',
  }),
  binary: (): Whole => ({
    code: 'read.binary',
    severity: 'error',
    message: 'not a text file',
    why: `manifests are YAML or JSON in UTF-8; ${notRead}`,
    fix: 'omit the file; if it is text, save it as UTF-8',
  }),
  helm: (): Whole => ({
    code: 'read.helm',
    severity: 'error',
    message: 'a Helm template, not a manifest',
    why: `Helm must replace "{{ … }}" before the file is YAML; ${notRead}`,
    fix: 'render the chart first: helm template NAME CHART | npx cdk8s-karmada lint -',
  }),
  template: (): Whole => ({
    code: 'read.template',
    severity: 'error',
    message: 'a template, not a manifest',
    why: `a program must replace "{{ … }}" before the file is a manifest; ${notRead}`,
    fix: 'pass what the program writes; for a Helm chart: helm template NAME CHART | npx cdk8s-karmada lint -',
  }),
} as const;

/** Problems of a document or list item. */
export const objectProblems = {
  notAnObject: (found: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `contains ${found}, not an object`,
    why: 'a manifest is an object with apiVersion, kind and metadata; kubectl rejects the document',
    fix: 'add the fields, or remove the document',
  }),
  missingFields: (fields: string, fix: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `an object without ${fields}`,
    why: 'kubectl cannot determine its type and rejects it',
    fix,
  }),
  programFile: ({ what, fix }: ProgramFile): Whole => ({
    code: programFileCode,
    severity: 'error',
    message: `${what}, not an object`,
    why: `only programs read it, and no API server takes it; ${notRead}`,
    fix,
  }),
  notText: (field: string, found: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `${field} must be text, got ${found}`,
    why: 'the API server rejects the object',
    fix: `write ${field} in quotes, or correct it`,
  }),
  notAMap: (field: string, found: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `${field} must be a map, got ${found}`,
    why: 'the API server rejects the object',
    fix: `write the fields of ${field} on indented lines below it`,
  }),
} as const;
