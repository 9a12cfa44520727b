import { isEqualData } from '../../kubernetes/plain-data';
import { isRecord } from '../../problem/record';

/** Index of the first repeated item, or -1. Items of a set must be distinct, items of a map must differ in their keys. */
export function repeatedItem(items: readonly unknown[], listType: string, keys: readonly string[]): number {
  const identity = (item: unknown): unknown =>
    listType === 'map' && isRecord(item) ? keys.map((key) => item[key]) : item;
  const identities = items.map(identity);
  return identities.findIndex((one, index) => identities.slice(0, index).some((earlier) => isEqualData(earlier, one)));
}
