import { problems, type YamlProblemText } from './parse-problem';

/** One document of a stream, as offsets into its text. */
export interface Chunk {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
  /** What is wrong around the document, which itself can still be read. */
  readonly problem?: ChunkProblem;
}

const byteOrderMark = 0xfeff;

interface ChunkProblem {
  readonly offset: number;
  readonly text: YamlProblemText;
}

/**
 * Cuts a stream where kubectl does: at every line that starts with `---`, whatever surrounds it, before any YAML is
 * read. A line `...` ends the document; up to the next `---` kubectl ignores what follows.
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
    // `...` is an end only if nothing else is on its line.
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
    // Files that were written with a byte order mark and then put together have it before each document.
    start = text.charCodeAt(next) === byteOrderMark ? next + 1 : next;
  }
}

/** The lines of a text that start with a prefix, found in order and each searched once. */
class LinePrefix {
  #found = -1;

  constructor(
    readonly text: string,
    readonly prefix: string,
  ) {}

  /** Offset of the first such line at `offset` or later; the length of the text where there is none. */
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
