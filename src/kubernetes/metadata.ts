import { type FieldProblem, fieldProblem } from '../problem/problem';
import { quoted } from '../problem/words';
import { child } from './field-path';
import { dnsLabelProblems, labelKeyProblems, labelValueProblems, type NameCheck } from './names';
import type { ObjectMetadata } from './object';

const utf8 = new TextEncoder();

/** Kubernetes' limit for all annotations of an object together, in bytes. */
const annotationsLimit = 256 * 1024;

/** Finalizers that say opposite things of what an object owns. */
const orphan = 'orphan';
const foreground = 'foregroundDeletion';

interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

/**
 * What Kubernetes refuses in the metadata of a new object.
 *
 * @param metadata - metadata as read into its Go type
 * @param namespaced - whether objects of the kind live in a namespace
 * @param nameCheck - syntax of the name
 * @see Kubernetes apimachinery pkg/api/validation/objectmeta.go, ValidateObjectMeta
 */
export function* metadataCauses(
  metadata: ObjectMetadata,
  namespaced: boolean,
  nameCheck: NameCheck,
): Iterable<FieldProblem> {
  yield* nameCauses(metadata, nameCheck);
  if (namespaced) yield* namespaceCauses(metadata.namespace);
  else if (metadata.namespace) {
    yield fieldProblem(
      'cluster-scoped',
      'metadata.namespace',
      'objects of this kind live in no namespace',
      'remove it',
    );
  }
  if ((metadata.generation ?? 0) < 0) {
    yield fieldProblem(
      'metadata-generation',
      'metadata.generation',
      'must not be negative',
      'remove it; the API server counts',
    );
  }
  yield* commonCauses(metadata);
  yield* finalizerCauses(metadata['finalizers'] as readonly string[] | undefined);
}

/**
 * What Kubernetes refuses in the metadata of an update.
 *
 * @see Kubernetes apimachinery pkg/api/validation/objectmeta.go, ValidateObjectMetaUpdate
 */
export function* metadataUpdateCauses(metadata: ObjectMetadata, oldMetadata: ObjectMetadata): Iterable<FieldProblem> {
  if ((metadata.generation ?? 0) < (oldMetadata.generation ?? 0)) {
    yield fieldProblem(
      'metadata-generation',
      'metadata.generation',
      'must not go back',
      'remove it; the API server counts',
    );
  }
  for (const field of ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp'] as const) {
    if ((metadata[field] ?? '') === (oldMetadata[field] ?? '')) continue;
    yield fieldProblem(
      'metadata-immutable',
      `metadata.${field}`,
      `cannot change from ${quoted(oldMetadata[field] ?? '')} to ${quoted(metadata[field] ?? '')}`,
      `keep ${field} as it is, or delete the object and create another`,
    );
  }
  if (oldMetadata['deletionTimestamp'] !== undefined) yield* newFinalizerCauses(metadata, oldMetadata);
  yield* commonCauses(metadata);
}

/** An update names the version that it is based on; behind an API server it always does. */
export function* resourceVersionCauses({ resourceVersion }: ObjectMetadata): Iterable<FieldProblem> {
  if (resourceVersion) return;
  yield fieldProblem(
    'resource-version',
    'metadata.resourceVersion',
    'is missing in an update',
    'send the live object, changed',
  );
}

/** What Kubernetes refuses in labels, wherever they stand. */
export function* labelCauses(labels: Readonly<Record<string, string>>, path: string): Iterable<FieldProblem> {
  for (const [key, value] of Object.entries(labels)) {
    for (const problem of labelKeyProblems(key)) {
      yield fieldProblem('label-key', path, `label key "${key}" ${problem}`, 'rename the label');
    }
    for (const problem of labelValueProblems(value)) {
      yield fieldProblem(
        'label-value',
        path,
        `value ${quoted(value)} of label "${key}" ${problem}`,
        'change the value, or make it an annotation, which may hold any text',
      );
    }
  }
}

