/** One operation of a JSON patch, as the overriders make them. */
export interface JsonPatchOperation {
  /** add, remove or replace; Karmada knows no other. */
  readonly op: string;
  /** JSON pointer. */
  readonly path: string;
  /** Absent counts as null. */
  readonly value?: unknown;
}

/** Why a patch does not apply; the object then stays as it was. */
export class PatchFailure extends Error {}

/** A value that can be walked into: how patches see objects and lists, whatever holds them. */
export interface PatchContainer {
  /** The container of a field or item; undefined where there is none. @throws PatchFailure when it does not exist */
  descend(key: string): PatchContainer | undefined;
  /** @throws PatchFailure when there is no such field or item */
  require(key: string): void;
  add(key: string, value: unknown): void;
  replace(key: string, value: unknown): void;
  remove(key: string): void;
}

/** Something that a patch is applied to as a whole. */
export interface PatchDocument {
  /** The container at the top, freshly read after each replacement of the whole. */
  readonly root: PatchContainer;
  /** @throws PatchFailure when the value is neither object nor list */
  replaceRoot(value: unknown): void;
}

/**
 * Applies operations in order, with the rules of Karmada's patch library: what is replaced or removed must exist, the
 * parent of what is added must exist, negative indices count from the end, and `-` appends.
 *
 * @throws PatchFailure at the first operation that does not apply
 * @see github.com/evanphx/json-patch v5.9 patch.go
 */
export function applyOperations(document: PatchDocument, operations: readonly JsonPatchOperation[]): void {
  for (const operation of operations) {
    try {
      applyOperation(document, operation);
    } catch (error) {
      if (!(error instanceof PatchFailure)) throw error;
      throw new PatchFailure(`cannot ${operation.op} "${operation.path}": ${error.message}`);
    }
  }
}

function applyOperation(document: PatchDocument, { op, path, value = null }: JsonPatchOperation): void {
  if (op !== 'add' && op !== 'remove' && op !== 'replace') throw new PatchFailure('there is no such operator');
  if (path === '' && op !== 'remove') {
    document.replaceRoot(value);
    return;
  }
  const [container, key] = locate(document.root, path);
  if (op === 'add') container.add(key, value);
  else if (op === 'remove') container.remove(key);
  else {
    container.require(key);
    container.replace(key, value);
  }
}

/** The container that a path leads to, and the key within it. */
function locate(root: PatchContainer, path: string): [PatchContainer, string] {
  if (path === '') return [root, ''];
  const [first, ...tokens] = path.split('/');
  if (tokens.length === 0 && first !== undefined) throw new PatchFailure('the path has no "/"');
  const key = unescapeToken(tokens.pop() as string);
  let container = root;
  for (const token of tokens) {
    const next = container.descend(unescapeToken(token));
    if (!next) throw new PatchFailure(`"${token}" does not exist or holds no fields`);
    container = next;
  }
  return [container, key];
}

/** A token of a JSON pointer with its escapes undone. */
export function unescapeToken(text: string): string {
  return text.replace(/~[01]/g, (token) => (token === '~1' ? '/' : '~'));
}

const index = /^[-+]?[0-9]+$/;

/**
 * An index as Go reads it, negative ones counted from the end.
 *
 * @param count - what a negative index is counted from: the length of the list, one more where an item is added
 * @param limit - the first index that is too large
 */
export function listIndex(key: string, count: number, limit: number): number {
  if (!index.test(key)) throw new PatchFailure(`"${key}" is no index of a list`);
  const number = Number(key);
  const found = number < 0 ? number + count : number;
  if (found < 0 || number >= limit) throw new PatchFailure(`index ${key} is outside the list`);
  return found;
}
