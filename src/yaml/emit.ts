import { ModelError } from '../problem/model-error';
import { stringifyDocumentByLibrary } from './emit-by-library';
import { emitKey, emitString } from './emit-string';

/**
 * Writes plain data as YAML documents, separated by `---`. The text is the same as that of cdk8s (the `yaml` package, schema 1.1,
 * no line folding), except that strings that kubectl would read as another value are quoted.
 * Repeated objects are written again, without an anchor. Undefined is written as null; an undefined document is empty.
 *
 * @param documents - plain data: null, booleans, numbers, strings, arrays and plain objects, without cycles. A document with
 * other values, such as a Date, is written by the `yaml` package
 * @throws ModelError `yaml.value` for values that this package cannot write either: functions and symbols
 * @example
 * ```ts
 * emitYaml([{ kind: 'Service' }, { kind: 'Deployment' }]) // "kind: Service\n---\nkind: Deployment\n"
 * ```
 */
export function emitYaml(documents: Iterable<unknown>): string {
  return emitYamlPieces(documents).join('');
}

/** A compromise: few pieces, each small enough for V8's normal heap spaces. */
const pieceLength = 2 ** 16;

/** The same text in chunks, so that callers can stream it to a file. */
export function emitYamlPieces(documents: Iterable<unknown>): string[] {
  const pieces: string[] = [];
  let piece = '';
  let separator = '';
  for (const document of documents) {
    piece += separator + emitDocument(document);
    separator = '---\n';
    if (piece.length < pieceLength) continue;
    pieces.push(flat(piece));
    piece = '';
  }
  return [...pieces, piece];
}

/** One document; see {@link emitYaml}. */
export function emitDocument(value: unknown): string {
  if (value === undefined) return '\n';
  if (typeof value === 'string') return stringifyDocumentByLibrary(value);
  try {
    return flat(`${emitNode(value, '')}\n`);
  } catch (error) {
    if (error instanceof NotPlain) return emitOtherData(value, error);
    throw error;
  }
}

function emitOtherData(value: unknown, reason: NotPlain): string {
  try {
    return stringifyDocumentByLibrary(value);
  } catch (cause) {
    throw new ModelError(reason.message, {
      code: 'yaml.value',
      fix: 'convert it to strings, numbers, booleans, arrays and plain objects',
      cause,
    });
  }
}

/** A document has a value that is not plain data. */
class NotPlain extends Error {
  constructor(what: string) {
    super(`YAML documents must be plain data, got ${what}`);
  }
}

/**
 * Flattens a string. After `+=`, V8 keeps a tree of pieces that is several times as large as the text; reading a character
 * flattens it. This halves the time for a long list of documents.
 */
function flat(text: string): string {
  text.charCodeAt(text.length - 1);
  return text;
}

/** Writes a value; lines after the first start with `indent`. */
function emitNode(value: unknown, indent: string): string {
  switch (typeof value) {
    case 'string':
      return emitString(value, indent);
    case 'number':
      return emitNumber(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'null';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 0 ? '[]' : emitSequence(value, indent);
      return emitMapping(asMapping(value), indent);
    default:
      throw new NotPlain(`a ${typeof value}`);
  }
}

function emitSequence(items: readonly unknown[], indent: string): string {
  const itemIndent = `${indent}  `;
  let text = '';
  for (let index = 0; index < items.length; index++) {
    text += index === 0 ? '- ' : `\n${indent}- `;
    text += emitNode(items[index], itemIndent);
  }
  return text;
}

function emitMapping(mapping: Readonly<Record<string, unknown>>, indent: string): string {
  const keys = Object.keys(mapping);
  if (keys.length === 0) return '{}';
  const valueIndent = `${indent}  `;
  let text = '';
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const value = mapping[key];
    const name = emitKey(key, indent === '');
    if (index > 0) text += `\n${indent}`;
    if (name.length > longestImplicitKey) text += `? ${name}\n${indent}: `;
    else text += isFilled(value) ? `${name}:\n${valueIndent}` : `${name}: `;
    text += emitNode(value, valueIndent);
  }
  return text;
}

/** Maximum length of a key before its colon in YAML; a longer one is written after `?`. */
const longestImplicitKey = 1024;

/** Whether a value is a non-empty collection, which starts on the line after its key. */
function isFilled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

function emitNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
}

/** Compares the name of the constructor, as cdk8s does, because a plain object may come from another realm. */
function asMapping(value: object): Readonly<Record<string, unknown>> {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype || prototype === null || prototype.constructor?.name === 'Object') {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new NotPlain(`an object of class ${prototype.constructor.name}`);
}
