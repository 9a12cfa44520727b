import type { Origin } from '../problem/place';
import type { Manifest } from './manifest';
import { listOf, recordOf } from './plain-data';

/**
 * The items of a list, with the semantics of kubectl: a `List`, or any kind ending in `List` that has `items`. Items of a
 * typed list, such as a DeploymentList, inherit a missing apiVersion and kind.
 *
 * @returns undefined if the object is not a list; items may be lists, or values that are not objects
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
 * Replaces lists by manifests of their items, each with its own origin. Items that are not objects are omitted.
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
