import { ModelError } from '../problem/model-error';

/** An item that is written to a file of its own. */
export interface NamedFile<Item> {
  readonly item: Item;
  /** Candidate names, from the shortest to the most precise. */
  readonly candidates: readonly string[];
}

/**
 * Gives each item a distinct file name: the first candidate that no other item has, otherwise a more precise one. The names
 * do not depend on the order of the items. They are compared without case, as on macOS and Windows.
 *
 * @param describe - description of an item for the error
 * @returns names in the order of the items
 * @throws ModelError `file.name` if two items have the same candidates
 */
export function distinctNames<Item>(files: readonly NamedFile<Item>[], describe: (item: Item) => string): string[] {
  const levels = files.map(() => 0);
  for (;;) {
    const wanted = new Map<string, number[]>();
    files.forEach(({ candidates }, index) => {
      const name = candidates[levels[index]!]!.toLowerCase();
      const sharing = wanted.get(name);
      if (sharing) sharing.push(index);
      else wanted.set(name, [index]);
    });
    const shared = [...wanted.values()].filter((indexes) => indexes.length > 1);
    if (shared.length === 0) return files.map(({ candidates }, index) => candidates[levels[index]!]!);
    for (const indexes of shared) {
      const refined = indexes.filter((index) => levels[index]! + 1 < files[index]!.candidates.length);
      if (refined.length === 0) throw sameFile(files, indexes, levels, describe);
      for (const index of refined) levels[index]!++;
    }
  }
}

function sameFile<Item>(
  files: readonly NamedFile<Item>[],
  [first, second]: readonly number[],
  levels: readonly number[],
  describe: (item: Item) => string,
): ModelError {
  const [one, other] = [files[first!]!, files[second!]!];
  const what = [describe(one.item), describe(other.item)];
  return new ModelError(`${what.join(' and ')} would share the file ${one.candidates[levels[first!]!]}`, {
    code: 'file.name',
    fix: 'rename one of them, or remove it if it is the same object',
  });
}
