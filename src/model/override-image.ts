import { type ImageOverriderSpec, specProperties } from '../karmada/policy-spec';
import { checkJsonPointer } from '../kubernetes/json-pointer';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/** Changes of images, by part. A plain string replaces the part. */
export interface ImageOverride {
  /** Host and port, such as `mirror.example.com:5000`; optionally with a path. @default - unchanged */
  readonly registry?: string | ImagePartChange;
  /** The part after the registry, such as `library/nginx`. @default - unchanged */
  readonly repository?: string | { readonly add: string } | { readonly replace: string };
  /** Tag or digest, such as `1.27` or `sha256:…`. @default - unchanged */
  readonly tag?: string | ImagePartChange;
  /** Index of the container, from 0, for kinds with a pod template. @default - every container, but no init container */
  readonly container?: number;
  /** Index of the init container, from 0, for kinds with a pod template. @default - no init container */
  readonly initContainer?: number;
  /** JSON pointer to the image, for kinds without a pod template at `/spec/template`. @default - every container */
  readonly path?: string;
}

/** Append to a part of the image, replace it, or remove it. */
export type ImagePartChange = { readonly add: string } | { readonly replace: string } | { readonly remove: true };

/** The image overriders for a manifest: registry, then repository, then tag. */
export function imageOverriders(image: ImageOverride): ImageOverriderSpec[] {
  const known = ['registry', 'repository', 'tag', 'container', 'initContainer', 'path'];
  checkProperties(image, known, 'image override');
  const path = imagePath(image);
  const parts = [
    ['Registry', image.registry],
    ['Repository', image.repository],
    ['Tag', image.tag],
  ] as const;
  const overriders = parts.flatMap(([component, change]) =>
    change === undefined
      ? []
      : [{ ...(path !== undefined && { predicate: { path } }), component, ...partChange(change, component) }],
  );
  if (overriders.length > 0) return overriders;
  throw new ModelError('image override changes nothing', {
    code: 'override.empty',
    fix: 'give registry, repository or tag',
  });
}

/**
 * Rejects an image overrider that Karmada rejects or that results in an invalid image.
 *
 * @throws ModelError `override.image`, `json.pointer`, `property.…`
 * @see Karmada v1.18.2 pkg/util/overridemanager/imageoverride.go and pkg/util/imageparser
 */
export function checkImageOverrider(overrider: ImageOverriderSpec): void {
  checkProperties(overrider, specProperties.ImageOverriderSpec, 'image override');
  const { predicate, component, operator, value } = overrider;
  checkOneOf(component, ['Registry', 'Repository', 'Tag'], 'image override: component');
  const part = component.toLowerCase();
  checkOneOf(operator, ['add', 'remove', 'replace'], `image override: operator of ${part}`);
  if (predicate !== undefined) {
    checkProperties(predicate, specProperties.PredicateSpec, 'image override: predicate');
    checkImagePath(predicate.path);
  }
  if (operator === 'remove') {
    if (component === 'Repository') {
      refuse('image override removes the repository, so no image is left', 'replace the repository instead');
    }
    if (value !== undefined)
      refuse(`image override removes the ${part} and has a value, ${quoted(value)}`, 'omit the value');
    return;
  }
  if (typeof value !== 'string' || value === '') {
    refuse(`image override: ${part} must be a string, got ${quoted(value)}`, `give the ${part}, or { remove: true }`);
  }
  if ((value as string).length <= longestPart && syntax[component][operator].test(value as string)) return;
  refuse(
    `image override: ${quoted(value)} cannot be ${operator === 'add' ? 'added to' : 'used as'} a ${part}`,
    examples[component],
  );
}

/** Registries refuse longer names. */
const longestPart = 255;

const syntax = {
  Registry: {
    replace: /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?)(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    add: /^[-\w.:/]+$/,
  },
  Repository: { replace: /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/, add: /^[-a-z0-9._/]+$/ },
  Tag: {
    replace: /^(\w[\w.-]{0,127}|[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})$/,
    add: /^[\w.-]{1,128}$/,
  },
} as const;

const examples = {
  Registry: 'write host and port without "https://", such as "mirror.example.com:5000"',
  Repository: 'write it in lower case, without registry and tag, such as "library/nginx"',
  Tag: 'write a tag such as "1.27" or a digest such as "sha256:" and 64 hexadecimal digits',
} as const;

function partChange(change: string | object, component: string): { operator: string; value?: string } {
  if (typeof change !== 'object' || change === null) return { operator: 'replace', value: change };
  checkProperties(change, ['add', 'replace', 'remove'], `image override: ${component.toLowerCase()}`);
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (first === undefined || given.length > 1) {
    refuse(
      `image override: ${component.toLowerCase()} needs one of add, replace and remove, got ${quoted(change)}`,
      'write it like { add: "-alpine" }, { replace: "1.27" } or { remove: true }',
    );
  }
  const [operator, value] = first as [string, unknown];
  if (operator !== 'remove') return { operator, value: value as string };
  if (value !== true) refuse(`image override: remove must be true, got ${quoted(value)}`, 'write { remove: true }');
  return { operator };
}

function imagePath({ container, initContainer, path }: ImageOverride): string | undefined {
  const given = [container, initContainer, path].filter((one) => one !== undefined);
  if (given.length > 1) {
    refuse(
      'image override needs one of container, initContainer and path',
      'keep one, and write a second override for the other',
    );
  }
  if (path !== undefined) return path;
  const index = container === undefined ? initContainer : container;
  if (index === undefined) return undefined;
  if (!Number.isSafeInteger(index) || index < 0) {
    refuse(
      `image override: index of the container must be a whole number of at least 0, got ${quoted(index)}`,
      'count containers from 0',
    );
  }
  return `/spec/template/spec/${container === undefined ? 'initContainers' : 'containers'}/${index}/image`;
}

function checkImagePath(path: unknown): void {
  checkJsonPointer(path, 'image override: path');
  if (path === '')
    refuse('image override: path is empty', 'point at the image, such as "/spec/template/spec/containers/0/image"');
  // Karmada does not decode escapes in this path, so a path with an escape matches nothing.
  if (path.includes('~')) {
    refuse(
      `image override: path ${quoted(path)} has an escape sequence, which Karmada does not decode`,
      'use a JSON patch for this field',
    );
  }
}

function refuse(problem: string, fix: string): never {
  throw new ModelError(problem, { code: 'override.image', fix });
}
