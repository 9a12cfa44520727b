import type { ClusterAffinitySpec, ClusterAffinityTermSpec } from '../karmada/placement-spec';
import { labelKeyProblems } from '../kubernetes/names';
import { checkedList, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { affinityProperties } from './cluster-affinity';
import { Clusters } from './clusters';

/** Clusters under a name, one of several groups that are tried in order. */
export interface AffinityGroup {
  /** 1 to 32 characters, unique in its placement. */
  readonly name: string;
  readonly clusters: Clusters;
  /** Where replicas go that the clusters have no room for, in order. Since Karmada 1.18. */
  readonly overflow: readonly OverflowGroup[];
}

/** Clusters under a name, which take what the group before them has no room for. */
export interface OverflowGroup {
  readonly name: string;
  readonly clusters: Clusters;
}

/**
 * Refuses groups that Karmada would refuse.
 *
 * @throws ModelError `placement.affinity-name`, `placement.overflow`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidatePlacement
 */
export function checkGroups(groups: readonly AffinityGroup[]): void {
  if (groups.length === 0) return;
  checkNames(
    groups.map(({ name }) => name),
    'affinity',
  );
  for (const { name, clusters, overflow } of groups) {
    checkNames([name, ...overflow.map((group) => group.name)], 'overflow affinity');
    if (overflow.length > 0 && clusters.isAll) {
      throw new ModelError(`affinity "${name}" takes every cluster, so nothing is left to overflow to`, {
        code: 'placement.overflow',
        fix: `say which clusters "${name}" takes first, or leave "${overflow[0]!.name}" out`,
      });
    }
  }
}

/** The term that says this in a manifest. */
export function groupToSpec({ name, clusters, overflow }: AffinityGroup): ClusterAffinityTermSpec {
  return {
    affinityName: name,
    ...clusters.toSpec(),
    ...(overflow.length > 0 && {
      overflowAffinities: overflow.map((group) => ({ affinityName: group.name, ...group.clusters.toSpec() })),
    }),
  };
}

/** The group that a term of a manifest holds. */
export function groupFromSpec(term: ClusterAffinityTermSpec): AffinityGroup {
  checkProperties(term, [...affinityProperties, 'affinityName', 'overflowAffinities'], 'affinity term');
  const { affinityName, overflowAffinities, ...affinity } = term;
  return group(
    affinityName,
    affinity,
    checkedList(overflowAffinities, 'overflowAffinities').map((overflow) => {
      checkProperties(overflow, [...affinityProperties, 'affinityName'], 'overflow affinity');
      const { affinityName: name, ...clusters } = overflow;
      return Object.freeze({ name, clusters: Clusters.fromSpec(clusters) });
    }),
  );
}

const longestName = 32;

function group(name: string, affinity: ClusterAffinitySpec, overflow: readonly OverflowGroup[]): AffinityGroup {
  return Object.freeze({ name, clusters: Clusters.fromSpec(affinity), overflow: Object.freeze(overflow) });
}

function checkNames(names: readonly unknown[], what: string): void {
  names.forEach((name, index) => {
    const problem =
      typeof name !== 'string'
        ? 'must be a string'
        : name.length > longestName
          ? `has ${name.length} characters, and Karmada allows ${longestName}`
          : labelKeyProblems(name)[0];
    if (problem !== undefined) {
      throw new ModelError(`${what} name ${quoted(name)} ${problem}`, {
        code: 'placement.affinity-name',
        fix: 'give a short name such as "primary"',
      });
    }
    if (names.indexOf(name) < index) {
      throw new ModelError(`${what} name "${name}" is there twice`, {
        code: 'placement.affinity-name',
        fix: 'give each group a name of its own',
      });
    }
  });
}
