import type { Cursor } from './parse-cursor';
import { problems, UnusualYaml, YamlSyntaxProblem } from './parse-problem';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;

interface Header {
  /** `-` drops all final line breaks, `+` keeps them; the default keeps one. */
  readonly chomping: '-' | '+' | '';
  /** Explicit indentation relative to the parent. */
  readonly increment: number | undefined;
}

/**
 * Reads a literal (`|`) or folded (`>`) scalar. The cursor is at its indicator.
 *
 * @param parentColumn - column of the containing map or list, -1 at the top
 */
export function readBlockScalar(cursor: Cursor, parentColumn: number): string {
  const literal = cursor.text[cursor.position] === '|';
  const header = readHeader(cursor);
  const least = Math.max(parentColumn + 1, 1);
  const indentation =
    header.increment === undefined
      ? Math.max(detectIndentation(cursor, least), least)
      : Math.max(parentColumn, 0) + header.increment;

  let result = '';
  let leadingBreak = '';
  let leadingBlank = false;
  let breaks = readBreaks(cursor, indentation);
  while (cursor.position < cursor.end && cursor.column === indentation) {
    const first = cursor.at(cursor.position);
    const trailingBlank = first === SPACE || first === TAB;
    const folds = !literal && leadingBreak === '\n' && !leadingBlank && !trailingBlank;
    result += (folds ? (breaks === '' ? ' ' : '') : leadingBreak) + breaks;
    leadingBlank = trailingBlank;
    const end = cursor.lineEnd(cursor.position);
    result += cursor.text.slice(cursor.position, end);
    leadingBreak = end < cursor.end ? cursor.breakAt(end) : '';
    cursor.position = Math.min(end + 1, cursor.end);
    cursor.lineStart = cursor.position;
    breaks = readBreaks(cursor, indentation);
  }
  if (header.chomping !== '-') result += leadingBreak;
  if (header.chomping === '+') result += breaks;
  // The caller expects the cursor at a line break, as after any other value.
  cursor.position = cursor.lineStart;
  if (cursor.position > 0 && cursor.position < cursor.end) cursor.position--;
  return cursor.quoted(result);
}

function readHeader(cursor: Cursor): Header {
  const end = cursor.lineEnd(cursor.position);
  const match = /^[|>](?:([-+])([1-9])?|([1-9])([-+])?)?[ \t]*(?:#.*)?$/.exec(cursor.text.slice(cursor.position, end));
  if (!match) throw new UnusualYaml(cursor.position);
  cursor.position = Math.min(end + 1, cursor.end);
  cursor.lineStart = cursor.position;
  const increment = match[2] ?? match[3];
  return {
    chomping: (match[1] ?? match[4] ?? '') as Header['chomping'],
    increment: increment === undefined ? undefined : Number(increment),
  };
}

/** The deepest indentation of the blank lines at the start and of the first line with text. */
function detectIndentation(cursor: Cursor, least: number): number {
  let deepest = 0;
  let lineStart = cursor.position;
  while (lineStart < cursor.end) {
    let offset = lineStart;
    while (cursor.at(offset) === SPACE) offset++;
    deepest = Math.max(deepest, offset - lineStart);
    const code = cursor.at(offset);
    if (code === TAB && offset - lineStart < least) throw new YamlSyntaxProblem(offset, problems.tab());
    if (code !== NEWLINE || offset >= cursor.end) break;
    lineStart = offset + 1;
  }
  return deepest;
}

/** Skips blank lines and the indentation of the next line; returns the breaks. */
function readBreaks(cursor: Cursor, indentation: number): string {
  let breaks = '';
  while (cursor.position < cursor.end) {
    while (cursor.column < indentation && cursor.at(cursor.position) === SPACE) cursor.position++;
    const code = cursor.at(cursor.position);
    if (code === TAB && cursor.column < indentation) {
      throw new YamlSyntaxProblem(cursor.position, problems.tab());
    }
    if (code !== NEWLINE || cursor.position >= cursor.end) break;
    breaks += cursor.breakAt(cursor.position);
    cursor.position++;
    cursor.lineStart = cursor.position;
  }
  return breaks;
}
