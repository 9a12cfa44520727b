import type { ClusterAffinitySpec, PlacementSpec, SpreadConstraintSpec } from '../../karmada/policy-spec';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';

/** One affinity of a placement: the single one, a group of `clusterAffinities`, or an overflow group of such a group. */
export interface AffinityGroup {
  /** Field that holds it, such as `spec.placement.clusterAffinities[1]`. */
  readonly path: string;
  readonly affinity: ClusterAffinitySpec;
  /** Its `affinityName`. @default - it is the single one */
  readonly name?: string;
  /** The group that it takes the overflow of. @default - it takes none */
  readonly overflowOf?: string;
}

/** A propagation policy, and how it places. */
export interface PolicyPlacement {
  readonly policy: PropagationPolicy;
  /** `Kind/namespace/name`. */
  readonly key: string;
  /** The placement of the policy; empty if it is omitted. */
  readonly placement: PlacementSpec;
  /** Its affinities in the order in which Karmada tries them; empty where every cluster is meant. */
  readonly groups: readonly AffinityGroup[];
}

/** The placements of all propagation policies. */
export function placementsIn({ propagationPolicies }: ControlPlaneState): readonly PolicyPlacement[] {
  return propagationPolicies.map((policy) => {
    const placement = (recordOf(policy.spec.placement) ?? {}) as PlacementSpec;
    return { policy, key: policyKey(policy), placement, groups: groupsOf(placement) };
  });
}

/** Field path of the placement of a policy. */
export const placementPath = 'spec.placement';

function groupsOf(placement: PlacementSpec): readonly AffinityGroup[] {
  const single = recordOf(placement.clusterAffinity);
  if (single) return [{ path: `${placementPath}.clusterAffinity`, affinity: single }];
  return listOf(placement.clusterAffinities).flatMap((term, index): AffinityGroup[] => {
    const affinity = recordOf(term);
    if (!affinity) return [];
    const path = `${placementPath}.clusterAffinities[${index}]`;
    const name = textOf(affinity['affinityName']);
    const overflow = listOf(fieldAt(affinity, 'overflowAffinities')).flatMap((each, at): AffinityGroup[] => {
      const group = recordOf(each);
      const overflowName = textOf(fieldAt(each, 'affinityName'));
      return group
        ? [{ path: `${path}.overflowAffinities[${at}]`, affinity: group, name: overflowName, overflowOf: name }]
        : [];
    });
    return [{ path, affinity, name }, ...overflow];
  });
}

/** A spread constraint, and what it spreads by: a constraint that says nothing is stored as one by cluster. */
export interface Spread {
  /** Field that holds it, such as `spec.placement.spreadConstraints[0]`. */
  readonly path: string;
  readonly constraint: SpreadConstraintSpec;
  /** `cluster`, `region`, `zone`, `provider`; empty where it spreads by label. */
  readonly field: string;
}

/** The spread constraints of a placement. @see Karmada v1.18.2 pkg/util/helper/policy.go, SetDefaultSpreadConstraints */
export function spreadsOf(placement: PlacementSpec): readonly Spread[] {
  return listOf(placement.spreadConstraints).flatMap((each, index): Spread[] => {
    const constraint = recordOf(each) as SpreadConstraintSpec | undefined;
    if (!constraint) return [];
    const byLabel = Boolean(constraint.spreadByLabel);
    const field = textOf(constraint.spreadByField) || (byLabel ? '' : 'cluster');
    return [{ path: `${placementPath}.spreadConstraints[${index}]`, constraint, field }];
  });
}

/** Common cause of findings about the clusters that a policy chooses. */
export function clustersCause(key: string): string {
  return `clusters of ${key}`;
}

/** Common cause of findings about the spread constraints of a policy. */
export function spreadCause(key: string): string {
  return `spread of ${key}`;
}
