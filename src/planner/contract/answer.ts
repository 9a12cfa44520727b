import { rangeText } from '../../problem/words';
import type { ReplicaRange, TieBreak } from '../outcome';
import type { PossiblePlacement } from './possible-placements';

/** Whether a contract holds. */
export type ContractVerdict = 'holds' | 'broken' | 'cannotTell';

/** What a plan says about a contract, for one template. */
export interface ContractAnswer {
  /** The contract in words. */
  readonly contract: string;
  readonly verdict: ContractVerdict;
  /** Key of the template. @default - the contract names none that exists */
  readonly template?: string;
  /** Why, with the numbers; a part of a sentence after the contract. */
  readonly why: string;
  /** What to change, or what would decide it. @default - it holds */
  readonly fix?: string;
  /** The case in which it does not hold, or may not. */
  readonly counterexample?: ContractCounterexample;
}

/** A case in which a contract does not hold. */
export interface ContractCounterexample {
  /** Clusters that are lost. @default - none */
  readonly losing?: readonly string[];
  /** Which result of a tie. @default - no tie */
  readonly tie?: TieBreak;
  /** The clusters that it is about, with the fewest replicas of each in this case. */
  readonly replicas: Readonly<Record<string, number>>;
}

/** An answer without what it is about. */
export type Finding = Omit<ContractAnswer, 'contract' | 'template'>;

export const holds: Finding = { verdict: 'holds', why: '' };

export function broken(why: string, fix: string, counterexample: ContractCounterexample): Finding {
  return { verdict: 'broken', why, fix, counterexample };
}

export function cannotTell(why: string, fix: string, counterexample?: ContractCounterexample): Finding {
  return { verdict: 'cannotTell', why, fix, ...(counterexample && { counterexample }) };
}

const rank = { broken: 0, cannotTell: 1, holds: 2 } as const;

/** The first of the worst findings. */
export function worst(findings: readonly (Finding | undefined)[]): Finding {
  let result = holds;
  for (const finding of findings) if (finding && rank[finding.verdict] < rank[result.verdict]) result = finding;
  return result;
}

/** The counterexample of a placement: what it has outside the lost clusters. */
export function caseOf({ tie, replicas }: PossiblePlacement, losing: readonly string[]): ContractCounterexample {
  const lost = new Set(losing);
  const left = [...replicas]
    .filter(([cluster]) => !lost.has(cluster))
    .map(([cluster, { min }]) => [cluster, min] as const);
  return {
    ...(losing.length > 0 && { losing }),
    ...(tie !== undefined && { tie }),
    replicas: Object.fromEntries(left),
  };
}

/** ` if ties go to the first name`; empty without a tie. */
export function tieText({ tie, decidedBy }: PossiblePlacement): string {
  if (tie === undefined) return '';
  return `, if the UID of ${decidedBy} gives ties to the ${tie === 'ascending' ? 'first' : 'last'} names`;
}

/** `3 replicas`, `2 to 9 replicas`. */
export function countText(range: ReplicaRange): string {
  return `${rangeText(range)} ${range.max === 1 && range.min === 1 ? 'replica' : 'replicas'}`;
}
