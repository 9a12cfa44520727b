import type { TieBreak } from '../outcome';

/** Both tie breaks, for templates whose UID is not known yet. */
export const tieBreaks: readonly TieBreak[] = ['ascending', 'descending'];

/**
 * The tie break of a template with this UID: names in descending order if its FNV-1a hash is odd.
 * The prime is odd, so the lowest bit of the hash is the exclusive or of the lowest bit of the offset basis (1) and the
 * lowest bits of all bytes.
 *
 * @param uid - `metadata.uid` of the template; the empty string gives `ascending`
 * @see Karmada v1.18.2 pkg/util/helper/binding.go, tieBreakerByUID
 */
export function tieBreakOf(uid: string): TieBreak {
  if (uid === '') return 'ascending';
  let lowestBit = 1;
  for (const byte of new TextEncoder().encode(uid)) lowestBit ^= byte & 1;
  return lowestBit === 1 ? 'descending' : 'ascending';
}
