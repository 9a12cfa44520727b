import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';
import { compareText, textOf } from '../../kubernetes/plain-data';
import { knownScope } from '../../kubernetes/scope';

/**
 * Sorts manifests by location, so that findings do not depend on the order of the files. Several manifests of one object
 * keep their order, because the last one wins.
 */
export function inOrder(manifests: readonly Manifest[], defaultNamespace: string): readonly Manifest[] {
  const places = manifests.map(placeOf);
  if (places.every((place, index) => index === 0 || byPlace(places[index - 1]!, place) <= 0)) return manifests;
  const sorted = places.sort(byPlace).map(({ manifest }) => manifest);
  const given = new Map<string, Manifest[]>();
  for (const manifest of manifests) appendTo(given, identityOf(manifest.object, defaultNamespace), manifest);
  if (given.size === manifests.length) return sorted;
  return sorted.map((manifest) => given.get(identityOf(manifest.object, defaultNamespace))?.shift() ?? manifest);
}

/** What manifests are sorted by, field by field. */
interface Place {
  readonly manifest: Manifest;
  readonly type: Manifest['origin']['type'];
  readonly name: string;
  readonly document: number;
  readonly key: string;
}

function placeOf(manifest: Manifest): Place {
  const { origin, object } = manifest;
  const { type } = origin;
  switch (type) {
    case 'file':
      return { manifest, type, name: origin.file, document: origin.document, key: '' };
    case 'construct':
      return { manifest, type, name: origin.construct, document: 0, key: '' };
    default:
      return { manifest, type, name: textOf(object.apiVersion), document: 0, key: objectKey(object) };
  }
}

function byPlace(a: Place, b: Place): number {
  return (
    compareText(a.type, b.type) || compareText(a.name, b.name) || a.document - b.document || compareText(a.key, b.key)
  );
}

/** Two versions of one group name the same object. */
function identityOf({ apiVersion, kind, metadata }: KubernetesObject, defaultNamespace: string): string {
  const kindName = { apiVersion: textOf(apiVersion), kind: textOf(kind) };
  const isClusterScoped = knownScope(kindName) === 'cluster';
  const namespace = isClusterScoped ? '' : textOf(metadata?.namespace) || defaultNamespace;
  return `${apiGroup(kindName.apiVersion)}/${kindName.kind}/${namespace}/${textOf(metadata?.name)}`;
}
