import type { Cluster } from '../../karmada/cluster';
import { behaviourOf, defaultKarmadaVersion, type KarmadaVersion } from '../../karmada/release';
import { isEqual, type Replicas, replicasOf, type TieBreak } from '../outcome';
import { affinityTerms } from '../schedule/affinity-terms';
import { isWorkload } from '../schedule/assign';
import { type Filters, filtersFor } from '../schedule/filters';
import { assignToSelected, candidateOf, selectAmong } from '../schedule/schedule-once';
import { selectClusters } from '../schedule/select-clusters';
import { positionsOf, staticWeightList } from '../schedule/static-weights';
import { needsCapacities, selectsBySpread, strategyOf } from '../schedule/strategy';
import { tieBreaks } from '../schedule/tie-break';
import type { BindingToSchedule, ScheduleFailure, ScheduleOptions, ScheduleResult } from '../schedule/types';
import { divideSeats } from '../schedule/webster';

/** A request to schedule one template. */
export interface SchedulingRequest {
  readonly binding: BindingToSchedule;
  /** The affinity term that was used last; empty for the first scheduling. */
  readonly observedAffinityName: string;
  /** Replicas that still fit into a cluster. @default - unknown */
  readonly available: ((cluster: string) => number | undefined) | undefined;
  /** At most so many still fit into a cluster. @default - unknown */
  readonly atMost?: ((cluster: string) => number | undefined) | undefined;
  /** Whether a cluster serves the kind, or will. */
  readonly serves: (cluster: Cluster) => boolean;
}

/**
 * How free capacity affects a result. `known`: it is computed from it. `assumed`: there is a single candidate, so the
 * result holds if there is room.
 */
export type CapacityUse = 'known' | 'assumed';

/** The answer of the scheduler: two results if the UID decides, or `dependsOnCapacity`. */
export type SchedulingAnswer =
  | {
      readonly kind: 'scheduled';
      readonly ascending: Replicas;
      /** The same map without a tie. */
      readonly descending: Replicas;
      readonly affinityTerm: string | undefined;
      /** How free capacity affects the result. @default - it does not */
      readonly capacity?: CapacityUse;
    }
  | (ScheduleFailure & { readonly capacity?: CapacityUse })
  | { readonly kind: 'dependsOnCapacity'; readonly feasible: readonly string[] };

/** Settings that all templates of a plan share. */
export interface SchedulerSettings {
  readonly clusters: readonly Cluster[];
  readonly karmada: KarmadaVersion;
  readonly enableEmptyWorkloadPropagation: boolean;
}

/**
 * Adds to `scheduleOnce` the fallback from one affinity group to the next, both tie breaks, and the check whether the
 * result depends on free capacity.
 *
 * @see Karmada v1.18.2 pkg/scheduler/scheduler.go, scheduleResourceBindingWithClusterAffinities
 */
export class Scheduler {
  readonly #positions: ReadonlyMap<string, number>;

  constructor(readonly settings: SchedulerSettings) {
    this.#positions = positionsOf(settings.clusters);
  }

  /** Schedules a template, trying its affinity groups in order. */
  schedule(request: SchedulingRequest): SchedulingAnswer {
    const names = this.termNames(request);
    let first: SchedulingAnswer | undefined;
    for (const [at, name] of names.entries()) {
      const filters = this.filters(request, name);
      const feasible = this.settings.clusters.filter(filters.accepts);
      const capacity = this.#capacityUse(request, feasible, filters);
      if (capacity === 'unknown') {
        const candidates = this.#feasibleIn(request, names.slice(at));
        const only = candidates.length === 1 && feasible.length === 1;
        return only
          ? this.#onlyCandidate(request, feasible, filters, name)
          : { kind: 'dependsOnCapacity', feasible: candidates };
      }
      const answer = this.#attempt(request, feasible, filters, name);
      const marked = capacity === undefined ? answer : { ...answer, capacity };
      if (answer.kind === 'scheduled') return marked;
      first ??= marked;
    }
    return first as SchedulingAnswer;
  }

