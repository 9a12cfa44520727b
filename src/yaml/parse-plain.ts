import type { Cursor } from './parse-cursor';
import { problems, YamlSyntaxProblem } from './parse-problem';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const COLON = 58;

/** Characters that end an unquoted scalar inside `{}` and `[]`; go-yaml v2 counts the question mark too. */
const flowEnds = new Set([...',?[]{}'].map((character) => character.charCodeAt(0)));

/** Characters that no unquoted scalar starts with; `-`, `?` and `:` may, when something follows directly. */
const indicators = new Set([...',[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));

/** Whether an unquoted scalar may start where the cursor stands. */
export function startsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const code = cursor.at(cursor.position);
  if (indicators.has(code)) return false;
  const character = cursor.text[cursor.position];
  if (character === '-') return !cursor.isBlankOrBreak(cursor.position + 1);
  if (character === '?' || character === ':') return !inFlow && !cursor.isBlankOrBreak(cursor.position + 1);
  return true;
}

/**
 * The end of the part of an unquoted scalar that is on one line: before `: `, ` #`, the end of the line, and inside a
 * flow collection before its brackets and commas. Blanks before it are not part of the scalar.
 */
export function plainEnd(cursor: Cursor, inFlow: boolean): number {
  const { text, end, position } = cursor;
  let offset = position;
  let last = position; // behind the last character that is no blank
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
 * Reads an unquoted scalar of one or more lines, of which the first ends at `firstEnd`.
 *
 * @param parentColumn - lines at this column or left of it do not belong to the scalar; in a flow collection every line does
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

/** A key and its colon on a line that continues a scalar: the line is indented too far, or the one above not quoted. */
function refuseKey(cursor: Cursor, start: number): void {
  let offset = cursor.position;
  while (cursor.at(offset) === SPACE || cursor.at(offset) === TAB) offset++;
  if (cursor.at(offset) === COLON) throw new YamlSyntaxProblem(start, problems.keyInText());
}

/** The next line of a scalar that the cursor stands behind, if it has one. */
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
