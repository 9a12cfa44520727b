import { type Cluster, type ClusterTaint, isTopology, topologyOf } from '../../karmada/cluster';
import type { SpreadConstraintSpec, TolerationSpec } from '../../karmada/policy-spec';
import { anyText, recordsOf } from '../../kubernetes/plain-data';
import type { ExclusionReason } from '../plan';
import { type Tiers, tiersOf } from './affinity-terms';
import { servesKind } from './api-enablement';
import { isWorkload } from './assign';
import { tolerates } from './tolerations';
import type { BindingToSchedule, ScheduleOptions } from './types';

/** The filters of one attempt. */
export interface Filters {
  readonly tiers: Tiers;
  /** Whether a cluster passes all filters. */
  accepts(cluster: Cluster): boolean;
  /** Every reason against a cluster; empty if it passes. */
  reasons(cluster: Cluster): readonly ExclusionReason[];
}

type Filter = (cluster: Cluster) => ExclusionReason | undefined;

/**
 * The filter plugins of the scheduler for one attempt.
 *
 * @see Karmada v1.18.2 pkg/scheduler/framework/plugins
 */
export function filtersFor(binding: BindingToSchedule, options: ScheduleOptions): Filters {
  const { placement } = binding;
  const tiers = tiersOf(placement, options.affinityName, isWorkload(binding), options.karmada);
  const targets = new Set((binding.previous ?? []).map(({ name }) => name));
  // Most filters do not apply to clusters that already run the workload.
  const unlessTarget = (filter: Filter): Filter =>
    targets.size === 0 ? filter : (cluster) => (targets.has(cluster.name) ? undefined : filter(cluster));
  const { evictedFrom = [], affinityPeers = [], antiAffinityPeers = [] } = binding;
  const spreads = recordsOf<SpreadConstraintSpec>(placement.spreadConstraints);
  // Those that cannot reject anything are left out, since each is asked about every cluster.
  const filters: readonly Filter[] = [
    deletionFilter,
    affinityFilter(tiers),
    unlessTarget(apiFilter(binding, options)),
    unlessTarget(taintFilter(recordsOf<TolerationSpec>(placement.clusterTolerations))),
    ...(spreads.length > 0 ? [spreadFilter(spreads)] : []),
    ...(evictedFrom.length > 0 ? [evictionFilter(evictedFrom)] : []),
    ...(affinityPeers.length + antiAffinityPeers.length > 0
      ? [unlessTarget(peersFilter(affinityPeers, antiAffinityPeers))]
      : []),
  ];
  return {
    tiers,
    accepts: (cluster) => filters.every((filter) => filter(cluster) === undefined),
    reasons: (cluster) => filters.map((filter) => filter(cluster)).filter((reason) => reason !== undefined),
  };
}

/** @see Karmada v1.18.2 pkg/scheduler/core/generic_scheduler.go, findClustersThatFit */
const deletionFilter: Filter = ({ deleting }) =>
  deleting ? { plugin: 'ClusterDeletion', why: 'it is being removed from the control plane' } : undefined;

function affinityFilter({ tierOf }: Tiers): Filter {
  const reason = { plugin: 'ClusterAffinity', why: 'it does not match the cluster affinity of the placement' } as const;
  return (cluster) => (tierOf(cluster) === undefined ? reason : undefined);
}

function apiFilter({ apiVersion, kind }: BindingToSchedule, { serves }: ScheduleOptions): Filter {
  const reason = { plugin: 'APIEnablement', why: `it does not serve ${apiVersion} ${kind}` } as const;
  const isServed = serves ?? ((cluster: Cluster) => servesKind(cluster, apiVersion, kind));
  return (cluster) => (isServed(cluster) ? undefined : reason);
}

function taintFilter(tolerations: readonly TolerationSpec[]): Filter {
  return (cluster) => {
    const taint = cluster.taints?.find((each) => repels(each) && !tolerations.some((one) => tolerates(one, each)));
    return taint && { plugin: 'TaintToleration', why: `its taint ${taintText(taint)} is not tolerated` };
  };
}

function repels({ effect }: ClusterTaint): boolean {
  return effect === 'NoSchedule' || effect === 'NoExecute';
}

function taintText({ key, value, effect }: ClusterTaint): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

function spreadFilter(constraints: readonly SpreadConstraintSpec[]): Filter {
  const fields = constraints.map(({ spreadByField }) => anyText(spreadByField)).filter(isTopology);
  return (cluster) => {
    const missing = fields.find((field) => topologyOf(cluster, field).length === 0);
    return missing === undefined
      ? undefined
      : { plugin: 'SpreadConstraint', why: `it has no ${missing}, by which the placement spreads` };
  };
}

function evictionFilter(evictedFrom: readonly string[]): Filter {
  const reason = { plugin: 'ClusterEviction', why: 'the workload is being evicted from it' } as const;
  return (cluster) => (evictedFrom.includes(cluster.name) ? reason : undefined);
}

function peersFilter(
  affinityPeers: readonly (readonly string[])[],
  antiAffinityPeers: readonly (readonly string[])[],
): Filter {
  return ({ name }) => {
    if (antiAffinityPeers.some((clusters) => clusters.includes(name))) {
      return { plugin: 'WorkloadAntiAffinity', why: 'a workload of the same anti-affinity group runs there' };
    }
    if (affinityPeers.some((clusters) => !clusters.includes(name))) {
      return { plugin: 'WorkloadAffinity', why: 'a workload of the same affinity group does not run there' };
    }
    return undefined;
  };
}
