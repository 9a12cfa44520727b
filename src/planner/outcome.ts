/**
 * Replicas by cluster, in the order in which Karmada lists them.
 * For a template that counts no replicas (a Service, a ConfigMap) every cluster that receives it has the value 0.
 */
export type Replicas = ReadonlyMap<string, number>;

/** Fewest and most replicas that a cluster can come to have. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Which name wins an exact tie between weights: the first or the last one in byte order.
 * Karmada derives it from the UID of the template, which the API server assigns.
 *
 * @see Karmada v1.18.2 pkg/util/helper/binding.go, tieBreakerByUID
 */
export type TieBreak = 'ascending' | 'descending';

/** One result, whatever the UID. */
export interface CertainOutcome {
  readonly kind: 'certain';
  readonly replicas: Replicas;
}

/** One of two results: the UID of the template, unknown before it exists, decides which. */
export interface EitherOutcome {
  readonly kind: 'either';
  /** The result where ties go to the name that sorts first. */
  readonly ascending: Replicas;
  /** The result where ties go to the name that sorts last. */
  readonly descending: Replicas;
  /** What every cluster has in both: only clusters that are in both results, each with the lower number. */
  readonly guaranteed: Replicas;
  /** The template whose UID decides, by key: this one, or the only one that requires it. */
  readonly decidedBy: string;
}

/** The running system decides, from something that manifests and fleet do not say. */
export interface AtRunTimeOutcome {
  readonly kind: 'atRunTime';
  /** What decides, in Karmada's terms. */
  readonly why: string;
  /** Every cluster that may receive the template. */
  readonly clusters: readonly string[];
  /** For each of `clusters`, the fewest and the most replicas; a minimum of 0 also covers "does not receive it". */
  readonly bounds: ReadonlyMap<string, ReplicaRange>;
  /** Clusters that receive it in any case. */
  readonly guaranteed: readonly string[];
}

/**
 * Why nothing new is placed, in the words of the binding's `Scheduled` condition; or, before the scheduler is asked,
 * `DependentOverridesMissing`: the policy waits for override policies that are not there; `LazyActivation`: the policy
 * is Lazy and waits until the template itself changes.
 */
export type UnschedulableReason =
  | 'NoClusterFit'
  | 'Unschedulable'
  | 'SchedulerError'
  | 'DependentOverridesMissing'
  | 'LazyActivation';

/** A policy claims the template, and Karmada finds no place for it. */
export interface UnschedulableOutcome {
  readonly kind: 'unschedulable';
  readonly reason: UnschedulableReason;
  readonly why: string;
  /** The earlier result that stays in place; empty where there was none or where Karmada empties it. */
  readonly kept: Replicas;
}

/** No policy claims the template, and nothing that is propagated brings it along. */
export interface UnmatchedOutcome {
  readonly kind: 'unmatched';
  readonly why: string;
  /** Where it runs from before, when a policy claimed it: there it stays, untouched. Empty where it never ran. */
  readonly kept: Replicas;
}

/** What becomes of a template. It never guesses: what cannot be known is data of its own kind. */
export type Outcome = CertainOutcome | EitherOutcome | AtRunTimeOutcome | UnschedulableOutcome | UnmatchedOutcome;
