import type { PropagationPolicy } from '../control-plane-state/policy';

/** A policy that selects a template, and how precisely. */
export interface MatchingPolicy {
  readonly policy: PropagationPolicy;
  /** 1 selects all of the kind, 2 by labels, 3 by name. */
  readonly implicitPriority: 1 | 2 | 3;
}
