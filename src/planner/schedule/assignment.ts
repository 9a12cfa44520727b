import type { PlacementSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import type { TieBreak } from '../outcome';
import type { ScheduleFailure, TargetCluster } from './types';

/** What the assignment of replicas to selected clusters depends on. */
export interface Assignment {
  readonly placement: PlacementSpec;
  /** Desired in total. */
  readonly replicas: number;
  readonly previous: readonly TargetCluster[];
  readonly freshStart: boolean;
  /** Replicas that still fit into a cluster; undefined if no estimator answers. */
  readonly available: (cluster: string) => number | undefined;
  readonly tieBreak: TieBreak;
  readonly karmada: KarmadaVersion;
}

/** A division as a list of targets. */
export function targetsOf(division: ReadonlyMap<string, number>): TargetCluster[] {
  return [...division].map(([name, replicas]) => ({ name, replicas }));
}

/** The failure that keeps a binding waiting for capacity. */
export function notEnough(what: string): ScheduleFailure {
  return { kind: 'failed', reason: 'Unschedulable', why: `the clusters have too little room: ${what}` };
}
