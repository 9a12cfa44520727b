import type { Problem } from '../problem/problem';

/** Codes of problems with YAML or JSON text; stable, part of the public API. */
export type YamlProblemCode =
  | 'yaml.syntax'
  | 'yaml.duplicate-key'
  | 'yaml.key'
  | 'yaml.tab'
  | 'yaml.separator'
  | 'yaml.directive'
  | 'yaml.character'
  | 'yaml.escape'
  | 'yaml.number'
  | 'yaml.imprecise-number'
  | 'yaml.anchor'
  | 'yaml.aliases'
  | 'yaml.merge'
  | 'yaml.tag'
  | 'yaml.depth'
  | 'yaml.size'
  | 'yaml.after-end'
  | 'json.syntax';

/** The texts of a problem, independent of its position. */
export interface YamlProblemText extends Required<Problem> {
  readonly code: YamlProblemCode;
}

/**
 * Thrown by the readers, caught for each document: the text cannot be read beyond `offset`.
 * Has no stack trace, because broken input is expected and may be frequent.
 */
export class YamlSyntaxProblem extends Error {
  constructor(
    /** Index into the text. */
    readonly offset: number,
    readonly text: YamlProblemText,
  ) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(text.message);
    Error.stackTraceLimit = limit;
  }
}

/** Thrown by the fast reader for broken text and rare YAML: the library then reads the document. */
export class UnusualYaml extends Error {
  constructor(readonly offset: number) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super('unusual YAML');
    Error.stackTraceLimit = limit;
  }
}

const refusedByKubectl = 'kubectl rejects the document';

