import { affinityTermCauses } from '../admission/rules/placement';
import {
  type ClusterAffinitySpec,
  type ClusterAffinityTermSpec,
  type ReplicaSchedulingSpec,
  specProperties,
} from '../karmada/policy-spec';
import { checkedList, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { Clusters } from './clusters';
import { refuse } from './refuse';

/** A named group of clusters. Karmada tries the groups of a placement in order. */
export interface AffinityGroup {
  /** 1 to 32 characters, unique in its placement. */
  readonly name: string;
  readonly clusters: Clusters;
  /** Groups that take the replicas for which these clusters have no capacity, in order. Since Karmada 1.18. */
  readonly overflow: readonly OverflowGroup[];
}

/** A named group of clusters that takes the replicas for which the previous group has no capacity. */
export interface OverflowGroup {
  readonly name: string;
  readonly clusters: Clusters;
}

/**
 * Rejects groups that Karmada rejects.
 *
 * @throws ModelError `placement.affinity-name`, `placement.overflow`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidatePlacement
 */
export function checkGroups(
  groups: readonly AffinityGroup[],
  replicaScheduling: ReplicaSchedulingSpec | undefined,
): void {
  for (const group of groups) for (const { name } of [group, ...group.overflow]) checkName(name);
  const placement = { clusterAffinities: groups.map(statedTerm), ...(replicaScheduling && { replicaScheduling }) };
  refuse(affinityTermCauses(placement, 'clusterAffinities'), {
    'affinity-name': 'placement.affinity-name',
    'unique-affinity-name': 'placement.affinity-name',
    'overflow-needs-capacity-division': 'placement.overflow',
    'overflow-needs-affinity': 'placement.overflow',
  });
}

/** The term without empty selectors: Karmada accepts an overflow after an empty selector, although the overflow never receives replicas. */
function statedTerm(group: AffinityGroup): ClusterAffinityTermSpec {
  const { affinityName, overflowAffinities } = groupToSpec(group);
  return group.clusters.isAll
    ? { affinityName, ...(overflowAffinities && { overflowAffinities }) }
    : groupToSpec(group);
}

/** The term for a manifest. */
export function groupToSpec({ name, clusters, overflow }: AffinityGroup): ClusterAffinityTermSpec {
  return {
    affinityName: name,
    ...clusters.toSpec(),
    ...(overflow.length > 0 && {
      overflowAffinities: overflow.map((group) => ({ affinityName: group.name, ...group.clusters.toSpec() })),
    }),
  };
}

/** Reads a group from a term of a manifest. */
export function groupFromSpec(term: ClusterAffinityTermSpec): AffinityGroup {
  checkProperties(term, specProperties.ClusterAffinityTermSpec, 'affinity term');
  const { affinityName, overflowAffinities, ...affinity } = term;
  return group(
    affinityName,
    affinity,
    checkedList(overflowAffinities, 'overflowAffinities').map((overflow) => {
      checkProperties(overflow, specProperties.OverflowAffinitySpec, 'overflow affinity');
      const { affinityName: name, ...clusters } = overflow;
      return Object.freeze({ name, clusters: Clusters.fromSpec(clusters) });
    }),
  );
}

const longestName = 32;

function group(name: string, affinity: ClusterAffinitySpec, overflow: readonly OverflowGroup[]): AffinityGroup {
  return Object.freeze({ name, clusters: Clusters.fromSpec(affinity), overflow: Object.freeze(overflow) });
}

function checkName(name: unknown): void {
  const problem =
    typeof name !== 'string'
      ? 'must be a string'
      : name.length > longestName && `has ${name.length} characters, and Karmada allows ${longestName}`;
  if (!problem) return;
  throw new ModelError(`affinity name ${quoted(name)} ${problem}`, {
    code: 'placement.affinity-name',
    fix: 'give a short name such as "primary"',
  });
}
