import type { Json } from './json';
import { readBlockScalar } from './parse-block-scalar';
import type { Cursor } from './parse-cursor';
import { readFlow } from './parse-flow';
import { MapBuilder, noteItem } from './parse-map';
import { plainEnd, readPlainText, startsPlain } from './parse-plain';
import { problems, UnusualYaml, YamlSyntaxProblem } from './parse-problem';
import { readQuoted } from './parse-quoted';
import { resolvePlainKey } from './parse-scalar';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const PERCENT = 37;
const AMPERSAND = 38;
const DASH = 45;
const QUESTION_MARK = 63;
const COLON = 58;

/** go-yaml's maximum distance between the start of a key and its colon. */
const longestKey = 1000;

/**
 * Reads one document in the common subset of YAML, about twenty times as fast as the library.
 * The result is the same as that of go-yaml v2; other documents are not read.
 *
 * @returns undefined for a document without content
 * @throws UnusualYaml for tags, anchors on keys, multi-line `?` keys, and broken text for which the library reports a better error
 * @throws YamlSyntaxProblem for text that go-yaml rejects and the library accepts
 * @throws DuplicateKey
 */
export function readDocument(cursor: Cursor): Json | undefined {
  if (!cursor.skipLines()) return undefined;
  if (cursor.at(cursor.position) === PERCENT) throw new YamlSyntaxProblem(cursor.position, problems.directive());
  const value = readNode(cursor, -1);
  if (cursor.skipToContent()) throw new UnusualYaml(cursor.position);
  return value;
}

/** Reads the map, list or scalar that starts at the cursor, deeper than `parentColumn`. */
function readNode(cursor: Cursor, parentColumn: number): Json {
  const code = cursor.at(cursor.position);
  if (code === DASH && cursor.isBlankOrBreak(cursor.position + 1)) return readList(cursor, cursor.column);
  return startsMap(cursor) ? readMap(cursor, cursor.column) : readInline(cursor, parentColumn, false);
}

/** Whether a key and its colon follow on this line. */
function startsMap(cursor: Cursor): boolean {
  const { position, lineStart } = cursor;
  const first = cursor.text[position];
  let found = false;
  if (isExplicitKey(cursor)) return true;
  if (first === '"' || first === "'") {
    readQuoted(cursor);
    if (cursor.lineStart === lineStart) {
      cursor.skipBlanks();
      found = isColon(cursor);
    }
  } else if (startsPlain(cursor, false)) {
    cursor.position = plainEnd(cursor, false);
    cursor.skipBlanks();
    found = isColon(cursor);
  }
  cursor.position = position;
  cursor.lineStart = lineStart;
  return found;
}

function isColon(cursor: Cursor): boolean {
  return cursor.at(cursor.position) === COLON && cursor.isBlankOrBreak(cursor.position + 1);
}

/** Whether a `?` key follows. */
function isExplicitKey(cursor: Cursor): boolean {
  return cursor.at(cursor.position) === QUESTION_MARK && cursor.isBlankOrBreak(cursor.position + 1);
}

function readMap(cursor: Cursor, column: number): Json {
  cursor.enter();
  const builder = new MapBuilder(cursor.offsets);
  do {
    const explicit = isExplicitKey(cursor);
    if (explicit) {
      cursor.position++;
      cursor.skipBlanks();
    }
    const offset = cursor.position;
    const written = explicit ? readExplicitKey(cursor, column) : readKey(cursor);
    if (written !== undefined) builder.claim(written, offset);
    const hasValue = isColon(cursor);
    if (hasValue) cursor.position++;
    const value = hasValue ? readValue(cursor, column, true) : null;
    if (written === undefined) builder.merge(value, offset);
    else builder.set(written, value);
    if (!cursor.skipToContent()) break;
    if (cursor.column > column) throw new UnusualYaml(cursor.position);
  } while (cursor.column === column);
  cursor.leave();
  return builder.map;
}

/** Reads a key up to its colon; undefined is the merge key. */
function readKey(cursor: Cursor): string | undefined {
  const offset = cursor.position;
  const first = cursor.text[offset];
  let key: string | undefined;
  if (first === '"' || first === "'") {
    const line = cursor.lineStart;
    key = readQuoted(cursor);
    if (cursor.lineStart !== line) throw new UnusualYaml(offset);
  } else {
    if (!startsPlain(cursor, false)) throw new UnusualYaml(offset);
    const text = cursor.text.slice(offset, plainEnd(cursor, false));
    cursor.position += text.length;
    if (text !== '<<') {
      key = resolvePlainKey(text);
      if (key === undefined) throw new YamlSyntaxProblem(offset, problems.key(text));
    }
  }
  cursor.skipBlanks();
  if (!isColon(cursor)) throw new YamlSyntaxProblem(offset, problems.noColon());
  if (cursor.position - offset > longestKey) throw new UnusualYaml(offset);
  return key;
}

/**
 * Reads a `?` key, up to the colon of its value in the same column, or up to the next key if it has no value.
 * Supports only keys on one line, which is sufficient for Kubernetes objects.
 */
