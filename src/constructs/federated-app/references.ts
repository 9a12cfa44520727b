import type { KubernetesObject, ObjectReference } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { isFollowed, podReferencesOf } from '../../kubernetes/pod-references';

/**
 * What an object of any kind refers to by name, of all that `propagateDeps` makes Karmada send along; in its own namespace.
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
