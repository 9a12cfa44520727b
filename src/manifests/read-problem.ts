import type { Problem } from '../problem/problem';
import type { ProgramFile } from './program-file';

/**
 * Why something could not be read, or may not be read as meant. Problems are data: the other files are still read.
 * Part of the documented shapes of docs/formats.md.
 */
export interface ReadProblem extends Required<Problem> {
  /** Stable: `read.…` for files and objects, `yaml.…` and `json.syntax` for text. */
  readonly code: string;
  /** An error means that objects are missing from the result. */
  readonly severity: 'error' | 'warning';
  /** Path as given or found, with `/` on every system; `-` is standard input. */
  readonly file: string;
  /** Index of the document in its file, from 0. @default - the file as a whole */
  readonly document?: number;
  /** Counted from 1. @default - no place in the file */
  readonly line?: number;
  /** Counted from 1. @default - no place in the file */
  readonly column?: number;
}

/** `file:line:column`, as far as it is known: what editors and terminals make a link of. */
export function placeOf({ file, line, column }: ReadProblem): string {
  return line === undefined ? file : `${file}:${line}:${column}`;
}

type Whole = Omit<ReadProblem, 'file' | 'document' | 'line' | 'column'>;

const notRead = 'nothing of it is in the result';

/** The problems of whole files, and of paths. */
export const fileProblems = {
  missing: (): Whole => ({
    code: 'read.missing',
    severity: 'error',
    message: 'no such file or folder',
    why: notRead,
    fix: 'check the path; relative paths start at the current folder',
  }),
  noMatch: (): Whole => ({
    code: 'read.missing',
    severity: 'error',
    message: 'no file matches this pattern',
    why: notRead,
    fix: 'check the pattern; "**" stands for folders of any depth',
  }),
  emptyFolder: (): Whole => ({
    code: 'read.empty',
    severity: 'error',
    message: 'the folder holds no manifests',
    why: 'files named *.yaml, *.yml and *.json are read, at any depth, except below node_modules and hidden folders',
    fix: 'check the path',
  }),
  empty: (alone: boolean): Whole => ({
    code: 'read.empty',
    severity: alone ? 'error' : 'warning',
    message: 'the file holds no objects',
    why: alone ? 'there is nothing to work on' : 'kubectl passes over such a file without a word',
    fix: 'remove the file, or check that what should have written it did',
  }),
  linkLoop: (target: string): Whole => ({
    code: 'read.link-loop',
    severity: 'error',
    message: `the link leads back to ${target}`,
    why: 'following it would never end, so it is left out; everything else is read',
    fix: 'remove the link',
  }),
  unreadable: (reason: string): Whole => ({
    code: 'read.unreadable',
    severity: 'error',
    message: `cannot be read: ${reason}`,
    why: notRead,
    fix: 'make the file readable for this user, or leave it out',
  }),
  rendered: (): Whole => ({
    code: 'read.rendered',
    severity: 'error',
    message: 'a folder that `render` wrote: what each member receives, not manifests',
    why: `its objects have been through policies and overrides already; ${notRead}`,
    fix: 'name the manifests, or the folder of one member',
  }),
  special: (): Whole => ({
    code: 'read.special',
    severity: 'error',
    message: 'a pipe, a socket or a device, not a file',
    why: `reading it may never end; ${notRead}`,
    fix: 'remove it from the folder, or name it as a path of its own',
  }),
  tooLarge: (limit: number): Whole => ({
    code: 'read.size',
    severity: 'error',
    message: `larger than a manifest file may be (${limit} MB)`,
    why: notRead,
    fix: 'split the file',
  }),
  binary: (): Whole => ({
    code: 'read.binary',
    severity: 'error',
    message: 'not a text file',
    why: `manifests are YAML or JSON in UTF-8; ${notRead}`,
    fix: 'leave the file out; if it is text, save it as UTF-8',
  }),
  helm: (): Whole => ({
    code: 'read.helm',
    severity: 'error',
    message: 'a Helm template, not a manifest',
    why: `"{{ … }}" is filled in by Helm before anything is YAML; ${notRead}`,
    fix: 'render the chart first, as in: helm template NAME CHART | npx cdk8s-karmada lint -',
  }),
} as const;

/** The problems of one document or list item. */
export const objectProblems = {
  notAnObject: (found: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `holds ${found}, not an object`,
    why: 'a manifest is an object with apiVersion, kind and metadata; kubectl refuses the document',
    fix: 'give the document its fields, or remove it',
  }),
  missingFields: (fields: string, fix: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `an object without ${fields}`,
    why: 'kubectl cannot tell what it is and refuses it',
    fix,
  }),
  programFile: ({ what, fix }: ProgramFile): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `${what}, not an object`,
    why: `only programs read it, and no API server takes it; ${notRead}`,
    fix,
  }),
  notText: (field: string, found: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `${field} must be text, got ${found}`,
    why: 'the API server refuses the object',
    fix: `write ${field} in quotes, or correct it`,
  }),
  notAMap: (field: string, found: string): Whole => ({
    code: 'read.object',
    severity: 'error',
    message: `${field} must be a map, got ${found}`,
    why: 'the API server refuses the object',
    fix: `write the fields of ${field} below it, indented`,
  }),
} as const;