/** What Kubernetes refuses in annotations, wherever they stand. */
export function* annotationCauses(annotations: Readonly<Record<string, string>>, path: string): Iterable<FieldProblem> {
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    size += utf8.encode(key).length + utf8.encode(value).length;
    for (const problem of labelKeyProblems(key.toLowerCase())) {
      yield fieldProblem('annotation-key', path, `annotation key "${key}" ${problem}`, 'rename the annotation');
    }
  }
  if (size <= annotationsLimit) return;
  yield fieldProblem(
    'annotations-size',
    path,
    `annotations take ${size} bytes together, more than ${annotationsLimit}`,
    'move long values to a ConfigMap',
  );
}

/** What Kubernetes refuses in the name of an object. */
export function* nameCauses(
  { name, generateName }: { readonly name?: string | undefined; readonly generateName?: unknown },
  nameCheck: NameCheck,
): Iterable<FieldProblem> {
  if (typeof generateName === 'string' && generateName !== '') {
    // What follows the prefix is a letter or digit, so a dash at its end is fine.
    const prefix =
      generateName.length > 1 && generateName.endsWith('-') ? `${generateName.slice(0, -2)}a` : generateName;
    for (const problem of nameCheck(prefix)) {
      yield fieldProblem('object-name', 'metadata.generateName', `"${generateName}" ${problem}`, 'rename the object');
    }
  }
  if (!name) {
    if (generateName) return;
    yield fieldProblem('object-name', 'metadata.name', 'the object has no name', 'set metadata.name');
    return;
  }
  for (const problem of nameCheck(name)) {
    yield fieldProblem('object-name', 'metadata.name', `"${name}" ${problem}`, 'rename the object');
  }
}

function* namespaceCauses(namespace: string | undefined): Iterable<FieldProblem> {
  const path = 'metadata.namespace';
  if (!namespace) {
    yield fieldProblem('object-namespace', path, 'objects of this kind live in a namespace', 'set metadata.namespace');
    return;
  }
  for (const problem of dnsLabelProblems(namespace)) {
    yield fieldProblem('object-namespace', path, `"${namespace}" ${problem}`, 'use the name of a namespace');
  }
}

function* commonCauses(metadata: ObjectMetadata): Iterable<FieldProblem> {
  yield* labelCauses(metadata.labels ?? {}, 'metadata.labels');
  yield* annotationCauses(metadata.annotations ?? {}, 'metadata.annotations');
  yield* ownerCauses((metadata['ownerReferences'] ?? []) as readonly OwnerReference[]);
}

function* ownerCauses(owners: readonly OwnerReference[]): Iterable<FieldProblem> {
  const path = 'metadata.ownerReferences';
  for (const owner of owners) {
    const version = owner.apiVersion?.split('/').pop();
    const missing = Object.entries({ apiVersion: version, kind: owner.kind, name: owner.name, uid: owner.uid }).find(
      ([, value]) => !value,
    );
    if (missing)
      yield fieldProblem('owner-reference', path, `an owner has no ${missing[0]}`, `set ${missing[0]} of the owner`);
    if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
      yield fieldProblem('owner-reference', path, 'an Event cannot own an object', 'name another owner');
    }
  }
  if (owners.filter((owner) => owner.controller).length > 1) {
    yield fieldProblem(
      'owner-reference',
      path,
      'several owners are its controller',
      'keep controller: true on one of them',
    );
  }
}

function* finalizerCauses(finalizers: readonly string[] = []): Iterable<FieldProblem> {
  const path = 'metadata.finalizers';
  for (const finalizer of finalizers) {
    for (const problem of labelKeyProblems(finalizer)) {
      yield fieldProblem('finalizer', path, `"${finalizer}" ${problem}`, 'name the finalizer like example.com/cleanup');
    }
  }
  if (finalizers.includes(orphan) && finalizers.includes(foreground)) {
    yield fieldProblem('finalizer', path, `${orphan} and ${foreground} exclude each other`, 'keep one of them');
  }
}

function* newFinalizerCauses(metadata: ObjectMetadata, oldMetadata: ObjectMetadata): Iterable<FieldProblem> {
  const before = (oldMetadata['finalizers'] ?? []) as readonly string[];
  const added = ((metadata['finalizers'] ?? []) as readonly string[]).filter((one) => !before.includes(one));
  if (added.length === 0) return;
  yield fieldProblem(
    'finalizer',
    child('metadata', 'finalizers'),
    `the object is being deleted, so ${quoted(added)} cannot be added`,
    'wait until it is gone, and create it anew',
  );
}
