import type { TieBreak } from '../outcome';

/** Both ways a tie can go, for templates whose UID is not known yet. */
export const tieBreaks: readonly TieBreak[] = ['ascending', 'descending'];

/**
 * Who wins exact ties for a template with this UID: names count downwards when its FNV-1a hash is odd.
 * The lowest bit of that hash needs no hashing: the prime is odd, so it is the lowest bit of the offset basis (1)
 * joined by exclusive or with the lowest bit of every byte.
 *
 * @param uid - `metadata.uid` of the template; the empty string counts upwards
 * @see Karmada v1.18.2 pkg/util/helper/binding.go, tieBreakerByUID
 */
export function tieBreakOf(uid: string): TieBreak {
  if (uid === '') return 'ascending';
  let lowestBit = 1;
  for (const byte of new TextEncoder().encode(uid)) lowestBit ^= byte & 1;
  return lowestBit === 1 ? 'descending' : 'ascending';
}
