import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../../src/kubernetes/object';

type Mutable = Record<string, unknown>;

/** A field that another manager owns with another value. */
export interface OwnedField {
  readonly manager: string;
  readonly path: string;
}

interface Entry {
  object: Mutable;
  /** Fields by manager, as paths. */
  readonly owners: Map<string, Set<string>>;
}

/** Objects by path, with the field ownership of server-side apply in its essentials: every list is one field. */
export class ServerSideApplyStore {
  readonly #entries = new Map<string, Entry>();
  #version = 100;
  #uids = 0;

  /** UIDs of the objects that are made; tests choose them where they decide something. */
  uidOf: (key: string) => string = () => `00000000-0000-4000-8000-${String(++this.#uids).padStart(12, '0')}`;

  get keys(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Number of writes. */
  get version(): number {
    return this.#version;
  }

  get(key: string): KubernetesObject | undefined {
    const entry = this.#entries.get(key);
    return entry && withManagers(entry);
  }

  delete(key: string): void {
    this.#version++;
    this.#entries.delete(key);
  }

  /** Replaces content on behalf of a manager: what it changes is its own afterwards. */
  put(key: string, object: KubernetesObject, manager: string): KubernetesObject {
    const before = this.#entries.get(key);
    const { managedFields: _, ...metadata } = (object.metadata ?? {}) as Mutable;
    const kept = before && Object.fromEntries(bookkeeping.map((field) => [field, metadataOf(before)[field]]));
    const content = structuredClone({
      ...object,
      metadata: { ...kept, ...metadata, ...(kept && { resourceVersion: kept['resourceVersion'] }) },
    }) as Mutable;
    const entry: Entry = { object: content, owners: before?.owners ?? new Map() };
    const known = before ? leaves(before.object) : new Map<string, unknown>();
    for (const [path, value] of leaves(content)) {
      if (isDeepStrictEqual(known.get(path), value)) continue;
      for (const fields of entry.owners.values()) fields.delete(path);
      fieldsOf(entry, manager).add(path);
    }
    this.#keep(key, entry, before);
    return withManagers(entry);
  }

  /** @returns the object as it is kept, or the conflicts */
  apply(
    key: string,
    applied: KubernetesObject,
    manager: string,
    { force = false, dryRun = false } = {},
  ): KubernetesObject | readonly OwnedField[] {
    const before = this.#entries.get(key);
    const entry: Entry = before
      ? { object: structuredClone(before.object), owners: new Map([...before.owners].map(([m, f]) => [m, new Set(f)])) }
      : { object: { apiVersion: applied.apiVersion, kind: applied.kind, metadata: {} }, owners: new Map() };
    const wanted = leaves(applied as Mutable);
    const live = leaves(entry.object);
    const conflicts: OwnedField[] = [];
    for (const [path, value] of wanted) {
      if (isDeepStrictEqual(live.get(path), value)) continue;
      for (const [other, fields] of entry.owners) {
        if (other === manager || !fields.has(path)) continue;
        if (force) fields.delete(path);
        else conflicts.push({ manager: other, path });
      }
    }
    if (conflicts.length > 0) return conflicts;

    const mine = fieldsOf(entry, manager);
    for (const path of [...mine].filter((path) => !wanted.has(path))) {
      mine.delete(path);
      if (![...entry.owners.values()].some((fields) => fields.has(path))) setField(entry.object, path, undefined);
    }
    for (const [path, value] of wanted) {
      setField(entry.object, path, structuredClone(value));
      mine.add(path);
    }
    const { name, namespace } = applied.metadata ?? {};
    Object.assign(entry.object['metadata'] as Mutable, { name, ...(namespace && { namespace }) });
    if (dryRun) {
      this.#finish(key, entry, before, false);
      return withManagers(entry);
    }
    this.#keep(key, entry, before);
    return withManagers(entry);
  }

  #keep(key: string, entry: Entry, before: Entry | undefined): void {
    const same =
      before && isDeepStrictEqual(before.object, entry.object) && isDeepStrictEqual(before.owners, entry.owners);
    if (same) return;
    this.#finish(key, entry, before, true);
    this.#entries.set(key, entry);
  }

  #finish(key: string, entry: Entry, before: Entry | undefined, counts: boolean): void {
    const metadata = entry.object['metadata'] as Mutable;
    const known = before?.object['metadata'] as Mutable | undefined;
    metadata['uid'] = known?.['uid'] ?? this.uidOf(key);
    metadata['creationTimestamp'] = known?.['creationTimestamp'] ?? '2026-01-01T00:00:00Z';
    const changed = before && !isDeepStrictEqual(before.object['spec'], entry.object['spec']);
    // Services and ConfigMaps have no generation.
    if ('spec' in entry.object && entry.object['kind'] !== 'Service') {
      metadata['generation'] = Number(known?.['generation'] ?? 1) + (changed ? 1 : 0);
    }
    if (counts) metadata['resourceVersion'] = String(++this.#version);
  }
}

const bookkeeping = ['uid', 'creationTimestamp', 'resourceVersion', 'generation'];

function metadataOf({ object }: Entry): Mutable {
  return object['metadata'] as Mutable;
}

function fieldsOf({ owners }: Entry, manager: string): Set<string> {
  const fields = owners.get(manager) ?? new Set<string>();
  owners.set(manager, fields);
  return fields;
}

const separator = '\u0000';
const identity = new Set(['apiVersion', 'kind', 'status']);
const serverMetadata = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
]);

function leaves(object: Mutable): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (value: unknown, path: readonly string[]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) {
        if (path.length === 0 && identity.has(key)) continue;
        if (path.length === 1 && path[0] === 'metadata' && serverMetadata.has(key)) continue;
        walk(inner, [...path, key]);
      }
    } else if (path.length > 0 && !(path.length === 1 && path[0] === 'metadata'))
      found.set(path.join(separator), value);
  };
  walk(object, []);
  return found;
}

function setField(object: Mutable, path: string, value: unknown): void {
  const keys = path.split(separator);
  let at = object;
  for (const key of keys.slice(0, -1)) {
    if (typeof at[key] !== 'object' || at[key] === null || Array.isArray(at[key])) {
      if (value === undefined) return;
      at[key] = {};
    }
    at = at[key] as Mutable;
  }
  if (value === undefined) delete at[keys.at(-1)!];
  else at[keys.at(-1)!] = value;
}

function withManagers({ object, owners }: Entry): KubernetesObject {
  const managedFields = [...owners]
    .filter(([, fields]) => fields.size > 0)
    .map(([manager, fields]) => ({
      manager,
      operation: 'Apply',
      apiVersion: object['apiVersion'],
      fieldsType: 'FieldsV1',
      fieldsV1: fieldsV1(fields),
    }));
  const copy = structuredClone(object) as Mutable;
  copy['metadata'] = { ...(copy['metadata'] as Mutable), managedFields };
  return copy as unknown as KubernetesObject;
}

function fieldsV1(paths: ReadonlySet<string>): Mutable {
  const root: Mutable = {};
  for (const path of paths) {
    let at = root;
    for (const key of path.split(separator)) {
      const field = `f:${key}`;
      at[field] ??= {};
      at = at[field] as Mutable;
    }
  }
  return root;
}

/** `.spec.replicas`, as conflicts name a field. */
export function fieldName(path: string): string {
  return `.${path.split(separator).join('.')}`;
}
