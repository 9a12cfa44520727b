import type { Cluster } from '../../karmada/cluster';
import { type ClusterMatcher, compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinityTermSpec, OverflowAffinitySpec, PlacementSpec } from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import { recordsOf } from '../../kubernetes/plain-data';

/** The groups of a placement, in order; empty if it has a single affinity or none. */
export function affinityTerms(placement: PlacementSpec): readonly ClusterAffinityTermSpec[] {
  return placement.clusterAffinity ? [] : recordsOf<ClusterAffinityTermSpec>(placement.clusterAffinities);
}

/** One compiled affinity group with its overflow groups. */
export interface Tiers {
  /** 0 for the group itself, 1 and up for its overflow groups; undefined if no group contains the cluster. */
  tierOf(cluster: Cluster): number | undefined;
  /** Whether there are overflow groups, so that replicas are assigned tier by tier. */
  readonly overflowing: boolean;
}

const everyCluster: Tiers = { tierOf: () => 0, overflowing: false };
const noCluster: Tiers = { tierOf: () => undefined, overflowing: false };

/**
 * The candidate groups of one attempt. A cluster belongs to the first group that matches it.
 *
 * @param affinityName - the term to try @default - the first
 * @param isWorkload - overflow groups (since v1.18) apply only to workloads
 * @see Karmada v1.18.2 pkg/scheduler/framework/plugins/clusteraffinity
 */
export function tiersOf(
  placement: PlacementSpec,
  affinityName: string | undefined,
  isWorkload: boolean,
  karmada: KarmadaVersion,
): Tiers {
  if (placement.clusterAffinity) return tiersFrom([compileClusterAffinity(placement.clusterAffinity, karmada)]);
  const terms = affinityTerms(placement);
  if (terms.length === 0) return everyCluster;
  const term = affinityName === undefined ? terms[0] : terms.find((each) => each.affinityName === affinityName);
  if (!term) return noCluster;
  const overflow =
    isWorkload && behaviourOf(karmada).overflowAffinities
      ? recordsOf<OverflowAffinitySpec>(term.overflowAffinities)
      : [];
  return tiersFrom([term, ...overflow].map((group) => compileClusterAffinity(group, karmada)));
}

function tiersFrom(groups: readonly ClusterMatcher[]): Tiers {
  return {
    tierOf: (cluster) => {
      const tier = groups.findIndex((matches) => matches(cluster));
      return tier < 0 ? undefined : tier;
    },
    overflowing: groups.length > 1,
  };
}
