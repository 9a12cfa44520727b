import type { Node, Pair, ParsedNode, Scalar, YAMLError } from 'yaml';
import type { Json } from './json';
import type { Cursor } from './parse-cursor';
import { MapBuilder, noteItem } from './parse-map';
import { problems, YamlSyntaxProblem } from './parse-problem';
import { resolvePlainKey } from './parse-scalar';
import { resolveTagged } from './parse-tag';

type Yaml = typeof import('yaml');

/** Messages and fixes for the library's syntax errors; others keep the message of the library. */
const advice: Readonly<Record<string, { message?: string; fix: string }>> = {
  BAD_INDENT: { fix: 'align it with the neighbouring lines; fields of one object start in the same column' },
  TAB_AS_INDENT: { message: 'a tab is used as indentation', fix: 'replace the tab with spaces' },
  MISSING_CHAR: { fix: 'add the missing character, or put the value in quotes' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a line that is neither "key: value" nor a list item',
    fix: 'add a colon and a space, or indent the line if it continues the text above',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: '": " inside an unquoted value',
    fix: 'put the value in quotes, or start it on the next line if it is an object',
  },
  UNEXPECTED_TOKEN: { fix: 'put the value in quotes if the character is part of it' },
  BAD_SCALAR_START: { fix: 'put the value in quotes' },
  BAD_DQ_ESCAPE: { fix: 'double the backslash, or use single quotes' },
  BLOCK_IN_FLOW: { fix: 'close the bracket before the next field' },
};

/**
 * The first error that the library finds in a document up to a position after `offset`, where the fast reader stopped.
 * The limit bounds the time for a long broken document.
 *
 * @throws YamlSyntaxProblem
 */
export function refuseWithLibrary(cursor: Cursor, offset: number): void {
  if (cursor.end - offset < 2 * lookahead) return;
  const yaml = require('yaml') as Yaml;
  const base = cursor.position;
  const cut = cursor.lineEnd(offset + lookahead);
  const [error] = parse(yaml, cursor.text.slice(base, cut), base).errors;
  // An error near the end may be caused by the cut.
  if (error && base + error.pos[0] < offset + lookahead / 2) throw asProblem(error, base);
}

/** Characters after the position of the fast reader in which a mistake becomes visible. */
const lookahead = 16_384;

/**
 * Reads one document with the `yaml` package, for rare YAML and for errors of broken text. The library parses the structure;
 * scalars, keys, tags, merges and aliases are resolved as in go-yaml v2.
 *
 * @returns undefined for a document without content
 * @throws YamlSyntaxProblem
 * @throws DuplicateKey
 */
export function readWithLibrary(cursor: Cursor): Json | undefined {
  // Loaded on demand: most texts do not need it.
  const yaml = require('yaml') as Yaml;
  const source = cursor.text.slice(cursor.position, cursor.end);
  const base = cursor.position;
  const document = parse(yaml, source, base);
  const [error] = document.errors;
  if (error) throw asProblem(error, base);
  if (document.contents === null) return undefined;
  const reader = new NodeReader(yaml, cursor, base);
  // A document with only comments is an empty scalar.
  if (yaml.isScalar(document.contents) && reader.isAbsent(document.contents)) return undefined;
  return reader.read(document.contents as ParsedNode);
}

