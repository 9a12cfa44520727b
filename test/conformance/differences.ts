import type { KarmadaVersion } from '../../src/karmada/release';

/**
 * Cases of `admission`, `overriders` and `schedule` that a release answers otherwise than the recorded v1.18.2. Their files
 * have no `differsIn`: the releases differ here by fields and rules that src/karmada/release.ts names.
 */
export const differences: Readonly<Record<KarmadaVersion, readonly string[]>> = {
  '1.16': [
    'admission-0027', // a selector in another namespace
    'admission-0040', // overflowAffinities
    'admission-0043',
    'admission-0069', // workloadAffinity
    'admission-0070',
    'admission-0165', // a field overrider without patches
    'override-0163', // zone In
    'schedule-0184',
  ],
  '1.17': ['admission-0040', 'admission-0043', 'admission-0165', 'override-0163', 'schedule-0184'],
  '1.18': [],
  '1.19': ['admission-0076'], // purge mode Graciously
};
