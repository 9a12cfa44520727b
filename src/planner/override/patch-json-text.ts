import {
  applyOperations,
  type JsonPatchOperation,
  listIndex,
  type PatchContainer,
  type PatchDocument,
  PatchFailure,
} from './json-patch';
import { compactJson, goJson, jsonLevel, RawJson, requireJson } from './json-text';

/** A level that has been parsed, or text that has not. */
type Node = RawJson | Level;

interface Fields {
  readonly keys: string[];
  readonly values: Map<string, Node>;
}

/**
 * JSON text with a patch applied. Whitespace is removed, keys keep their order, new keys come last, and unpatched values
 * keep their spelling: `1.50` stays `1.50`.
 *
 * @throws PatchFailure if the text is not JSON, or an operation does not apply
 * @see github.com/evanphx/json-patch v5.9 patch.go, ApplyWithOptions
 */
export function patchJsonText(text: string, operations: readonly JsonPatchOperation[]): string {
  if (text === '') return text;
  requireJson(text);
  const document = new TextDocument(text);
  applyOperations(document, operations);
  return document.text();
}

class TextDocument implements PatchDocument {
  /** Undefined for null, which can only be replaced. */
  #root: Level | undefined;
  readonly #original: string;

  constructor(text: string) {
    this.#original = text;
    // The library treats a text that does not begin with a bracket as an object.
    if (text.trimStart().startsWith('[') && !text.startsWith('['))
      throw new PatchFailure('the list is preceded by whitespace');
    const isNull = text.trim() === 'null';
    this.#root = isNull ? undefined : this.#rootOf(text);
  }

  get root(): PatchContainer {
    return this.#root ?? reject();
  }

  replaceRoot(value: unknown): void {
    this.#root = this.#rootOf(goJson(value));
  }

  shadow(): Level | undefined {
    return this.levelOf(new RawJson(this.#original), true);
  }

  levelOf(raw: RawJson, isRoot = false): Level | undefined {
    const level = jsonLevel(raw.text);
    return level && new Level(level, this, isRoot);
  }

  text(): string {
    return textOfNode(this.#root ?? reject());
  }

  #rootOf(text: string): Level {
    return this.levelOf(new RawJson(text), true) ?? reject();
  }
}

function reject(): never {
  throw new PatchFailure('the value to patch is neither an object nor a list');
}

class Level implements PatchContainer {
  readonly content: Fields | Node[];

  constructor(
    content: Fields | Node[],
    readonly document: TextDocument,
    readonly isRoot: boolean,
  ) {
    this.content = content;
  }

  descend(key: string): PatchContainer | undefined {
    if (key === '') return this.isRoot ? this.document.shadow() : undefined;
    const node = this.#get(key);
    if (!(node instanceof RawJson)) return node;
    const level = this.document.levelOf(node);
    if (level) this.#set(key, level);
    return level;
  }

  require(key: string): void {
    if (key === '') return;
    if (this.#get(key) === undefined) throw new PatchFailure(`"${key}" does not exist`);
  }

  add(key: string, value: unknown): void {
    const node = new RawJson(goJson(value));
    const { content } = this;
    if (Array.isArray(content)) {
      const length = content.length;
      content.splice(key === '-' ? length : listIndex(key, length + 1, length + 1), 0, node);
    } else this.#set(key, node);
  }

  replace(key: string, value: unknown): void {
    this.#set(key, new RawJson(goJson(value)));
  }

  remove(key: string): void {
    const { content } = this;
    if (Array.isArray(content)) content.splice(listIndex(key, content.length, content.length), 1);
    else if (!content.values.delete(key)) throw new PatchFailure(`"${key}" does not exist`);
    else content.keys.splice(content.keys.indexOf(key), 1);
  }

  #get(key: string): Node | undefined {
    const { content } = this;
    return Array.isArray(content) ? content[listIndex(key, content.length, content.length)] : content.values.get(key);
  }

  #set(key: string, node: Node): void {
    const { content } = this;
    if (Array.isArray(content)) content[listIndex(key, content.length, content.length)] = node;
    else {
      if (!content.values.has(key) && !content.keys.includes(key)) content.keys.push(key);
      content.values.set(key, node);
    }
  }
}

function textOfNode(node: Node): string {
  if (node instanceof RawJson) return compactJson(node.text);
  const { content } = node;
  if (Array.isArray(content)) return `[${content.map(textOfNode).join(',')}]`;
  const fields = content.keys.map((key) => {
    const value = content.values.get(key);
    return `${goJson(key)}:${value ? textOfNode(value) : 'null'}`;
  });
  return `{${fields.join(',')}}`;
}
