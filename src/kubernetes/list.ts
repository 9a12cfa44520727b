import type { Origin } from '../problem/place';
import type { Manifest } from './manifest';
import { listOf, recordOf } from './plain-data';

/**
 * The items of a list as kubectl reads it: a `List`, or any kind ending in `List` that has `items`. Items of a typed
 * list, such as a DeploymentList, take from it what they leave out of apiVersion and kind.
 *
 * @returns undefined where the object is no list; items may be lists themselves, or no objects at all
 */
export function listItems(object: unknown): readonly unknown[] | undefined {
  const { apiVersion, kind, items } = recordOf(object) ?? {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  if (kind === 'List') return listOf(items);
  if (!Array.isArray(items)) return undefined;
  const typed = { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.map((item: unknown) => {
    const record = recordOf(item);
    return record && !(Object.hasOwn(record, 'apiVersion') && Object.hasOwn(record, 'kind'))
      ? { ...typed, ...record }
      : item;
  });
}

/**
 * Manifests in which the items of lists stand in place of the lists, each with an origin of its own; items that are no
 * objects are left out.
 */
export function unfolded(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.flatMap((manifest) => {
    const items = listItems(manifest.object);
    if (!items) return [manifest];
    return unfolded(
      items.flatMap((object, index) =>
        recordOf(object)
          ? [{ object: object as Manifest['object'], origin: originOfItem(manifest.origin, index) }]
          : [],
      ),
    );
  });
}

function originOfItem(origin: Origin, index: number): Origin {
  if (origin.type !== 'file') return { ...origin };
  const item = `items[${index}]`;
  return { ...origin, locate: (path) => origin.locate(path === '' ? item : `${item}.${path}`) };
}
