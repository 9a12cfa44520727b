import { type PlacementSpec, specProperties } from '../karmada/policy-spec';
import { deepFreeze } from '../kubernetes/freeze';
import { checkedList, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { groupFromSpec, groupToSpec } from './affinity-group';
import { Clusters } from './clusters';
import type { PlacementState } from './placement-check';
import { divisionFromSpec, divisionToSpec } from './replica-division';
import { checkedSpreadConstraints } from './spread-constraint';
import { Toleration } from './toleration';
import { workloadAffinityFromSpec, workloadAffinityToSpec } from './workload-affinity';

/** A placement as a manifest holds it: frozen, and without anything that was not asked for. */
export function placementToSpec(state: PlacementState): PlacementSpec {
  const { clusters, groups, division, spread, tolerations, workloadAffinity } = state;
  return deepFreeze<PlacementSpec>({
    ...(clusters && { clusterAffinity: clusters.toSpec() }),
    ...(groups.length > 0 && { clusterAffinities: groups.map(groupToSpec) }),
    ...(tolerations.length > 0 && { clusterTolerations: tolerations.map((toleration) => toleration.toSpec()) }),
    ...(spread.length > 0 && { spreadConstraints: spread }),
    ...(division && { replicaScheduling: divisionToSpec(division) }),
    ...(workloadAffinity && { workloadAffinity: workloadAffinityToSpec(workloadAffinity) }),
  });
}

/**
 * The parts of a placement that a manifest holds.
 *
 * @throws ModelError for what Karmada would refuse, and for what it would ignore
 */
export function placementFromSpec(spec: PlacementSpec): PlacementState {
  checkProperties(spec, specProperties.PlacementSpec, 'placement');
  const { clusterAffinity, replicaScheduling, workloadAffinity } = spec;
  const terms = checkedList(spec.clusterAffinities, 'clusterAffinities');
  if (clusterAffinity && terms.length > 0) {
    throw new ModelError('placement has both clusterAffinity and clusterAffinities, and Karmada refuses that', {
      code: 'placement.affinities',
      fix: 'make the clusterAffinity the first of the clusterAffinities, with a name',
    });
  }
  return {
    clusters: clusterAffinity ? Clusters.fromSpec(clusterAffinity) : undefined,
    groups: terms.map(groupFromSpec),
    division: replicaScheduling ? divisionFromSpec(replicaScheduling) : undefined,
    spread: checkedSpreadConstraints(spec.spreadConstraints),
    tolerations: checkedList(spec.clusterTolerations, 'clusterTolerations').map(Toleration.fromSpec),
    workloadAffinity: workloadAffinity ? workloadAffinityFromSpec(workloadAffinity) : undefined,
  };
}
