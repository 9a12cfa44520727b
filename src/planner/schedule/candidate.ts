import type { Cluster } from '../../karmada/cluster';
import { compareText } from '../../kubernetes/plain-data';

/** A feasible cluster during selection and assignment. */
export interface Candidate {
  readonly cluster: Cluster;
  readonly name: string;
  /** 0 for the affinity group, 1 and up for its overflow groups. */
  readonly tier: number;
  /** Sum of the score plugins: 100 where the workload runs already. */
  readonly score: number;
  /** Replicas that the cluster can hold: those that still fit and those that it has. */
  readonly available: number;
}

/**
 * The order in which the scheduler considers clusters: earlier groups first, then higher scores, then more room,
 * then names.
 *
 * @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/util.go, sortClusters
 */
export function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.tier !== b.tier) return a.tier - b.tier;
  if (a.score !== b.score) return b.score - a.score;
  if (a.available !== b.available) return b.available > a.available ? 1 : -1;
  return compareText(a.name, b.name);
}