function readExplicitKey(cursor: Cursor, column: number): string {
  const offset = cursor.position;
  const line = cursor.lineStart;
  const first = cursor.text[offset];
  let key: string | undefined;
  if (first === '"' || first === "'") {
    key = readQuoted(cursor);
  } else {
    if (!startsPlain(cursor, false)) throw new UnusualYaml(offset);
    const text = cursor.text.slice(offset, plainEnd(cursor, false));
    cursor.position += text.length;
    key = text === '<<' ? undefined : resolvePlainKey(text);
  }
  cursor.skipBlanks();
  // Rare, left to the library: map keys, multi-line keys, merge keys and keys that are not text.
  if (key === undefined || cursor.lineStart !== line || isColon(cursor)) throw new UnusualYaml(offset);
  const behind = { position: cursor.position, lineStart: cursor.lineStart };
  if (cursor.skipToContent()) {
    if (cursor.column > column && isColon(cursor)) throw new YamlSyntaxProblem(cursor.position, problems.noColon());
    if (cursor.column > column) throw new UnusualYaml(offset);
    if (cursor.column === column && isColon(cursor)) return key;
  }
  cursor.position = behind.position;
  cursor.lineStart = behind.lineStart;
  return key;
}

function readList(cursor: Cursor, column: number): Json {
  cursor.enter();
  const items: Json[] = [];
  cursor.offsets?.set(items, new Map());
  do {
    if (cursor.at(cursor.position) !== DASH || !cursor.isBlankOrBreak(cursor.position + 1)) break;
    cursor.position++;
    if (cursor.offsets) noteItem(cursor.offsets, items, items.length, itemOffset(cursor));
    items.push(readValue(cursor, column, false));
    if (!cursor.skipToContent()) break;
    if (cursor.column > column) throw new UnusualYaml(cursor.position);
  } while (cursor.column === column);
  cursor.leave();
  return items;
}

/** Position of an item: its text, or its dash if the text is on a later line. */
function itemOffset(cursor: Cursor): number {
  let offset = cursor.position;
  while (cursor.at(offset) === SPACE) offset++;
  return cursor.at(offset) === NEWLINE ? cursor.position - 1 : offset;
}

/**
 * Reads the value after the colon of a key or the dash of an item, on the same line or below.
 *
 * @param column - of the key or dash
 */
function readValue(cursor: Cursor, column: number, ofKey: boolean): Json {
  let code = cursor.at(cursor.position);
  while (code === SPACE || code === TAB) {
    // A map may start after a dash, and a tab makes its column ambiguous.
    if (code === TAB && !ofKey) throw new YamlSyntaxProblem(cursor.position, problems.tab());
    code = cursor.at(++cursor.position);
  }
  if (code === AMPERSAND) return readAnchored(cursor, column, ofKey);
  if (code !== NEWLINE && code !== HASH) {
    return ofKey ? readInline(cursor, column, true) : readNode(cursor, column);
  }
  return readBelow(cursor, column, ofKey);
}

/** Reads a value that starts on a later line than its key or dash; null if the next line is not indented deeper. */
function readBelow(cursor: Cursor, column: number, ofKey: boolean): Json {
  const { position, lineStart } = cursor;
  if (cursor.skipToContent()) {
    if (cursor.column > column) return readNode(cursor, column);
    // A list may start at the column of its key.
    const isItem = cursor.at(cursor.position) === DASH && cursor.isBlankOrBreak(cursor.position + 1);
    if (ofKey && cursor.column === column && isItem) return readList(cursor, column);
  }
  cursor.position = position;
  cursor.lineStart = lineStart;
  return cursor.plain('', position);
}

function readAnchored(cursor: Cursor, column: number, ofKey: boolean): Json {
  const name = cursor.anchorName();
  if (!cursor.isBlankOrBreak(cursor.position)) throw new UnusualYaml(cursor.position);
  cursor.skipBlanks();
  const code = cursor.at(cursor.position);
  const below = code === NEWLINE || code === HASH;
  // `&name key: value` anchors the key, not the map.
  if (!below && !ofKey && startsMap(cursor)) throw new UnusualYaml(cursor.position);
  if (!below && code === DASH && cursor.isBlankOrBreak(cursor.position + 1)) throw new UnusualYaml(cursor.position);
  return cursor.anchored(name, () => (below ? readBelow(cursor, column, ofKey) : readInline(cursor, column, ofKey)));
}

/** Reads a scalar or a flow collection. */
function readInline(cursor: Cursor, parentColumn: number, ofKey: boolean): Json {
  const offset = cursor.position;
  switch (cursor.text[offset]) {
    case '"':
    case "'": {
      const text = readQuoted(cursor);
      refuseColon(cursor);
      return text;
    }
    case '|':
    case '>':
      return readBlockScalar(cursor, parentColumn);
    case '{':
    case '[': {
      const value = readFlow(cursor, parentColumn);
      refuseColon(cursor);
      return value;
    }
    case '*': {
      const value = cursor.alias(cursor.anchorName(), offset);
      refuseColon(cursor);
      return value;
    }
    case '&':
      return readAnchored(cursor, parentColumn, ofKey);
    default: {
      if (!startsPlain(cursor, false)) throw new UnusualYaml(offset);
      const end = plainEnd(cursor, false);
      const text = readPlainText(cursor, end, parentColumn, false);
      refuseColon(cursor);
      return cursor.plain(text, offset);
    }
  }
}

/** A value followed by a colon is a key in an invalid position, or a key that is not plain text. */
function refuseColon(cursor: Cursor): void {
  cursor.skipBlanks();
  if (cursor.at(cursor.position) === COLON) throw new UnusualYaml(cursor.position);
}