function parse(yaml: Yaml, source: string, base: number): ReturnType<Yaml['parseDocument']> {
  const limit = Error.stackTraceLimit;
  // The library creates an error for each mistake, and most of the time goes into the stack traces.
  Error.stackTraceLimit = 0;
  try {
    return yaml.parseDocument(source, {
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      strict: true,
      resolveKnownTags: false,
    });
  } catch (error) {
    // The library overflows the stack on deeply nested text.
    if (error instanceof RangeError) throw new YamlSyntaxProblem(base, problems.depth(500));
    throw error;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function asProblem(error: YAMLError, base: number): YamlSyntaxProblem {
  const { message, fix } = advice[error.code] ?? { fix: 'correct this place' };
  // Text that the library quotes may be a value of a Secret.
  const first = error.message
    .split('\n')[0]!
    .replace(/: .*$/, '')
    .replace(/[.:]\s*$/, '');
  const own = first.charAt(0).toLowerCase() + first.slice(1);
  return new YamlSyntaxProblem(base + error.pos[0], {
    code: error.code === 'TAB_AS_INDENT' ? 'yaml.tab' : 'yaml.syntax',
    message: `broken YAML: ${message ?? own}`,
    why: 'kubectl rejects the document',
    fix,
  });
}

/** Turns the nodes of the library into plain data. */
class NodeReader {
  constructor(
    readonly yaml: Yaml,
    readonly cursor: Cursor,
    readonly base: number,
  ) {}

  isAbsent(node: Scalar): boolean {
    return (
      node.value === '' && node.type === 'PLAIN' && !node.tag && !node.anchor && node.range?.[0] === node.range?.[1]
    );
  }

  read(node: Node | null): Json {
    if (node === null) return this.cursor.plain('', this.base);
    const { anchor } = node as { anchor?: string };
    return anchor ? this.cursor.anchored(anchor, () => this.#readBare(node)) : this.#readBare(node);
  }

  #readBare(node: Node): Json {
    const { yaml, cursor } = this;
    const offset = this.#offset(node);
    if (yaml.isAlias(node)) return cursor.alias(node.source, offset);
    if (yaml.isScalar(node)) return this.#scalar(node, offset);
    cursor.enter();
    const value = yaml.isMap(node) ? this.#map(node.items as Pair<Node, Node | null>[]) : this.#list(node);
    cursor.leave();
    return value;
  }

  #scalar(node: Scalar, offset: number): Json {
    const text = String(node.value ?? '');
    if (node.tag) return resolveTagged(shortTag(node.tag), text, offset);
    return node.type === 'PLAIN' ? this.cursor.plain(text, offset) : this.cursor.quoted(text);
  }

  #map(pairs: readonly Pair<Node, Node | null>[]): Json {
    const builder = new MapBuilder(this.cursor.offsets);
    for (const { key, value } of pairs) {
      const offset = this.#offset(key);
      if (this.#merges(key)) {
        builder.merge(this.read(value), offset);
        continue;
      }
      const name = this.#keyName(key, offset);
      builder.claim(name, offset);
      builder.set(name, this.read(value));
    }
    return builder.map;
  }

  #list(node: Node): Json {
    const items: Json[] = [];
    const nodes = (node as { items?: readonly Node[] }).items ?? [];
    for (const item of nodes) {
      // `[a: 1]`: the library keeps the pair as an item.
      const value = this.yaml.isPair(item) ? this.#map([item as Pair<Node, Node | null>]) : this.read(item);
      const at = this.yaml.isPair(item) ? (item as Pair<Node>).key : item;
      noteItem(this.cursor.offsets, items, items.length, this.#offset(at));
      items.push(value);
    }
    return items;
  }

  #merges(key: Node | null): boolean {
    return this.yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<' && !key.tag;
  }

  #keyName(key: Node | null, offset: number): string {
    if (this.yaml.isScalar(key) && key.type === 'PLAIN' && !key.tag) {
      if (key.anchor) this.read(key);
      const name = resolvePlainKey(String(key.value ?? ''));
      if (name === undefined) throw new YamlSyntaxProblem(offset, problems.key(String(key.value) || 'nothing'));
      return name;
    }
    const value = this.read(key);
    if (typeof value === 'string') return value;
    const name = value === null || typeof value === 'object' ? undefined : resolvePlainKey(String(value));
    if (name === undefined) throw new YamlSyntaxProblem(offset, problems.key(describe(value)));
    return name;
  }

  #offset(node: Node | null): number {
    return this.base + (node?.range?.[0] ?? 0);
  }
}

function describe(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'nothing' : 'a map';
}

function shortTag(tag: string): string {
  return tag.startsWith('tag:yaml.org,2002:') ? `!!${tag.slice('tag:yaml.org,2002:'.length)}` : tag;
}
