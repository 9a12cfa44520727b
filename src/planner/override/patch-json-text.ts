import {
  applyOperations,
  listIndex,
  type PatchContainer,
  type PatchDocument,
  PatchFailure,
  type PatchOperation,
} from './json-patch';
import { compactJson, goJson, jsonLevel, RawJson, requireJson } from './json-text';

/** A level that has been walked into, or text that has not. */
type Node = RawJson | Level;

/**
 * JSON text with a patch applied. Blanks go, keys keep their order, new ones come last, and what the patch does not
 * touch keeps its spelling: `1.50` stays `1.50`.
 *
 * @throws PatchFailure when the text is no JSON, or an operation does not apply
 * @see github.com/evanphx/json-patch v5.9 patch.go, ApplyWithOptions
 */
export function patchJsonText(text: string, operations: readonly PatchOperation[]): string {
  if (text === '') return text;
  requireJson(text);
  const document = new TextDocument(text);
  applyOperations(document, operations);
  return document.text();
}

class TextDocument implements PatchDocument {
  #root: Level;
  readonly #original: string;

  constructor(text: string) {
    this.#original = text;
    // The library takes what does not begin with a bracket for an object.
    if (text.trimStart().startsWith('[') && !text.startsWith('['))
      throw new PatchFailure('blanks stand before the list');
    this.#root = this.levelOf(new RawJson(text), true) ?? this.#reject('the text is neither object nor list');
  }

  get root(): PatchContainer {
    return this.#root;
  }

  replaceRoot(value: unknown): void {
    this.#root = this.levelOf(new RawJson(goJson(value)), true) ?? this.#reject('the value is neither object nor list');
  }

  shadow(): Level | undefined {
    return this.levelOf(new RawJson(this.#original), true);
  }

  levelOf(raw: RawJson, isRoot = false): Level | undefined {
    const level = jsonLevel(raw.text);
    return level && new Level(level, this, isRoot);
  }

  text(): string {
    return textOfNode(this.#root);
  }

  #reject(why: string): never {
    throw new PatchFailure(why);
  }
}

class Level implements PatchContainer {
  readonly content: Map<string, Node> | Node[];

  constructor(
    content: Map<string, Node> | Node[],
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
    if (this.#get(key) === undefined) throw new PatchFailure(`there is no "${key}"`);
  }

  add(key: string, value: unknown): void {
    const node = new RawJson(goJson(value));
    const { content } = this;
    if (Array.isArray(content)) {
      const length = content.length;
      content.splice(key === '-' ? length : listIndex(key, length + 1, length + 1), 0, node);
    } else content.set(key, node);
  }

  replace(key: string, value: unknown): void {
    this.#set(key, new RawJson(goJson(value)));
  }

  remove(key: string): void {
    const { content } = this;
    if (Array.isArray(content)) content.splice(listIndex(key, content.length, content.length), 1);
    else if (!content.delete(key)) throw new PatchFailure(`there is no "${key}"`);
  }

  #get(key: string): Node | undefined {
    const { content } = this;
    return Array.isArray(content) ? content[listIndex(key, content.length, content.length)] : content.get(key);
  }

  #set(key: string, node: Node): void {
    const { content } = this;
    if (Array.isArray(content)) content[listIndex(key, content.length, content.length)] = node;
    else content.set(key, node);
  }
}

function textOfNode(node: Node): string {
  if (node instanceof RawJson) return compactJson(node.text);
  const { content } = node;
  if (Array.isArray(content)) return `[${content.map(textOfNode).join(',')}]`;
  return `{${Array.from(content, ([key, value]) => `${goJson(key)}:${textOfNode(value)}`).join(',')}}`;
}
