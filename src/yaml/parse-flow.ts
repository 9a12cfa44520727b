import type { Json } from './json';
import type { Cursor } from './parse-cursor';
import { MapBuilder, noteItem } from './parse-map';
import { plainEnd, readPlainText, startsPlain } from './parse-plain';
import { problems, UnusualYaml, YamlSyntaxProblem } from './parse-problem';
import { readQuoted } from './parse-quoted';
import { resolvePlainKey } from './parse-scalar';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;

/**
 * Reads `{…}` or `[…]`, which may span lines. The cursor is at the opening bracket.
 *
 * @param parentColumn - column of the surrounding block map or list, -1 at the top
 */
export function readFlow(cursor: Cursor, parentColumn: number): Json {
  cursor.enter();
  const { position } = cursor;
  const open = cursor.text[position]!;
  try {
    return open === '{' ? readMap(cursor, parentColumn) : readList(cursor, parentColumn);
  } catch (error) {
    if (error === neverClosed) throw new YamlSyntaxProblem(position, problems.bracket(open));
    throw error;
  } finally {
    cursor.leave();
  }
}

function readMap(cursor: Cursor, parentColumn: number): Json {
  const builder = new MapBuilder(cursor.offsets);
  cursor.position++;
  for (;;) {
    if (skipFlow(cursor) === '}') break;
    const offset = cursor.position;
    const written = readKey(cursor);
    const merges = written.merges && cursor.text[cursor.position] === ':';
    if (!merges) builder.claim(written.key, offset);
    let value: Json = null;
    if (cursor.text[cursor.position] === ':') {
      cursor.position++;
      const next = skipFlow(cursor);
      if (next !== ',' && next !== '}') value = readNode(cursor, parentColumn);
    }
    if (merges) builder.merge(value, offset);
    else builder.set(written.key, value);
    if (skipFlow(cursor) === ',') cursor.position++;
    else if (cursor.text[cursor.position] !== '}') throw new UnusualYaml(cursor.position);
  }
  cursor.position++;
  return builder.map;
}

function readList(cursor: Cursor, parentColumn: number): Json {
  const items: Json[] = [];
  cursor.offsets?.set(items, new Map());
  cursor.position++;
  for (;;) {
    if (skipFlow(cursor) === ']') break;
    const offset = cursor.position;
    const line = cursor.lineStart;
    noteItem(cursor.offsets, items, items.length, offset);
    const item = readNode(cursor, parentColumn);
    // `[a: 1]` is a list of one map: rare, left to the library.
    if (skipFlow(cursor) === ':') throw new UnusualYaml(line);
    items.push(item);
    if (cursor.text[cursor.position] === ',') cursor.position++;
    else if (cursor.text[cursor.position] !== ']') throw new UnusualYaml(cursor.position);
  }
  cursor.position++;
  return items;
}

function readNode(cursor: Cursor, parentColumn: number): Json {
  const character = cursor.text[cursor.position];
  switch (character) {
    case '{':
    case '[':
      return readFlow(cursor, parentColumn);
    case '"':
    case "'":
      return readQuoted(cursor);
    case '*': {
      const offset = cursor.position;
      return cursor.alias(cursor.anchorName(), offset);
    }
    case '&': {
      const name = cursor.anchorName();
      const next = skipFlow(cursor);
      if (next === ',' || next === ']' || next === '}') throw new UnusualYaml(cursor.position);
      return cursor.anchored(name, () => readNode(cursor, parentColumn));
    }
    default: {
      if (!startsPlain(cursor, true)) throw new UnusualYaml(cursor.position);
      const offset = cursor.position;
      const text = readPlainText(cursor, plainEnd(cursor, true), parentColumn, true);
      refuseQuestionMark(cursor);
      return cursor.plain(text, offset);
    }
  }
}

/** Reads the key of a flow map, on one line, and skips to what follows it. */
function readKey(cursor: Cursor): { key: string; merges: boolean } {
  const offset = cursor.position;
  const character = cursor.text[offset];
  if (character === '"' || character === "'") {
    const line = cursor.lineStart;
    const key = readQuoted(cursor);
    if (cursor.lineStart !== line) throw new UnusualYaml(offset);
    skipToColon(cursor);
    return { key, merges: false };
  }
  if (!startsPlain(cursor, true)) throw new UnusualYaml(offset);
  const end = plainEnd(cursor, true);
  const text = cursor.text.slice(offset, end);
  const key = resolvePlainKey(text);
  if (key === undefined) throw new YamlSyntaxProblem(offset, problems.key(text));
  cursor.position = end;
  refuseQuestionMark(cursor);
  skipToColon(cursor);
  return { key, merges: text === '<<' };
}

/** Skips blanks on the line of a key; a key and its colon are on one line. */
function skipToColon(cursor: Cursor): void {
  const line = cursor.lineStart;
  const next = skipFlow(cursor);
  if (next !== ':' && next !== ',' && next !== '}') throw new UnusualYaml(cursor.position);
  if (next === ':' && cursor.lineStart !== line) throw new UnusualYaml(cursor.position);
}

/** The library reads `[a?b]` as text; go-yaml v2, and with it kubectl, does not. */
function refuseQuestionMark(cursor: Cursor): void {
  if (cursor.text[cursor.position] !== '?' || cursor.position >= cursor.end) return;
  throw new YamlSyntaxProblem(cursor.position, problems.questionMark());
}

/** Thrown at the end of the text, caught by the reader of the innermost bracket. */
const neverClosed = new UnusualYaml(0);

/** Skips blanks, breaks and comments inside brackets; returns the next character. */
function skipFlow(cursor: Cursor): string {
  while (cursor.position < cursor.end) {
    const code = cursor.text.charCodeAt(cursor.position);
    if (code === NEWLINE) {
      cursor.position++;
      cursor.lineStart = cursor.position;
    } else if (code === SPACE || code === TAB) {
      cursor.position++;
    } else if (code === HASH) {
      cursor.position = cursor.lineEnd(cursor.position);
    } else {
      return cursor.text[cursor.position]!;
    }
  }
  throw neverClosed;
}
