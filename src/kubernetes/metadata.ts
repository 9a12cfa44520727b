import { type FieldProblem, fieldProblem } from '../problem/problem';
import { quoted } from '../problem/words';
import { child } from './field-path';
import { dnsLabelProblems, labelKeyProblems, labelValueProblems, type NameCheck } from './names';
import type { ObjectMetadata } from './object';
import { byteLength } from './text-bytes';

/** The annotation in which `kubectl apply` keeps a copy of the whole object. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Kubernetes' size limit of all annotations of an object, in bytes. */
const annotationsLimit = 256 * 1024;

/** Finalizers that contradict each other about the dependents of an object. */
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
 * Problems for which Kubernetes rejects the metadata of a new object.
 *
 * @param metadata - metadata decoded into its Go type
 * @param namespaced - whether the kind is namespaced
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
    yield fieldProblem('cluster-scoped', 'metadata.namespace', 'objects of this kind are cluster-scoped', 'remove it');
  }
  if ((metadata.generation ?? 0) < 0) {
    yield fieldProblem(
      'metadata-generation',
      'metadata.generation',
      'must not be negative',
      'remove it; the API server sets it',
    );
  }
  yield* commonCauses(metadata);
  yield* finalizerCauses(metadata['finalizers'] as readonly string[] | undefined);
}

/**
 * Problems for which Kubernetes rejects the metadata of an update.
 *
 * @see Kubernetes apimachinery pkg/api/validation/objectmeta.go, ValidateObjectMetaUpdate
 */
export function* metadataUpdateCauses(metadata: ObjectMetadata, oldMetadata: ObjectMetadata): Iterable<FieldProblem> {
  if ((metadata.generation ?? 0) < (oldMetadata.generation ?? 0)) {
    yield fieldProblem(
      'metadata-generation',
      'metadata.generation',
      'must not decrease',
      'remove it; the API server sets it',
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

/** An update must have a `resourceVersion`; the API server always sends one. */
export function* resourceVersionCauses({ resourceVersion }: ObjectMetadata): Iterable<FieldProblem> {
  if (resourceVersion) return;
  yield fieldProblem(
    'resource-version',
    'metadata.resourceVersion',
    'is missing in an update',
    'change the live object and send it',
  );
}

/** Problems of labels. */
export function* labelCauses(labels: Readonly<Record<string, string>>, path: string): Iterable<FieldProblem> {
  for (const key of Object.keys(labels)) {
    const value = labels[key] as string;
    for (const problem of labelKeyProblems(key)) {
      yield fieldProblem('label-key', path, `label key "${key}" ${problem}`, 'rename the label');
    }
    for (const problem of labelValueProblems(value)) {
      yield fieldProblem(
        'label-value',
        path,
        `value ${quoted(value)} of label "${key}" ${problem}`,
        'change the value, or use an annotation, which may have any text',
      );
    }
  }
}

/** Problems of annotations. */
export function* annotationCauses(annotations: Readonly<Record<string, string>>, path: string): Iterable<FieldProblem> {
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    size += byteLength(key) + byteLength(value);
    for (const problem of labelKeyProblems(key.toLowerCase())) {
      yield fieldProblem('annotation-key', path, `annotation key "${key}" ${problem}`, 'rename the annotation');
    }
  }
  if (size <= annotationsLimit) return;
  yield fieldProblem(
    'annotations-size',
    path,
    `annotations have ${size} bytes in total, more than ${annotationsLimit}`,
    'move long values to a ConfigMap',
  );
}

/** Problems of the name of an object. */
export function* nameCauses(
  { name, generateName }: { readonly name?: string | undefined; readonly generateName?: unknown },
  nameCheck: NameCheck,
): Iterable<FieldProblem> {
  if (typeof generateName === 'string' && generateName !== '') {
    // The API server appends letters or digits, so a trailing dash is valid.
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
    yield fieldProblem('object-namespace', path, 'objects of this kind are namespaced', 'set metadata.namespace');
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

/** Problems of the owners of an object. */
export function* ownerCauses(owners: readonly OwnerReference[]): Iterable<FieldProblem> {
  const path = 'metadata.ownerReferences';
  for (const owner of owners) {
    const version = owner.apiVersion?.split('/').pop();
    const missing = Object.entries({ apiVersion: version, kind: owner.kind, name: owner.name, uid: owner.uid }).find(
      ([, value]) => !value,
    );
    if (missing)
      yield fieldProblem('owner-reference', path, `an owner has no ${missing[0]}`, `set ${missing[0]} of the owner`);
    if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
      yield fieldProblem('owner-reference', path, 'an Event cannot own an object', 'use another owner');
    }
  }
  if (owners.filter((owner) => owner.controller).length > 1) {
    yield fieldProblem(
      'owner-reference',
      path,
      'several owners are marked as controller',
      'keep controller: true on one of them',
    );
  }
}

/** Problems of finalizers. */
export function* finalizerCauses(finalizers: readonly string[] = []): Iterable<FieldProblem> {
  const path = 'metadata.finalizers';
  for (const finalizer of finalizers) {
    for (const problem of labelKeyProblems(finalizer)) {
      yield fieldProblem('finalizer', path, `"${finalizer}" ${problem}`, 'use a name like example.com/cleanup');
    }
  }
  if (finalizers.includes(orphan) && finalizers.includes(foreground)) {
    yield fieldProblem('finalizer', path, `${orphan} and ${foreground} cannot be combined`, 'keep one of them');
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
    'wait until it is deleted and create it again',
  );
}