  /** Names of the clusters that pass the filters of any group that is tried, in the order of the fleet. */
  feasible(request: SchedulingRequest): readonly string[] {
    return this.#feasibleIn(request, this.termNames(request));
  }

  /** The filters of one affinity group, which explain why a cluster is not a candidate. */
  filters(request: SchedulingRequest, affinityName: string | undefined): Filters {
    return filtersFor(request.binding, this.#options(request, affinityName, 'ascending'));
  }

  /** Names of the groups that are tried, in order; a single undefined if the placement has no groups. */
  termNames({ binding, observedAffinityName }: SchedulingRequest): readonly (string | undefined)[] {
    const names = affinityTerms(binding.placement).map((term) => term.affinityName);
    if (names.length === 0) return [undefined];
    if (binding.freshStart && behaviourOf(this.settings.karmada).rebalanceFromFirstTerm) return names;
    return names.slice(Math.max(0, names.indexOf(observedAffinityName)));
  }

  #capacityUse(
    request: SchedulingRequest,
    feasible: readonly Cluster[],
    { tiers }: Filters,
  ): CapacityUse | 'unknown' | undefined {
    if (!dependsOnCapacity(request.binding, feasible, tiers.overflowing)) return undefined;
    return feasible.every(({ name }) => request.available?.(name) !== undefined) ? 'known' : 'unknown';
  }

  /** The only candidate gets all replicas, or the result is a failure; if more do not fit in any case, it is one. */
  #onlyCandidate(
    request: SchedulingRequest,
    feasible: readonly Cluster[],
    filters: Filters,
    affinityTerm: string | undefined,
  ): SchedulingAnswer {
    const bounded = feasible.some(({ name }) => request.atMost?.(name) !== undefined);
    const assuming = { ...request, available: bounded ? request.atMost : undefined };
    const answer = this.#attempt(assuming, feasible, filters, affinityTerm);
    if (answer.kind === 'failed' || !bounded) return { ...answer, capacity: 'assumed' };
    return { kind: 'dependsOnCapacity', feasible: feasible.map(({ name }) => name) };
  }

  #attempt(
    request: SchedulingRequest,
    feasible: readonly Cluster[],
    filters: Filters,
    affinityTerm: string | undefined,
  ): SchedulingAnswer & ({ kind: 'scheduled' } | { kind: 'failed' }) {
    const { clusters, enableEmptyWorkloadPropagation } = this.settings;
    if (feasible.length === 0) {
      const why =
        clusters.length === 1
          ? `the only cluster, ${clusters[0]?.name}, does not pass the scheduler's filters`
          : `none of the ${clusters.length} clusters passes the scheduler's filters`;
      return { kind: 'failed', reason: 'NoClusterFit', why };
    }
    if (isPlainStaticWeight(request.binding, filters) && !enableEmptyWorkloadPropagation) {
      return { kind: 'scheduled', ...this.#divideStatically(request, feasible), affinityTerm };
    }
    const options = this.#options(request, affinityTerm, 'ascending');
    const candidates = feasible.map((cluster) =>
      candidateOf(cluster, filters.tiers.tierOf(cluster) ?? 0, request.binding, options),
    );
    const selection = selectAmong(candidates, request.binding);
    if (selection.kind === 'failed') return selection;
    const [ascending, descending] = tieBreaks.map((tieBreak) =>
      assignToSelected(selection.clusters, request.binding, { ...options, tieBreak }, filters.tiers.overflowing),
    ) as [ScheduleResult, ScheduleResult];
    // A tie only affects how replicas are divided, so both results succeed or both fail.
    if (ascending.kind === 'failed') return ascending;
    if (descending.kind === 'failed') return descending;
    const first = replicasOf(ascending.clusters);
    const last = replicasOf(descending.clusters);
    return { kind: 'scheduled', ascending: first, descending: isEqual(first, last) ? first : last, affinityTerm };
  }

  /** The common case, in one pass over the clusters, which are sorted by name. */
  #divideStatically(
    { binding }: SchedulingRequest,
    feasible: readonly Cluster[],
  ): { ascending: Replicas; descending: Replicas } {
    const preference = binding.placement.replicaScheduling?.weightPreference;
    const { clusters, karmada } = this.settings;
    const positions = feasible.length === clusters.length ? this.#positions : positionsOf(feasible);
    const weights = staticWeightList(feasible, positions, preference, karmada);
    const seats = divideSeats(binding.replicas, weights);
    const ascending = replicasWith(feasible, seats.ascending);
    const same = seats.descending === seats.ascending;
    return { ascending, descending: same ? ascending : replicasWith(feasible, seats.descending) };
  }

  #feasibleIn(request: SchedulingRequest, names: readonly (string | undefined)[]): readonly string[] {
    const filters = names.map((name) => this.filters(request, name));
    return this.settings.clusters
      .filter((cluster) => filters.some(({ accepts }) => accepts(cluster)))
      .map(({ name }) => name);
  }

  #options(request: SchedulingRequest, affinityName: string | undefined, tieBreak: TieBreak): ScheduleOptions {
    const { karmada, enableEmptyWorkloadPropagation } = this.settings;
    return {
      karmada,
      tieBreak,
      ...(affinityName !== undefined && { affinityName }),
      ...(request.available && { available: request.available }),
      serves: request.serves,
      enableEmptyWorkloadPropagation,
    };
  }
}

