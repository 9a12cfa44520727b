import { createHash } from 'node:crypto';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../kubernetes/plain-data';
import { knownScope } from '../kubernetes/scope';
import { ModelError } from '../problem/model-error';
import type { YamlDocument } from '../yaml/parse';
import { parseYaml } from '../yaml/parse';
import { inFieldOrder } from './field-order';
import { numbered } from './names';
import { normalText, withoutNull } from './normal-form';

/** An object to import. */
export interface Item {
  readonly object: KubernetesObject;
  readonly manifest: Manifest;
  /** Distinguishes it from all other objects. */
  readonly key: string;
  /** `Kind/namespace/name`, for people. */
  readonly title: string;
  /** `file:line`, or the construct, where it is known. */
  readonly place: string;
  /** The YAML that it was read from, if it is a document of its own. */
  readonly text?: string;
  /** Whether its values must not be written into programs and reports. */
  readonly isSecret: boolean;
}

/** Texts of files by the name that the origins of manifests have. */
export type Sources = Readonly<Record<string, string>>;

/**
 * The distinct objects of manifests without lists.
 *
 * @throws ModelError `program.conflict` for two objects that differ and have the same kind, namespace and name
 */
export function itemsOf(manifests: readonly Manifest[], sources: Sources): readonly Item[] {
  const documents = new Map<string, readonly YamlDocument[]>();
  const found = new Map<string, Item>();
  const conflicts: [Item, Item][] = [];
  for (const manifest of manifests) {
    const item = itemOf(manifest, found, textOfDocument(manifest, sources, documents));
    const known = found.get(item.key);
    if (known === undefined) found.set(item.key, item);
    else if (normalText(known.object) !== normalText(item.object)) conflicts.push([known, item]);
  }
  if (conflicts.length > 0) throw conflict(conflicts);
  return [...found.values()];
}

function itemOf(manifest: Manifest, found: ReadonlyMap<string, Item>, text: string | undefined): Item {
  const { object } = manifest;
  checkIdentity(object, placeOf(manifest));
  const reference = referenceTo(object);
  const namespace = knownScope(object) === 'cluster' ? '' : (reference.namespace ?? '');
  const key = referenceKey({ ...reference, namespace });
  return {
    object: inFieldOrder(withoutNull(object)),
    manifest,
    // Objects without a name are told apart by their content, and equal ones by a number.
    key: reference.name === '' ? numbered(`${key}#${digestOf(object)}`, (known) => found.has(known)) : key,
    title: objectKey(object),
    place: placeOf(manifest),
    ...(text !== undefined && { text }),
    isSecret: isSecret(object) || holdsSecret(object) || editsSecrets(object),
  };
}

function digestOf(object: KubernetesObject): string {
  return createHash('sha256').update(normalText(object)).digest('hex').slice(0, 16);
}

/** Whether an object is a Secret, also one that the API server refuses. */
function isSecret({ apiVersion, kind }: Readonly<Record<string, unknown>>): boolean {
  return /^secret$/i.test(textOf(kind)) && !textOf(apiVersion).includes('/');
}

/** Whether an object has a Secret in it, as a Work of Karmada. */
function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  const record = recordOf(value);
  if (record === undefined) return false;
  const hasValues = Object.hasOwn(record, 'data') || Object.hasOwn(record, 'stringData');
  return (hasValues && isSecret(record)) || Object.values(record).some(holdsSecret);
}

/** Whether an override policy may write values into Secrets. */
function editsSecrets({ kind, spec }: KubernetesObject): boolean {
  if (!kind.endsWith('OverridePolicy')) return false;
  const selectors = listOf(fieldAt(spec, 'resourceSelectors'));
  const mayMeanSecrets = selectors.length === 0 || selectors.some((selector) => fieldAt(selector, 'kind') === 'Secret');
  // An empty path replaces the whole object.
  return mayMeanSecrets && /"\/(data|stringData)[/"]|"(path|fieldPath)":""/.test(JSON.stringify(spec));
}

/** Reading refuses such objects; those that are passed in are not read. */
function checkIdentity(object: KubernetesObject, place: string): void {
  const { apiVersion, kind, metadata } = recordOf(object) ?? {};
  const { name, namespace } = recordOf(metadata) ?? {};
  const texts = [apiVersion, kind, name ?? '', namespace ?? ''];
  const hasMetadata = metadata === undefined || metadata === null || recordOf(metadata) !== undefined;
  if (texts.every((text) => typeof text === 'string') && apiVersion !== '' && kind !== '' && hasMetadata) return;
  throw new ModelError(`${place} is not a Kubernetes object`, {
    code: 'program.object',
    fix: 'give it apiVersion and kind, and a name and namespace that are text',
  });
}

function placeOf({ origin }: Manifest): string {
  if (origin.type === 'file') return `${origin.file}:${origin.locate('').line}`;
  return origin.type === 'construct' ? origin.construct : `object ${origin.index}`;
}

function textOfDocument(
  { object, origin }: Manifest,
  sources: Sources,
  documents: Map<string, readonly YamlDocument[]>,
): string | undefined {
  if (origin.type !== 'file' || !Object.hasOwn(sources, origin.file)) return undefined;
  let parsed = documents.get(origin.file);
  if (parsed === undefined) {
    const text = sources[origin.file]!;
    parsed = parseYaml(text.endsWith('\n') ? text : `${text}\n`).documents;
    documents.set(origin.file, parsed);
  }
  const document = parsed.find(({ index }) => index === origin.document);
  // An item of a list has the origin of the list.
  const isItself =
    document !== undefined &&
    recordOf(document.value)?.['kind'] === object.kind &&
    nameOf(document.value) === nameOf(object);
  return isItself ? document.text() : undefined;
}

function nameOf(value: unknown): string {
  return textOf(recordOf(recordOf(value)?.['metadata'])?.['name']);
}

function conflict(conflicts: readonly [Item, Item][]): ModelError {
  const shown = conflicts
    .slice(0, 5)
    .map(([one, other]) => `${one.title} is in ${one.place} and, different, in ${other.place}`);
  const more = conflicts.length > shown.length ? [`and ${conflicts.length - shown.length} more`] : [];
  return new ModelError([...shown, ...more].join('\n'), {
    code: 'program.conflict',
    fix: 'files that are alternatives are imported one at a time: pass the paths of one of them; else remove the object from one of the two',
  });
}
