/**
 * Replicas by cluster, in the order in which Karmada lists them.
 * For a template that counts no replicas (a Service, a ConfigMap) every cluster that receives it has the value 0.
 */
export type Replicas = ReadonlyMap<string, number>;

/** Fewest and most replicas that a cluster may get. */
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

/** One result, independent of the UID. */
export interface CertainOutcome {
  readonly kind: 'certain';
  readonly replicas: Replicas;
}

/** One of two results: the UID of the template decides, and is unknown before the template exists. */
export interface EitherOutcome {
  readonly kind: 'either';
  /** The result where ties go to the name that sorts first. */
  readonly ascending: Replicas;
  /** The result where ties go to the name that sorts last. */
  readonly descending: Replicas;
  /** Clusters that are in both results, each with the lower number. */
  readonly guaranteed: Replicas;
  /** The template whose UID decides, by key: this one, or the only one that requires it. */
  readonly decidedBy: string;
}

/** The running system decides, from information that manifests and fleet do not contain. */
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
 * Why nothing new is placed: the reason of the binding's `Scheduled` condition, or a reason that applies before
 * scheduling. `BindingRefused`: the API server takes no binding of its name. `DependentOverridesMissing`: the policy waits for override policies that do not exist.
 * `LazyActivation`: the policy is Lazy and waits until the template itself changes.
 */
export type UnschedulableReason =
  | 'NoClusterFit'
  | 'Unschedulable'
  | 'SchedulerError'
  | 'QuotaExceeded'
  | 'BindingRefused'
  | 'DependentOverridesMissing'
  | 'LazyActivation';

/**
 * Whether Karmada tries again by itself, with a growing delay. If no cluster fits, it waits until a cluster, the placement
 * or the template changes.
 *
 * @see Karmada v1.18.2 pkg/scheduler/helper.go, getConditionByError
 */
export function isRetried(reason: UnschedulableReason): boolean {
  return reason === 'Unschedulable' || reason === 'SchedulerError';
}

/** A policy claims the template, but it is not scheduled to any cluster. */
export interface UnschedulableOutcome {
  readonly kind: 'unschedulable';
  readonly reason: UnschedulableReason;
  readonly why: string;
  /** The earlier result that stays in place; empty if there was none or Karmada clears it. */
  readonly kept: Replicas;
}

/** No policy claims the template, and no propagated template depends on it. */
export interface UnmatchedOutcome {
  readonly kind: 'unmatched';
  readonly why: string;
  /** Where an earlier policy placed it: it stays there, unchanged. Empty if it never ran. */
  readonly kept: Replicas;
}

/** What happens to a template. What cannot be known has an outcome of its own kind; nothing is guessed. */
export type Outcome = CertainOutcome | EitherOutcome | AtRunTimeOutcome | UnschedulableOutcome | UnmatchedOutcome;

/** No cluster. */
export const nowhere: Replicas = replicasOf([]);

/** Replicas by cluster from a list of targets, in the same order. */
export function replicasOf(targets: readonly { readonly name: string; readonly replicas: number }[]): Replicas {
  const replicas = new Map<string, number>();
  for (const { name, replicas: count } of targets) replicas.set(name, count);
  return replicas;
}

/** The outcome of two results: certain if they are equal. */
export function eitherOf(ascending: Replicas, descending: Replicas, decidedBy: string): Outcome {
  if (ascending === descending || isEqual(ascending, descending)) return { kind: 'certain', replicas: ascending };
  return { kind: 'either', ascending, descending, guaranteed: guaranteedIn(ascending, descending), decidedBy };
}

/** Every possible result of an outcome, the ascending one first. Empty for `atRunTime`. */
export function resultsOf(outcome: Outcome): readonly Replicas[] {
  switch (outcome.kind) {
    case 'certain':
      return [outcome.replicas];
    case 'either':
      return [outcome.ascending, outcome.descending];
    case 'atRunTime':
      return [];
    case 'unschedulable':
    case 'unmatched':
      return [outcome.kept];
    default:
      return outcome satisfies never;
  }
}

/** Every cluster that an outcome may reach. */
export function clustersIn(outcome: Outcome): Iterable<string> {
  switch (outcome.kind) {
    case 'certain':
      return outcome.replicas.keys();
    case 'either':
      return new Set([...outcome.ascending.keys(), ...outcome.descending.keys()]);
    case 'atRunTime':
      return outcome.bounds.keys();
    case 'unschedulable':
    case 'unmatched':
      return outcome.kept.keys();
    default:
      return outcome satisfies never;
  }
}

/** Whether a cluster may receive it. */
export function mayReach(outcome: Outcome, cluster: string): boolean {
  if (outcome.kind === 'atRunTime') return outcome.bounds.has(cluster);
  return resultsOf(outcome).some((replicas) => replicas.has(cluster));
}

