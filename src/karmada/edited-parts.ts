import { valueAtPointer } from '../kubernetes/json-pointer';
import type { KubernetesObject } from '../kubernetes/object';
import { fieldAt, listOf } from '../kubernetes/plain-data';
import { knownPodSpecs, podTemplateOf } from '../kubernetes/pod-template';
import type { OverridersSpec } from './policy-spec';

/**
 * Whether an object has the parts that an override edits: the containers that it names, the texts at its paths.
 * Labels, annotations and JSON patches fit any object; an override with only these is for the workloads.
 *
 * @param manifest - called when needed
 */
export function hasEditedParts(kind: string, manifest: () => KubernetesObject, overriders: OverridersSpec): boolean {
  const { imageOverrider = [], commandOverrider = [], argsOverrider = [], fieldOverrider = [] } = overriders;
  const paths = [
    ...imageOverrider.flatMap(({ predicate }) => (predicate ? [predicate.path] : [])),
    ...fieldOverrider.map(({ fieldPath }) => fieldPath),
  ];
  const containers = [...commandOverrider, ...argsOverrider].map(({ containerName }) => containerName);
  const allImages = imageOverrider.some(({ predicate }) => predicate === undefined);
  const isPrecise = paths.length > 0 || containers.length > 0 || allImages;
  if (!isPrecise) return podTemplateOf(manifest()) !== undefined;
  if ((allImages || containers.length > 0) && !knownPodSpecs.has(kind)) return false;
  if (paths.length === 0 && containers.length === 0) return true;
  const object = manifest();
  const names = containerNames(object);
  return (
    paths.every((path) => typeof valueAtPointer(object, path) === 'string') &&
    containers.every((container) => names.includes(container))
  );
}

function containerNames(object: KubernetesObject): readonly unknown[] {
  return listOf(podTemplateOf(object)?.spec['containers']).map((container) => fieldAt(container, 'name'));
}
