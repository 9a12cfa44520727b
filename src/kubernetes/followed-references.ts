import type { KubernetesObject, ObjectReference } from './object';
import { fieldAt, listOf, textOf } from './plain-data';
import { isFollowed, podReferencesOf } from './pod-references';

/**
 * The objects of its own namespace that an object refers to by name, as far as `propagateDeps` follows them.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/dependencies.go and pkg/util/helper/pod.go
 */
export function referencesOf(object: KubernetesObject): readonly Pick<ObjectReference, 'kind' | 'name'>[] {
  const { kind, metadata, spec } = object;
  if (kind === 'ServiceImport') return [{ kind: 'Service', name: `derived-${metadata?.name ?? ''}` }];
  if (kind !== 'Ingress') return podReferencesOf(object).filter(isFollowed);
  const names = listOf(fieldAt(spec, 'tls')).map((tls) => textOf(fieldAt(tls, 'secretName')));
  return names.flatMap((name) => (name === '' ? [] : [{ kind: 'Secret', name }]));
}

/** Whether one of the objects refers to one that is not among them, which only `propagateDeps` would send. */
export function refersOutside(objects: readonly KubernetesObject[]): boolean {
  const references = objects.flatMap(referencesOf);
  if (references.length === 0) return false;
  const inside = new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata?.name ?? ''}`));
  return references.some(({ kind, name }) => !inside.has(`${kind}/${name}`));
}
