import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';

/**
 * A key for each object: `Kind/namespace/name`; with the API group, `Kind.group/namespace/name`, where objects of two
 * groups would have the same.
 *
 * @returns keys in the order of the objects, each once
 */
export function templateKeys(objects: readonly KubernetesObject[]): readonly string[] {
  const plain = objects.map(objectKey);
  const groups = new Map<string, Set<string>>();
  objects.forEach(({ apiVersion }, index) => {
    const key = plain[index] as string;
    const known = groups.get(key);
    if (known) known.add(apiGroup(apiVersion));
    else groups.set(key, new Set([apiGroup(apiVersion)]));
  });
  return objects.map(({ apiVersion, kind }, index) => {
    const key = plain[index] as string;
    const group = apiGroup(apiVersion);
    if (group === '' || (groups.get(key)?.size ?? 1) < 2) return key;
    return `${kind}.${group}${key.slice(kind.length)}`;
  });
}
