import { ModelError } from '../problem/model-error';

/** Something that is written into a file alone. */
export interface NamedFile<Item> {
  readonly item: Item;
  /** Names that it may have, the shortest first and each more precise than the one before. */
  readonly candidates: readonly string[];
}

/**
 * Gives each item a file name of its own: the first of its candidates where no other item wants that one, else a more
 * precise one. The names do not depend on the order of the items. Names that differ by case alone are one name, as they
 * are on macOS and Windows.
 *
 * @param describe - what an item is, for the error
 * @returns names in the order of the items
 * @throws ModelError `file.name` when two items have the same candidates throughout
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
