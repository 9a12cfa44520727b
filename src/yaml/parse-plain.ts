import type { Cursor } from './parse-cursor';
import { problems, YamlSyntaxProblem } from './parse-problem';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const COLON = 58;

/** Characters that end an unquoted scalar inside `{}` and `[]`; in go-yaml v2 also the question mark. */
const flowEnds = new Set([...',?[]{}'].map((character) => character.charCodeAt(0)));

/** Characters that cannot start an unquoted scalar; `-`, `?` and `:` can if a non-blank character follows. */
const indicators = new Set([...',[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));

/** Whether an unquoted scalar may start at the cursor. */
export function startsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const code = cursor.at(cursor.position);
  if (indicators.has(code)) return false;
  const character = cursor.text[cursor.position];
  if (character === '-') return !cursor.isBlankOrBreak(cursor.position + 1);
  if (character === '?' || character === ':') return !inFlow && !cursor.isBlankOrBreak(cursor.position + 1);
  return true;
}

/**
 * The end of an unquoted scalar on one line: before `: `, ` #` or the end of the line, and inside a flow collection
 * before brackets and commas. Trailing blanks are not part of the scalar.
 */
export function plainEnd(cursor: Cursor, inFlow: boolean): number {
  const { text, end, position } = cursor;
  let offset = position;
  let last = position; // after the last character that is not blank
  let previous = 0;
  for (; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === NEWLINE) break;
    if (code === COLON) {
      if (cursor.isBlankOrBreak(offset + 1)) break;
    } else if (code === HASH) {
      if (previous === SPACE || previous === TAB) break;
    } else if (inFlow && flowEnds.has(code)) {
      break;
    }
    previous = code;
    if (code !== SPACE && code !== TAB) last = offset + 1;
  }
  return last;
}

/**
 * Reads an unquoted scalar of one or more lines. The first line ends at `firstEnd`.
 *
 * @param parentColumn - lines at this column or left of it end the scalar, except in a flow collection
 * @returns the scalar as text, breaks folded
 */
export function readPlainText(cursor: Cursor, firstEnd: number, parentColumn: number, inFlow: boolean): string {
  let result = cursor.text.slice(cursor.position, firstEnd);
  cursor.position = firstEnd;
  for (;;) {
    const next = continuation(cursor, parentColumn, inFlow);
    if (next === undefined) return result;
    const before = cursor.position;
    cursor.position = next.offset;
    const end = plainEnd(cursor, inFlow);
    if (end === next.offset) {
      cursor.position = before;
      return result;
    }
    cursor.lineStart = next.lineStart;
    result += cursor.folded(next.breaks) + cursor.text.slice(next.offset, end);
    cursor.position = end;
    if (!inFlow) refuseKey(cursor, next.offset);
  }
}

/** A key and its colon on a line that continues a scalar: either the line is indented too far, or the text above needs quotes. */
function refuseKey(cursor: Cursor, start: number): void {
  let offset = cursor.position;
  while (cursor.at(offset) === SPACE || cursor.at(offset) === TAB) offset++;
  if (cursor.at(offset) === COLON) throw new YamlSyntaxProblem(start, problems.keyInText());
}

/** The next line of the scalar before the cursor, if any. */
function continuation(
  cursor: Cursor,
  parentColumn: number,
  inFlow: boolean,
): { offset: number; lineStart: number; breaks: string } | undefined {
  let offset = cursor.position;
  let code = cursor.at(offset);
  while (code === SPACE || code === TAB) code = cursor.at(++offset);
  if (code !== NEWLINE || offset >= cursor.end) return undefined;

  let breaks = '';
  let lineStart = offset;
  while (offset < cursor.end) {
    if (code === NEWLINE) {
      breaks += cursor.breakAt(offset);
      lineStart = offset + 1;
    } else if (code === TAB) {
      if (offset - lineStart <= parentColumn) throw new YamlSyntaxProblem(offset, problems.tab());
    } else if (code !== SPACE) {
      break;
    }
    code = cursor.at(++offset);
  }
  if (offset >= cursor.end || code === HASH) return undefined;
  if (!inFlow && offset - lineStart <= parentColumn) return undefined;
  return { offset, lineStart, breaks };
}
