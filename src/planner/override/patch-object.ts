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
 * An object with a patch applied: a copy that shares everything the patch does not touch.
 *
 * @returns the same object where there are no operations
 * @throws PatchFailure when an operation does not apply, or what comes out is no Kubernetes object
 */
export function patchObject(object: KubernetesObject, operations: readonly JsonPatchOperation[]): KubernetesObject {
  return operations.length === 0 ? object : asKubernetesObject(patchValue(object as unknown as Json, operations));
}

/**
 * Plain data with a patch applied, sharing what the patch does not touch.
 *
 * @param value - an object or a list; null, which can only be replaced as a whole
 * @throws PatchFailure when an operation does not apply, or the value is anything else
 */
export function patchValue(value: Json, operations: readonly JsonPatchOperation[]): Json {
  if (typeof value !== 'object') throw new PatchFailure('there is neither object nor list to patch');
  const document = new ObjectDocument(value);
  applyOperations(document, operations);
  return document.value as Json;
}

function asKubernetesObject(value: Json): KubernetesObject {
  const { kind, apiVersion } = recordOf(value) ?? {};
  if (typeof kind !== 'string' || kind === '') throw new PatchFailure('what comes out has no kind');
  if (typeof apiVersion === 'string' && apiVersion.split('/').length > 2) {
    throw new PatchFailure(`what comes out has the apiVersion "${apiVersion}"`);
  }
  return value as unknown as KubernetesObject;
}

/** Copies a list or object the first time it is walked into, so that the original stays as it was. */
class ObjectDocument implements PatchDocument {
  value: unknown;
  readonly #original: unknown;
  readonly #owned = new WeakSet<object>();

  constructor(original: unknown) {
    this.#original = original;
    this.value = original;
  }

  get root(): PatchContainer {
    this.value = this.own(this.value);
    const container = this.#containerOf(this.value);
    if (!container) throw new PatchFailure('there is neither object nor list to patch');
    return container;
  }

  replaceRoot(value: unknown): void {
    if (typeof value !== 'object' || value === null) throw new PatchFailure('the value is neither object nor list');
    this.value = value;
  }

  /** The value itself where it is ours already, else a copy of its first level. */
  own(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || this.#owned.has(value)) return value;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    this.#owned.add(copy);
    return copy;
  }

  /** A stray empty token leads the patch library to a copy of the whole that nobody sees afterwards. */
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
    if (key !== '' && !Object.hasOwn(this.fields, key)) throw new PatchFailure(`there is no "${key}"`);
  }

  add(key: string, value: unknown): void {
    // A plain assignment to __proto__ would change the prototype instead.
    Object.defineProperty(this.fields, key, { value, enumerable: true, configurable: true, writable: true });
  }

  replace(key: string, value: unknown): void {
    this.add(key, value);
  }

  remove(key: string): void {
    if (!Object.hasOwn(this.fields, key)) throw new PatchFailure(`there is no "${key}"`);
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