/** The texts of problems. They never quote a value, which may be a Secret's; the position shows where it is. */
export const problems = {
  duplicateKey: (key: string, firstLine: number): YamlProblemText => ({
    code: 'yaml.duplicate-key',
    message: `duplicate key "${key}", first on line ${firstLine}`,
    why: 'kubectl keeps the last one and silently drops the first',
    fix: 'keep one of them',
  }),
  key: (written: string): YamlProblemText => ({
    code: 'yaml.key',
    message: `${written} cannot be the name of a field`,
    why: refusedByKubectl,
    fix: 'write the name in quotes, or remove the field',
  }),
  keyInText: (): YamlProblemText => ({
    code: 'yaml.syntax',
    message: 'a key inside the text of the value above',
    why: `the line is indented deeper than the key above it, so it belongs to that key's value; ${refusedByKubectl}`,
    fix: 'align the key with the neighbouring keys, or put the text in quotes',
  }),
  noColon: (): YamlProblemText => ({
    code: 'yaml.syntax',
    message: 'a line that is neither "key: value" nor a list item',
    why: refusedByKubectl,
    fix: 'add a colon and a space after the key, or indent the line if it continues the text above',
  }),
  quote: (): YamlProblemText => ({
    code: 'yaml.syntax',
    message: 'the string that starts here has no closing quote',
    why: refusedByKubectl,
    fix: 'add the quote; to write a quote inside the string, double it in single quotes, or escape it with a backslash in double quotes',
  }),
  bracket: (open: string): YamlProblemText => ({
    code: 'yaml.syntax',
    message: `the bracket ${open} is never closed`,
    why: refusedByKubectl,
    fix: 'close it',
  }),
  tab: (): YamlProblemText => ({
    code: 'yaml.tab',
    message: 'a tab is used as indentation',
    why: `YAML indents with spaces only; ${refusedByKubectl}`,
    fix: 'replace the tab by spaces',
  }),
  character: (code: number): YamlProblemText => ({
    code: 'yaml.character',
    message: `control character U+${code.toString(16).toUpperCase().padStart(4, '0')} in the text`,
    why: `YAML allows printable characters only; ${refusedByKubectl}`,
    fix: 'remove it, or write it as an escape in a double-quoted string',
  }),
  escape: (written: string): YamlProblemText => ({
    code: 'yaml.escape',
    message: `unknown escape ${written} in a double-quoted string`,
    why: refusedByKubectl,
    fix: 'double the backslash, or use single quotes, where a backslash is plain text',
  }),
  questionMark: (): YamlProblemText => ({
    code: 'yaml.character',
    message: 'a question mark in unquoted text between brackets',
    why: `YAML 1.1 ends the text there; ${refusedByKubectl}`,
    fix: 'write the text in quotes',
  }),
  notFinite: (written: string): YamlProblemText => ({
    code: 'yaml.number',
    message: `${written} is not a valid JSON number`,
    why: 'Kubernetes objects are JSON; kubectl rejects the document',
    fix: `if it is text, write it in quotes: "${written}"`,
  }),
  impreciseNumber: (): YamlProblemText => ({
    code: 'yaml.imprecise-number',
    message: 'a whole number above 2^53: its last digits are rounded',
    why: 'Kubernetes keeps such numbers exactly; cdk8s-karmada rounds them',
    fix: 'if the last digits matter, do not plan or render this object',
  }),
  unknownAnchor: (): YamlProblemText => ({
    code: 'yaml.anchor',
    message: 'an alias (*) without its anchor (&) before it in this document',
    why: refusedByKubectl,
    fix: 'add the anchor before its value, or write the text in quotes if it is not an alias',
  }),
  anchorInItself: (name: string): YamlProblemText => ({
    code: 'yaml.anchor',
    message: `anchor &${name} contains itself`,
    why: refusedByKubectl,
    fix: `replace *${name} with its value`,
  }),
  aliases: (limit: number): YamlProblemText => ({
    code: 'yaml.aliases',
    message: `aliases expand to more than ${limit} values in this document`,
    why: 'a few lines of aliases can exhaust the memory, so such a document is rejected',
    fix: 'write the values without aliases, or split the document',
  }),
  merge: (): YamlProblemText => ({
    code: 'yaml.merge',
    message: 'the merge key << needs a map or a list of maps',
    why: refusedByKubectl,
    fix: 'use an alias of a map, or write "<<" in quotes if it is a field name',
  }),
  tag: (tag: string): YamlProblemText => ({
    code: 'yaml.tag',
    message: `the value cannot be read as ${tag}`,
    why: refusedByKubectl,
    fix: `remove the tag ${tag}, or correct the value`,
  }),
  depth: (limit: number): YamlProblemText => ({
    code: 'yaml.depth',
    message: `nested more than ${limit} levels deep`,
    why: 'Kubernetes objects are not nested that deep, so the file is treated as broken or hostile',
    fix: 'check the brackets and the indentation',
  }),
  size: (megabytes: number): YamlProblemText => ({
    code: 'yaml.size',
    message: 'cannot be read from here on',
    why: `the text is broken, or uses rare YAML (tags, "?" keys) in a document of ${megabytes} MB, which is too large for a precise error`,
    fix: 'correct this place, or split the document with --- lines',
  }),
  separator: (): YamlProblemText => ({
    code: 'yaml.separator',
    message: 'text after the --- of a document separator',
    why: 'a line that starts with --- may only contain a comment; kubectl rejects the file',
    fix: 'move the text to the next line; inside a string, indent it',
  }),
  afterEnd: (): YamlProblemText => ({
    code: 'yaml.after-end',
    message: 'text after the end of the document (...) that is not in a new document',
    why: 'kubectl silently ignores it',
    fix: 'start the next document with a --- line',
  }),
  json: (wanted: string, found: string): YamlProblemText => ({
    code: 'json.syntax',
    message: `broken JSON: expected ${wanted}, found ${found}`,
    why: refusedByKubectl,
    fix: 'correct this place',
  }),
  directive: (): YamlProblemText => ({
    code: 'yaml.directive',
    message: 'a % directive',
    why: 'kubectl first splits the file at --- and then rejects a directive without a document',
    fix: 'remove the line; manifests are always read as YAML 1.1',
  }),
} as const;
