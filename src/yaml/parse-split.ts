import { problems, type YamlProblemText } from './parse-problem';

/** One document of a stream, as offsets into its text. */
export interface Chunk {
  readonly start: number;
  /** End offset, exclusive. */
  readonly end: number;
  /** A problem outside the document, which can still be read. */
  readonly problem?: ChunkProblem;
}

const byteOrderMark = 0xfeff;

interface ChunkProblem {
  readonly offset: number;
  readonly text: YamlProblemText;
}

/**
 * Splits a stream as kubectl does: at every line that starts with `---`, in any context, before YAML is parsed.
 * A line `...` ends the document; kubectl ignores the text between it and the next `---`.
 *
 * @param text - with `\n` as its only break
 * @see Kubernetes k8s.io/apimachinery/pkg/util/yaml/decoder.go, YAMLReader
 */
export function splitDocuments(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  const separators = new LinePrefix(text, '---');
  const ends = new LinePrefix(text, '...');
  let start = 0;
  let problem: ChunkProblem | undefined;
  for (;;) {
    const separator = separators.from(start);
    let end = ends.from(start);
    // `...` ends the document only if it is alone on its line.
    while (end < separator && /^\.\.\.[ \t]*[^ \t#\n]/.test(text.slice(end, end + 100))) end = ends.from(end + 1);
    if (end < separator) {
      problem ??= droppedText(text, end, separator);
      chunks.push({ start, end, ...(problem && { problem }) });
    } else {
      chunks.push({ start, end: separator, ...(problem && { problem }) });
    }
    if (separator === text.length) return chunks;

    const next = lineAfter(text, separator);
    const rest = text.slice(separator + 3, next).trim();
    const broken = rest !== '' && !rest.startsWith('#');
    problem = broken ? { offset: separator, text: problems.separator() } : undefined;
    // Concatenated files may have a byte order mark before each document.
    start = text.charCodeAt(next) === byteOrderMark ? next + 1 : next;
  }
}

/** Finds lines that start with a prefix, in order; the text is searched only once. */
class LinePrefix {
  #found = -1;

  constructor(
    readonly text: string,
    readonly prefix: string,
  ) {}

  /** Offset of the first such line at `offset` or later; the length of the text if there is none. */
  from(offset: number): number {
    if (this.#found >= offset) return this.#found;
    if (offset === 0 && this.text.startsWith(this.prefix)) {
      this.#found = 0;
    } else {
      const found = this.text.indexOf(`\n${this.prefix}`, Math.max(offset - 1, 0));
      this.#found = found < 0 ? this.text.length : found + 1;
    }
    return this.#found;
  }
}

/** The first line with text between the end of a document and the next separator. */
function droppedText(text: string, end: number, separator: number): ChunkProblem | undefined {
  for (let line = lineAfter(text, end); line < separator; line = lineAfter(text, line)) {
    if (/^[ \t]*[^ \t\n#]/.test(text.slice(line, line + 1000))) return { offset: line, text: problems.afterEnd() };
  }
  return undefined;
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