/** Whether static weights over all feasible clusters decide, and nothing else about a cluster matters. */
function isPlainStaticWeight(binding: BindingToSchedule, { tiers }: Filters): boolean {
  const { placement } = binding;
  if (strategyOf(placement) !== 'StaticWeight' || tiers.overflowing || !isWorkload(binding)) return false;
  return !selectsBySpread(placement);
}

function replicasWith(clusters: readonly Cluster[], seats: readonly number[]): Replicas {
  const replicas = new Map<string, number>();
  for (let position = 0; position < clusters.length; position++) {
    const count = seats[position] as number;
    if (count > 0) replicas.set((clusters[position] as Cluster).name, count);
  }
  return replicas;
}

/**
 * Whether the result depends on free capacity. It does if replicas are divided by capacity, unless current replicas are
 * only kept or reduced; if some of several clusters are selected, since room orders clusters of equal score; and if
 * replicas overflow from one group into the next.
 *
 * @param feasible - clusters that pass the filters
 */
export function dependsOnCapacity(
  binding: BindingToSchedule,
  feasible: readonly Cluster[],
  overflowing: boolean,
): boolean {
  const { placement, hasComponents = false } = binding;
  if (!(isWorkload(binding) || hasComponents) || feasible.length === 0) return false;
  const strategy = strategyOf(placement);
  const selects = selectsBySpread(placement);
  // Components go whole to every selected cluster.
  const divides = !hasComponents && (overflowing || needsCapacities(strategy));
  if (!selects && !divides) return false;
  if (overflowing && !hasComponents) return true;
  if (selects) return strategy !== 'Duplicated' || !selectsAllOrNone(binding, feasible);
  return !keepsOrTakes(binding, feasible);
}

/** With duplicated replicas a lack of room does not fail a selection; room only orders the clusters. */
function selectsAllOrNone(binding: BindingToSchedule, feasible: readonly Cluster[]): boolean {
  const options = { karmada: defaultKarmadaVersion, tieBreak: 'ascending' } as const;
  const candidates = feasible.map((cluster) => candidateOf(cluster, 0, binding, options));
  const selection = selectClusters(candidates, binding.placement, binding.replicas);
  return (
    selection.kind === 'failed' || selection.clusters.length === feasible.length || selection.clusters.length === 0
  );
}

/** Whether enough replicas run already, so that none are added. */
function keepsOrTakes(
  { previous = [], replicas, freshStart }: BindingToSchedule,
  feasible: readonly Cluster[],
): boolean {
  if (freshStart) return false;
  const names = new Set(feasible.map(({ name }) => name));
  const running = previous.filter(({ name }) => names.has(name)).reduce((sum, target) => sum + target.replicas, 0);
  return running >= replicas;
}
