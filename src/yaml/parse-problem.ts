import type { Problem } from '../problem/problem';

/** Everything that can be wrong with YAML or JSON text; stable, part of the public API. */
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

/** What is wrong, why it matters, what to do: the part of a problem that does not depend on where it is. */
export interface YamlProblemText extends Required<Problem> {
  readonly code: YamlProblemCode;
}

/**
 * Thrown inside the readers and caught at the document: the text stops being readable at `offset`.
 * Carries no stack, since broken input is expected and may come by the thousand.
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

/** Thrown by the fast reader where the text is broken or uses rare YAML: the library reads that document instead. */
export class UnusualYaml extends Error {
  constructor(readonly offset: number) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super('unusual YAML');
    Error.stackTraceLimit = limit;
  }
}

const refusedByKubectl = 'kubectl refuses the document';

/** The texts of problems. They never repeat a value, which may be a secret's; the place says where it is. */
export const problems = {
  duplicateKey: (key: string, firstLine: number): YamlProblemText => ({
    code: 'yaml.duplicate-key',
    message: `key "${key}" is here twice, first on line ${firstLine}`,
    why: 'kubectl keeps the last one and drops the first without a word',
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
    fix: 'line the key up with its neighbours, or put the text in quotes',
  }),
  noColon: (): YamlProblemText => ({
    code: 'yaml.syntax',
    message: 'a line that is neither "key: value" nor a list item',
    why: refusedByKubectl,
    fix: 'add a colon and a space behind the key; indent the line if it continues the text above',
  }),
  quote: (): YamlProblemText => ({
    code: 'yaml.syntax',
    message: 'the string that starts here has no closing quote',
    why: refusedByKubectl,
    fix: 'add the quote; a quote inside the string is doubled in single quotes, and escaped by a backslash in double ones',
  }),
  bracket: (open: string): YamlProblemText => ({
    code: 'yaml.syntax',
    message: `the bracket ${open} that opens here is never closed`,
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
    fix: 'double the backslash, or use single quotes, in which a backslash is plain text',
  }),
  questionMark: (): YamlProblemText => ({
    code: 'yaml.character',
    message: 'a question mark in unquoted text between brackets',
    why: `YAML 1.1 ends the text there; ${refusedByKubectl}`,
    fix: 'write the text in quotes',
  }),
  notFinite: (written: string): YamlProblemText => ({
    code: 'yaml.number',
    message: `${written} is not a number that JSON can hold`,
    why: 'Kubernetes objects are JSON; kubectl refuses the document',
    fix: `write it in quotes if text is meant, "${written}"`,
  }),
  impreciseNumber: (): YamlProblemText => ({
    code: 'yaml.imprecise-number',
    message: 'a whole number with more digits than we keep: its last ones are rounded',
    why: 'numbers beyond 2^53 are exact in Kubernetes and rounded here',
    fix: 'leave the object out of what is planned or rendered if the last digits matter',
  }),
  unknownAnchor: (): YamlProblemText => ({
    code: 'yaml.anchor',
    message: 'an alias (*) without its anchor (&) before it in this document',
    why: refusedByKubectl,
    fix: 'add the anchor before the value meant; write the text in quotes if no alias is meant',
  }),
  anchorInItself: (name: string): YamlProblemText => ({
    code: 'yaml.anchor',
    message: `anchor &${name} contains itself`,
    why: refusedByKubectl,
    fix: `write out what *${name} stands for`,
  }),
  aliases: (limit: number): YamlProblemText => ({
    code: 'yaml.aliases',
    message: `aliases stand for more than ${limit} values in this document`,
    why: 'a few lines of aliases can grow beyond any memory, so such a document is refused',
    fix: 'write the values out, or split the document',
  }),
  merge: (): YamlProblemText => ({
    code: 'yaml.merge',
    message: 'the merge key << needs a map or a list of maps',
    why: refusedByKubectl,
    fix: 'give it an alias of a map, or write "<<" in quotes if a field of that name is meant',
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
    why: 'no Kubernetes object is, so this is taken for a broken or hostile file',
    fix: 'check the brackets and the indentation',
  }),
  size: (megabytes: number): YamlProblemText => ({
    code: 'yaml.size',
    message: 'cannot read on from here',
    why: `the text is broken, or uses rare YAML (tags, "?" keys) in a document of ${megabytes} MB, too large to look closer`,
    fix: 'correct this place, or split the document with --- lines',
  }),
  separator: (): YamlProblemText => ({
    code: 'yaml.separator',
    message: 'text behind the --- of a document separator',
    why: 'a line that starts with --- may hold nothing else but a comment; kubectl refuses the file',
    fix: 'move the text to the next line; inside a string, indent it',
  }),
  afterEnd: (): YamlProblemText => ({
    code: 'yaml.after-end',
    message: 'text after the end of the document (...) that is not in a new document',
    why: 'kubectl ignores it without a word',
    fix: 'start the next document with a line ---',
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
    why: 'kubectl cuts the file at --- first and then refuses a directive without its document',
    fix: 'remove the line; %YAML 1.1 is how manifests are read anyway',
  }),
} as const;
