import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';
import { compareText, textOf } from '../../kubernetes/plain-data';
import { knownScope } from '../../kubernetes/scope';

/**
 * Sorts manifests by location, so that findings do not depend on the order of the files. Several manifests of one object
 * keep their order, because the last one wins.
 */
export function inOrder(manifests: readonly Manifest[], defaultNamespace: string): readonly Manifest[] {
  if (manifests.every((manifest, index) => index === 0 || byPlace(manifests[index - 1]!, manifest) <= 0)) {
    return manifests;
  }
  const given = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const key = identityOf(manifest.object, defaultNamespace);
    const namesakes = given.get(key);
    if (namesakes) namesakes.push(manifest);
    else given.set(key, [manifest]);
  }
  return [...manifests]
    .sort(byPlace)
    .map((manifest) => given.get(identityOf(manifest.object, defaultNamespace))?.shift() ?? manifest);
}

function byPlace({ origin: a, object: objectA }: Manifest, { origin: b, object: objectB }: Manifest): number {
  if (a.type === 'file' && b.type === 'file') return compareText(a.file, b.file) || a.document - b.document;
  if (a.type === 'construct' && b.type === 'construct') return compareText(a.construct, b.construct);
  if (a.type !== b.type) return compareText(a.type, b.type);
  return (
    compareText(textOf(objectA.apiVersion), textOf(objectB.apiVersion)) ||
    compareText(objectKey(objectA), objectKey(objectB))
  );
}

/** Two versions of one group name the same object. */
function identityOf({ apiVersion, kind, metadata }: KubernetesObject, defaultNamespace: string): string {
  const kindName = { apiVersion: textOf(apiVersion), kind: textOf(kind) };
  const isClusterScoped = knownScope(kindName) === 'cluster';
  const namespace = isClusterScoped ? '' : textOf(metadata?.namespace) || defaultNamespace;
  return `${apiGroup(kindName.apiVersion)}/${kindName.kind}/${namespace}/${textOf(metadata?.name)}`;
}
