import { type Outcome, type ReplicaRange, rangeIn, type TieBreak } from '../outcome';

/**
 * What a cluster runs of a template in the end: the scheduler's number after replica revision, overrides and
 * autoscalers. Pods for a workload; 0 for kinds without pods of their own, also where they arrive.
 */
export interface FinalReplicas extends ReplicaRange {
  /** What makes the number differ from the scheduler's, one sentence each; empty if nothing does. */
  readonly because: readonly string[];
  /** Why Karmada does not write the object, or not all of it arrives. @default - it arrives */
  readonly held?: string;
  /** Whether it is held because Karmada fails to make the object. @default false */
  readonly failed?: true;
}

/** Numbers by cluster. */
export type FinalByCluster = ReadonlyMap<string, FinalReplicas>;

/** One case of what runs in the end. */
export interface FinalCase {
  /** The scheduler's result of this case. */
  readonly outcome: Outcome;
  /** The result of a tie. @default - no tie */
  readonly tie?: TieBreak;
  readonly numbers: FinalByCluster;
}

/** Nothing runs there. */
export const none: FinalReplicas = Object.freeze({ min: 0, max: 0, because: Object.freeze([]) });

/** Whatever may be true of a cluster in one of several cases. */
export function anyOf(cases: readonly FinalReplicas[]): FinalReplicas {
  const [first = none, ...others] = cases;
  if (others.every((other) => isSame(first, other))) return first;
  const holding = cases.find((each) => each.held !== undefined);
  return {
    min: Math.min(...cases.map(({ min }) => min)),
    max: Math.max(...cases.map(({ max }) => max)),
    because: [...new Set(cases.flatMap(({ because }) => because))],
    ...(holding?.held !== undefined && { held: holding.held }),
    ...(holding?.failed && { failed: true }),
  };
}

function isSame(a: FinalReplicas, b: FinalReplicas): boolean {
  if (a === b) return true;
  return a.min === b.min && a.max === b.max && a.held === b.held && a.because.join('\n') === b.because.join('\n');
}

/** The part of a template plan that says whether its end differs from its outcome. */
interface Ending {
  readonly outcome: Outcome;
  readonly final: ReadonlyMap<string, FinalReplicas>;
}

/** The clusters that end with something else than the scheduler's number, in the order of the result. */
export function differingClusters({ outcome, final }: Ending): readonly (readonly [string, FinalReplicas])[] {
  return [...final].filter(([cluster, number]) => differs(number, outcome, cluster));
}

/** Whether any cluster ends with something else than the scheduler's number. */
export function endsOtherwise({ outcome, final }: Ending): boolean {
  for (const [cluster, number] of final) if (differs(number, outcome, cluster)) return true;
  return false;
}

/** Whether Karmada fails to make the object for a cluster. */
export function fails({ final }: Pick<Ending, 'final'>): boolean {
  for (const { failed } of final.values()) if (failed) return true;
  return false;
}

function differs({ min, max, held, because }: FinalReplicas, outcome: Outcome, cluster: string): boolean {
  if (held !== undefined || because.length > 0) return true;
  const scheduled = rangeIn(outcome, cluster);
  return min !== scheduled.min || max !== scheduled.max;
}
