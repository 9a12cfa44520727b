import type { Candidate } from './candidate';

/** The selected clusters, in Karmada's order. */
export interface Selection {
  readonly kind: 'selected';
  readonly clusters: readonly Candidate[];
}
