import type { Candidate } from './candidate';

/** The clusters that take part, in Karmada's order. */
export interface Selection {
  readonly kind: 'selected';
  readonly clusters: readonly Candidate[];
}
