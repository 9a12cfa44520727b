import { unescapedToken } from '../../kubernetes/json-pointer';
/** One operation of a JSON patch, as the overriders make them. */
export interface JsonPatchOperation {
  /** `add`, `remove` or `replace`; Karmada supports no others. */
  readonly op: string;
  /** JSON pointer. */
  readonly path: string;
  /** Defaults to null. */
  readonly value?: unknown;
}

/** Why a patch does not apply; the object is then unchanged. */
export class PatchFailure extends Error {}

/** An object or list, as patches access it. */
export interface PatchContainer {
  /** The container in a field or item; undefined if the value is not one. @throws PatchFailure if it does not exist */
  descend(key: string): PatchContainer | undefined;
  /** @throws PatchFailure if the field or item does not exist */
  require(key: string): void;
  add(key: string, value: unknown): void;
  replace(key: string, value: unknown): void;
  remove(key: string): void;
}

/** The whole that a patch is applied to. */
export interface PatchDocument {
  /** The container at the top; read again after each replacement of the whole. */
  readonly root: PatchContainer;
  /** @throws PatchFailure if the value is neither an object nor a list */
  replaceRoot(value: unknown): void;
}

/**
 * Applies operations in order, by the rules of Karmada's patch library: a value to replace or remove must exist, and so
 * must the parent of a value to add; negative indices count from the end, and `-` appends.
 *
 * @throws PatchFailure for the first operation that does not apply
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
  if (op !== 'add' && op !== 'remove' && op !== 'replace') throw new PatchFailure('the operator does not exist');
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
  const key = unescapedToken(tokens.pop() as string);
  let container = root;
  for (const token of tokens) {
    const next = container.descend(unescapedToken(token));
    if (!next) throw new PatchFailure(`"${token}" does not exist or holds no fields`);
    container = next;
  }
  return [container, key];
}

const index = /^[-+]?[0-9]+$/;

/**
 * An index as Go reads it. Negative indices count from the end.
 *
 * @param count - the base of negative indices: the length of the list, plus one if an item is added
 * @param limit - the first index that is too large
 */
export function listIndex(key: string, count: number, limit: number): number {
  if (!index.test(key)) throw new PatchFailure(`"${key}" is not an index of a list`);
  const number = Number(key);
  const found = number < 0 ? number + count : number;
  if (found < 0 || number >= limit) throw new PatchFailure(`index ${key} is outside the list`);
  return found;
}