/** Whether a cluster receives it in any case. */
export function surelyReaches(outcome: Outcome, cluster: string): boolean {
  if (outcome.kind === 'atRunTime') return outcome.guaranteed.includes(cluster);
  return resultsOf(outcome).every((replicas) => replicas.has(cluster));
}

/** Fewest and most replicas of a cluster. */
export function rangeIn(outcome: Outcome, cluster: string): ReplicaRange {
  if (outcome.kind === 'atRunTime') return outcome.bounds.get(cluster) ?? { min: 0, max: 0 };
  const counts = resultsOf(outcome).map((replicas) => replicas.get(cluster) ?? 0);
  return { min: Math.min(...counts), max: Math.max(...counts) };
}

/** The sum of ranges. */
export function sumOf(ranges: Iterable<ReplicaRange>): ReplicaRange {
  let [min, max] = [0, 0];
  for (const range of ranges) {
    min += range.min;
    max += range.max;
  }
  return { min, max };
}

/**
 * The outcome of a template that others depend on: the clusters of its own scheduling and of all that require it.
 * Where the UIDs of several templates decide, the combinations are too many to list, so the outcome has only bounds.
 *
 * @param own - its own scheduling; undefined where no policy claims it
 * @param required - the outcomes of those that require it
 */
export function unitedOutcome(
  own: Outcome | undefined,
  required: readonly Outcome[],
  clusters: readonly string[],
): Outcome {
  if (own?.kind === 'unschedulable') return own;
  const sources = [...(own && own.kind !== 'unmatched' ? [own] : []), ...required.map(withoutReplicas)];
  const deciders = new Set(sources.map((source) => (source.kind === 'either' ? source.decidedBy : undefined)));
  deciders.delete(undefined);
  const [decidedBy] = deciders;
  if (sources.some(({ kind }) => kind === 'atRunTime') || deciders.size > 1) return boundsOf(sources, clusters);
  const ascending = unionOf(sources.map((source) => resultsOf(source)[0] ?? nowhere));
  const descending = unionOf(sources.map((source) => resultsOf(source).at(-1) ?? nowhere));
  return eitherOf(ascending, descending, decidedBy ?? '');
}

function boundsOf(sources: readonly Outcome[], clusters: readonly string[]): AtRunTimeOutcome {
  const reached = clusters.filter((cluster) => sources.some((source) => mayReach(source, cluster)));
  const bounds = new Map<string, ReplicaRange>();
  for (const cluster of reached) {
    const ranges = sources.map((source) => rangeIn(source, cluster));
    bounds.set(cluster, {
      min: Math.max(...ranges.map(({ min }) => min)),
      max: Math.max(...ranges.map(({ max }) => max)),
    });
  }
  const undecided = sources.find((source) => source.kind === 'atRunTime');
  const deciders = new Set(sources.flatMap((source) => (source.kind === 'either' ? [source.decidedBy] : [])));
  return {
    kind: 'atRunTime',
    why: undecided?.why ?? `the UIDs of ${[...deciders].join(' and ')} decide`,
    clusters: reached,
    bounds,
    guaranteed: reached.filter((cluster) => sources.some((source) => surelyReaches(source, cluster))),
  };
}

/** A dependency follows its referrer to the same clusters, but not its replicas. */
function withoutReplicas(outcome: Outcome): Outcome {
  const emptied = (replicas: Replicas): Replicas => new Map([...replicas.keys()].map((name) => [name, 0]));
  switch (outcome.kind) {
    case 'certain':
      return { kind: 'certain', replicas: emptied(outcome.replicas) };
    case 'either':
      return {
        ...outcome,
        ascending: emptied(outcome.ascending),
        descending: emptied(outcome.descending),
        guaranteed: emptied(outcome.guaranteed),
      };
    case 'atRunTime':
      return { ...outcome, bounds: new Map([...outcome.bounds.keys()].map((name) => [name, { min: 0, max: 0 }])) };
    case 'unschedulable':
    case 'unmatched':
      return { kind: 'certain', replicas: emptied(outcome.kept) };
    default:
      return outcome satisfies never;
  }
}

function unionOf(results: readonly Replicas[]): Replicas {
  const [first = nowhere, ...rest] = results;
  if (rest.length === 0) return first;
  const union = new Map(first);
  for (const replicas of rest) {
    for (const [cluster, count] of replicas) union.set(cluster, Math.max(count, union.get(cluster) ?? 0));
  }
  return union;
}

function guaranteedIn(a: Replicas, b: Replicas): Replicas {
  const guaranteed = new Map<string, number>();
  for (const [cluster, count] of a) {
    const other = b.get(cluster);
    if (other !== undefined) guaranteed.set(cluster, Math.min(count, other));
  }
  return guaranteed;
}

/** Whether two results give the same clusters the same replicas. */
export function isEqual(a: Replicas, b: Replicas): boolean {
  if (a.size !== b.size) return false;
  for (const [cluster, count] of a) if (b.get(cluster) !== count) return false;
  return true;
}
