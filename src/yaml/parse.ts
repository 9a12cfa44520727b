import { ModelError } from '../problem/model-error';
import type { TextPosition } from '../problem/place';
import type { Json } from './json';
import { readDocument } from './parse-block';
import { Cursor, type Offsets } from './parse-cursor';
import { JsonReader } from './parse-json';
import { readWithLibrary, refuseWithLibrary } from './parse-library';
import { DuplicateKey } from './parse-map';
import { LineIndex, offsetOfPath } from './parse-position';
import { problems, UnusualYaml, type YamlProblemText, YamlSyntaxProblem } from './parse-problem';
import { type Chunk, splitDocuments } from './parse-split';

export { resolvePlainKey } from './parse-scalar';

/** One YAML or JSON document as plain data. */
export interface YamlDocument {
  /** Index among the non-empty documents of the text, from 0. */
  readonly index: number;
  /** Treat it as read-only: aliased values are shared. */
  readonly value: Json;
  /**
   * Position of a field (`spec.containers[0].image`) or of its nearest ancestor in the text; the empty path is the
   * document. The first call parses the document again.
   */
  readonly locate: (fieldPath: string) => TextPosition;
  /** The text of the document, with its comments and without the `---` around it. */
  readonly text: () => string;
}

/** An error or a warning about the text. */
export interface YamlProblem extends YamlProblemText, TextPosition {
  /** An error means that the document, or what follows it, is missing from the result. */
  readonly severity: 'error' | 'warning';
  /** Index of the document, counted as in {@link YamlDocument}. */
  readonly document: number;
}

export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
  /** The text behind each error that is missing from the documents. */
  readonly unread: readonly string[];
}

/** Longer documents are not given to the library, which reads about 1 MB a second. */
const libraryLimit = 2_000_000;

