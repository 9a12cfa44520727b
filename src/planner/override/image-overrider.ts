import type { ImageOverriderSpec } from '../../karmada/policy-spec';
import {
  formatImage,
  type ImageReference,
  InvalidImage,
  parseImage,
  withTagOrDigest,
} from '../../kubernetes/image-reference';
import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { knownPodSpecs } from '../../kubernetes/pod-template';
import { type JsonPatchOperation, PatchFailure } from './json-patch';

/**
 * Operations of one imageOverrider: on all `containers` of the kinds that Karmada knows, or on the path of the predicate,
 * in any kind.
 *
 * @throws PatchFailure when an image is missing or invalid
 * @see Karmada v1.18.2 pkg/util/overridemanager/imageoverride.go
 */
export function imageOperations(object: KubernetesObject, overrider: ImageOverriderSpec): JsonPatchOperation[] {
  const predicate = recordOf(overrider.predicate);
  if (predicate) {
    const path = textOf(predicate['path']);
    const image = imageAt(object, path);
    if (!path.startsWith('/')) throw new PatchFailure(`the predicate path "${path}" does not begin with "/"`);
    return [{ op: 'replace', path, value: overriddenImage(image, overrider, `the text at ${path}`) }];
  }
  const podSpec = knownPodSpecs.get(object.kind);
  if (!podSpec) return [];
  return containersAt(object, podSpec).map((container, i) => ({
    op: 'replace',
    path: `/${podSpec.join('/')}/containers/${i}/image`,
    value: imageOf(container, overrider),
  }));
}

/** The containers of a template. Fails if Karmada could not read the template as its kind. */
function containersAt(object: KubernetesObject, podSpec: readonly string[]): readonly unknown[] {
  const containers = fieldAt(object, ...podSpec, 'containers');
  if (containers === undefined || containers === null) return [];
  const readable = Array.isArray(containers) && containers.every((one) => one === null || isContainer(one));
  if (!readable) throw new PatchFailure(`the containers of the ${object.kind} are malformed`);
  return listOf(containers);
}

function isContainer(value: unknown): boolean {
  const container = recordOf(value);
  if (!container) return false;
  return ['image', 'name'].every((field) => (container[field] ?? '') === '' || typeof container[field] === 'string');
}

/** The text at a predicate path. Tokens are literal: `~1` is not a slash. */
function imageAt(object: KubernetesObject, path: string): string {
  const tokens = path.replace(/^\/+|\/+$/g, '').split('/');
  const last = tokens.pop() as string;
  let current: unknown = object;
  let afterList = false;
  for (const token of tokens) {
    current = stepInto(current, token, path);
    afterList = Array.isArray(current);
  }
  // Below a list, Karmada uses the last token both as the index and as the field name.
  const found = afterList ? undefined : recordOf(current)?.[last];
  if (typeof found !== 'string') throw new PatchFailure(`the predicate path "${path}" does not lead to a text`);
  return found;
}

function stepInto(value: unknown, token: string, path: string): unknown {
  if (Array.isArray(value) && /^[-+]?[0-9]+$/.test(token)) {
    const item: unknown = value[Number(token)];
    if (recordOf(item)) return item;
  }
  const field = recordOf(value)?.[token];
  if (typeof field === 'object' && field !== null) return field;
  throw new PatchFailure(`the predicate path "${path}" leads nowhere at "${token}"`);
}

function imageOf(container: unknown, overrider: ImageOverriderSpec): string {
  const image = textOf(fieldAt(container, 'image'));
  return overriddenImage(image, overrider, image === '' ? 'a container without image' : `"${image}"`);
}

/** @param what - names the image in messages; a text behind a predicate may be secret and is not shown */
function overriddenImage(image: string, overrider: ImageOverriderSpec, what: string): string {
  try {
    return formatImage(overridden(parseImage(image), overrider));
  } catch (error) {
    if (error instanceof InvalidImage) throw new PatchFailure(`${what} ${error.message}`);
    throw error;
  }
}

/** An unknown operator changes nothing; an unknown component is a failure. */
function overridden(image: ImageReference, { component, operator, value }: ImageOverriderSpec): ImageReference {
  const text = textOf(value);
  switch (component) {
    case 'Registry':
      return { ...image, registry: changed(image.registry, operator, text) };
    case 'Repository':
      return { ...image, repository: changed(image.repository, operator, text) };
    case 'Tag':
      if (operator === 'add') return withTagOrDigest(image, (image.tag || image.digest) + text);
      if (operator === 'replace') return withTagOrDigest(image, text);
      return operator === 'remove' ? { ...image, tag: '', digest: '' } : image;
    default:
      throw new PatchFailure(`an image has no component "${component}"`);
  }
}

function changed(part: string, operator: string, value: string): string {
  if (operator === 'add') return part + value;
  if (operator === 'replace') return value;
  return operator === 'remove' ? '' : part;
}
