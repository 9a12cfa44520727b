import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';

/**
 * The manifest without some of its fields: those that hold something else than they may, so that rules, which come after the
 * refusal of such a field, need not expect it.
 *
 * @param paths - such as `spec.resourceSelectors[0].name`
 * @returns the same origin with another object; the manifest itself where there is nothing to leave out
 */
export function withoutFields(manifest: Manifest, paths: readonly string[]): Manifest {
  if (paths.length === 0) return manifest;
  const object = paths
    .map(stepsOf)
    // Of a list the last items go first, so that the positions of the others stay what they are.
    .sort(byLastPosition)
    .reduce<unknown>(without, manifest.object);
  return { ...manifest, object: object as KubernetesObject };
}

/** A path as messages write it: names between dots, positions and awkward names in brackets. */
function stepsOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g), ([, inBrackets, name]) => inBrackets ?? name ?? '');
}

function byLastPosition(a: readonly string[], b: readonly string[]): number {
  return Number(b.at(-1)) - Number(a.at(-1)) || b.length - a.length;
}

function without(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return value;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      String(index) !== step ? [item] : rest.length === 0 ? [] : [without(item, rest)],
    );
  }
  const { [step]: content, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [step]: without(content, rest) };
}