const otherBreaks = /[\x85\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: YAML rejects these characters
const notPrintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;

/**
 * Reads YAML or JSON text as kubectl does: YAML 1.1 scalars as go-yaml v2 resolves them, field names as JSON has them,
 * any number of documents, JSON values one after another.
 *
 * Reports what kubectl rejects, and three things that it accepts silently: duplicate keys, text after `...`, and digits of
 * numbers beyond 2^53. A broken document does not prevent others from being read.
 */
export function parseYaml(text: string): ParsedYaml {
  const source = new Source(text);
  const documents: YamlDocument[] = [];
  const found: YamlProblem[] = [];
  const unread: string[] = [];
  let index = 0;
  const report = (severity: YamlProblem['severity'], problem: YamlProblemText, offset: number) =>
    found.push({ severity, ...problem, document: index, ...source.lines.positionAt(offset) });

  for (const chunk of splitDocuments(source.raw)) {
    if (chunk.problem) {
      report('error', chunk.problem.text, chunk.problem.offset);
      unread.push(source.until(chunk.problem.offset));
    }
    const { values, notes, problem } = source.read(chunk);
    for (const note of notes) report('warning', note.text, note.offset);
    for (const { value, place } of values) {
      documents.push({
        index,
        value,
        locate: locator(source, place),
        text: () => source.raw.slice(place.start, place.end),
      });
      index++;
    }
    if (problem) {
      report('error', problem.text, problem.offset);
      unread.push(source.raw.slice(values.at(-1)?.place.end ?? chunk.start, chunk.end));
      index++;
    }
  }
  return { documents, problems: found, unread };
}

/**
 * Reads text with one value, such as a configuration file or a value in a policy.
 *
 * @param text - YAML or JSON; empty text is null
 * @param name - name of the text for messages, such as `fleet.yaml`
 * @throws ModelError with the code of the first problem, such as `yaml.syntax`, or `yaml.documents` for several documents
 */
export function parseYamlValue(text: string, name: string): Json {
  const { documents, problems: found } = parseYaml(text);
  const error = found.find(({ severity }) => severity === 'error');
  if (error) {
    throw new ModelError(`${name}:${error.line}:${error.column} ${error.message}`, {
      code: error.code,
      fix: error.fix,
    });
  }
  if (documents.length > 1) {
    throw new ModelError(`${name} has ${documents.length} documents, expected one`, {
      code: 'yaml.documents',
      fix: 'keep one document, and remove the others with their --- lines',
    });
  }
  return documents[0]?.value ?? null;
}

interface ReadChunk {
  readonly values: readonly PlacedValue[];
  readonly notes: Cursor['notes'];
  readonly problem?: YamlSyntaxProblem;
}

/** A value and its range in the text. */
interface PlacedValue {
  readonly value: Json;
  readonly place: Chunk;
}

/** Text of one file with normalized line breaks. */
class Source {
  /** CR LF and CR are replaced with `\n`. */
  readonly raw: string;
  /** Of the same length; the Unicode line breaks of YAML 1.1 are replaced with `\n` too. */
  readonly #text: string;
  readonly lines: LineIndex;
  /** Offset of the next character that YAML rejects; kept across documents, so that the text is searched once. */
  #nextRefused = -1;

  constructor(text: string) {
    const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    this.raw = bare.includes('\r') ? bare.replace(/\r\n?/g, '\n') : bare;
    this.#text = otherBreaks.test(this.raw) ? this.raw.replace(new RegExp(otherBreaks, 'g'), '\n') : this.raw;
    this.lines = new LineIndex(this.raw);
  }

  /** The text up to the next separator. */
  until(offset: number): string {
    const end = this.raw.indexOf('\n---', offset + 1);
    return this.raw.slice(offset, end < 0 ? this.raw.length : end);
  }

  read(chunk: Chunk, offsets?: Offsets): ReadChunk {
    try {
      return this.#startsLikeJson(chunk) ? this.#readJson(chunk, offsets) : this.#readYaml(chunk, offsets);
    } catch (error) {
      if (error instanceof YamlSyntaxProblem) return { values: [], notes: [], problem: error };
      // The line of the first key is known only if positions are recorded.
      if (error instanceof DuplicateKey && !offsets) return this.read(chunk, new Map());
      if (error instanceof DuplicateKey) return { values: [], notes: [], problem: this.#duplicate(error, offsets!) };
      throw error;
    }
  }

  #startsLikeJson(chunk: Chunk): boolean {
    const firsts = /[ \t\n]*(.?)/y;
    firsts.lastIndex = chunk.start;
    return firsts.exec(this.raw)?.[1] === '{';
  }

  #readJson(chunk: Chunk, offsets?: Offsets): ReadChunk {
    const reader = new JsonReader(this.raw, chunk.start, chunk.end, offsets);
    const values: PlacedValue[] = [];
    try {
      while (reader.next()) {
        const start = reader.position;
        const value = reader.read();
        values.push({ value, place: { start, end: reader.position } });
      }
      return { values, notes: reader.notes };
    } catch (problem) {
      if (!(problem instanceof YamlSyntaxProblem)) throw problem;
      if (values.length > 0) return { values, notes: reader.notes, problem };
      // kubectl detects JSON by the first brace. As in newer kubectl, `{a: 1}` is still read as YAML.
      const meansJson = /^\s*\{\s*(?:["}]|$)/.test(this.raw.slice(chunk.start, chunk.start + 1000));
      if (meansJson && chunk.start === 0) throw problem;
      return this.#readYaml(chunk, offsets);
    }
  }

  #readYaml(chunk: Chunk, offsets?: Offsets): ReadChunk {
    this.#refuseControlCharacters(chunk);
    let cursor = this.#cursor(chunk, offsets);
    let value: Json | undefined;
    try {
      value = readDocument(cursor);
    } catch (unusual) {
      if (!(unusual instanceof UnusualYaml)) throw unusual;
      if (chunk.end - chunk.start > libraryLimit) {
        const megabytes = Math.round((chunk.end - chunk.start) / 1e6);
        throw new YamlSyntaxProblem(unusual.offset, problems.size(megabytes));
      }
      cursor = this.#cursor(chunk, offsets);
      refuseWithLibrary(cursor, unusual.offset);
      value = readWithLibrary(cursor);
    }
    return { values: value === undefined ? [] : [{ value, place: chunk }], notes: cursor.notes };
  }

  #cursor(chunk: Chunk, offsets?: Offsets): Cursor {
    return new Cursor(this.#text, this.raw, chunk.start, chunk.end, offsets);
  }

  #refuseControlCharacters(chunk: Chunk): void {
    if (this.#nextRefused < chunk.start) {
      notPrintable.lastIndex = chunk.start;
      this.#nextRefused = notPrintable.exec(this.raw)?.index ?? this.raw.length;
    }
    const offset = this.#nextRefused;
    if (offset < chunk.end) throw new YamlSyntaxProblem(offset, problems.character(this.raw.charCodeAt(offset)));
  }

  #duplicate(error: DuplicateKey, offsets: Offsets): YamlSyntaxProblem {
    const first = offsets.get(error.map)?.get(error.key) ?? error.offset;
    return new YamlSyntaxProblem(error.offset, problems.duplicateKey(error.key, this.lines.positionAt(first).line));
  }
}

function locator(source: Source, place: Chunk): (fieldPath: string) => TextPosition {
  let read: { value: Json; offsets: Offsets } | undefined;
  return (fieldPath) => {
    if (!read) {
      const offsets: Offsets = new Map();
      const { values } = source.read(place, offsets);
      read = { value: values[0]?.value ?? null, offsets };
    }
    const offset = offsetOfPath(read.value, read.offsets, fieldPath) ?? startOf(source, place, read);
    return source.lines.positionAt(offset);
  };
}

/** The first field of the document, or else the first character that is neither blank nor comment. */
function startOf(source: Source, place: Chunk, read: { value: Json; offsets: Offsets }): number {
  if (read.value !== null && typeof read.value === 'object') {
    const first = read.offsets.get(read.value)?.values().next();
    if (first && !first.done) return first.value;
  }
  const content = /(?:[ \t\n]|#.*)*/y;
  content.lastIndex = place.start;
  content.exec(source.raw);
  return Math.min(content.lastIndex, place.end);
}
