import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf } from '../../kubernetes/plain-data';
import type { Json } from '../../yaml/json';
import {
  applyOperations,
  type JsonPatchOperation,
  listIndex,
  type PatchContainer,
  type PatchDocument,
  PatchFailure,
} from './json-patch';

type Fields = Record<string, unknown>;

/**
 * An object with a patch applied: a copy that shares everything the patch does not change.
 *
 * @returns the same object if there are no operations
 * @throws PatchFailure if an operation does not apply, or the result is not a Kubernetes object
 */
export function patchObject(object: KubernetesObject, operations: readonly JsonPatchOperation[]): KubernetesObject {
  return operations.length === 0 ? object : asKubernetesObject(patchValue(object as unknown as Json, operations));
}

/**
 * Plain data with a patch applied; the copy shares everything the patch does not change.
 *
 * @param value - an object, a list, or null, which can only be replaced
 * @throws PatchFailure if an operation does not apply, or the value is anything else
 */
export function patchValue(value: Json, operations: readonly JsonPatchOperation[]): Json {
  if (typeof value !== 'object') throw new PatchFailure('the value to patch is neither an object nor a list');
  const document = new ObjectDocument(value);
  applyOperations(document, operations);
  return document.value as Json;
}

function asKubernetesObject(value: Json): KubernetesObject {
  const { kind, apiVersion } = recordOf(value) ?? {};
  if (typeof kind !== 'string' || kind === '') throw new PatchFailure('the result has no kind');
  if (typeof apiVersion === 'string' && apiVersion.split('/').length > 2) {
    throw new PatchFailure(`the result has the apiVersion "${apiVersion}"`);
  }
  return value as unknown as KubernetesObject;
}

/** Copies a list or object when it is first entered, so that the original is not changed. */
class ObjectDocument implements PatchDocument {
  value: unknown;
  readonly #original: unknown;
  readonly #owned = new Set<object>();

  constructor(original: unknown) {
    this.#original = original;
    this.value = original;
  }

  get root(): PatchContainer {
    this.value = this.own(this.value);
    const container = this.#containerOf(this.value);
    if (!container) throw new PatchFailure('the value to patch is neither an object nor a list');
    return container;
  }

  replaceRoot(value: unknown): void {
    if (typeof value !== 'object' || value === null)
      throw new PatchFailure('the value is neither an object nor a list');
    this.value = value;
  }

  /** The value itself if it is already a copy, or else a copy of its first level. */
  own(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.#owned.has(value)) return value;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    this.#owned.add(copy);
    return copy;
  }

  /** For an empty token, the patch library works on a copy of the whole and then drops it. */
  shadow(): PatchContainer {
    return new ObjectDocument(this.#original).root;
  }

  #containerOf(value: unknown, isRoot = true): PatchContainer | undefined {
    const descend = (inner: unknown) => this.#containerOf(inner, false);
    if (Array.isArray(value)) return new ListContainer(value, this, descend, isRoot);
    if (typeof value === 'object' && value !== null) return new FieldsContainer(value as Fields, this, descend, isRoot);
    return undefined;
  }
}

type Descend = (value: unknown) => PatchContainer | undefined;

class FieldsContainer implements PatchContainer {
  constructor(
    readonly fields: Fields,
    readonly document: ObjectDocument,
    readonly inner: Descend,
    readonly isRoot: boolean,
  ) {}

  descend(key: string): PatchContainer | undefined {
    if (key === '') return this.isRoot ? this.document.shadow() : undefined;
    if (!Object.hasOwn(this.fields, key)) return undefined;
    const own = this.document.own(this.fields[key]);
    this.add(key, own);
    return this.inner(own);
  }

  require(key: string): void {
    if (key !== '' && !Object.hasOwn(this.fields, key)) throw new PatchFailure(`"${key}" does not exist`);
  }

  add(key: string, value: unknown): void {
    // Assigning to `__proto__` would set the prototype; for other keys, assignment is much faster.
    if (key !== '__proto__') this.fields[key] = value;
    else Object.defineProperty(this.fields, key, { value, enumerable: true, configurable: true, writable: true });
  }

  replace(key: string, value: unknown): void {
    this.add(key, value);
  }

  remove(key: string): void {
    if (!Object.hasOwn(this.fields, key)) throw new PatchFailure(`"${key}" does not exist`);
    delete this.fields[key];
  }
}

class ListContainer implements PatchContainer {
  constructor(
    readonly items: unknown[],
    readonly document: ObjectDocument,
    readonly inner: Descend,
    readonly isRoot: boolean,
  ) {}

  descend(key: string): PatchContainer | undefined {
    if (key === '') return this.isRoot ? this.document.shadow() : undefined;
    const at = listIndex(key, this.items.length, this.items.length);
    const own = this.document.own(this.items[at]);
    this.items[at] = own;
    return this.inner(own);
  }

  require(key: string): void {
    if (key !== '') listIndex(key, this.items.length, this.items.length);
  }

  add(key: string, value: unknown): void {
    const length = this.items.length;
    this.items.splice(key === '-' ? length : listIndex(key, length + 1, length + 1), 0, value);
  }

  replace(key: string, value: unknown): void {
    this.items[listIndex(key, this.items.length, this.items.length)] = value;
  }

  remove(key: string): void {
    this.items.splice(listIndex(key, this.items.length, this.items.length), 1);
  }
}
