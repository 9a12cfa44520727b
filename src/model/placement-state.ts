import { workloadAffinityCauses } from '../admission/rules/placement';
import {
  type PlacementSpec,
  type SpreadConstraintSpec,
  specProperties,
  type WorkloadAffinitySpec,
} from '../karmada/policy-spec';
import { deepFreeze } from '../kubernetes/freeze';
import { checkedList, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { joinWords, quoted } from '../problem/words';
import { type AffinityGroup, checkGroups, groupFromSpec, groupToSpec } from './affinity-group';
import { Clusters } from './clusters';
import { refuse } from './refuse';
import { divisionFromSpec, divisionToSpec, isStatic, type ReplicaDivision } from './replica-division';
import { checkedSpreadConstraints } from './spread-constraint';
import { Toleration } from './toleration';

/** The parts of a placement. Clusters are either in `clusters` or in `groups`. */
export interface PlacementState {
  readonly clusters?: Clusters | undefined;
  readonly groups: readonly AffinityGroup[];
  readonly division?: ReplicaDivision | undefined;
  readonly spread: readonly SpreadConstraintSpec[];
  readonly tolerations: readonly Toleration[];
  readonly workloadAffinity?: WorkloadAffinity | undefined;
}

/** Label keys that group the workloads of a namespace. */
export interface WorkloadAffinity {
  /** Workloads of one group run in the same clusters. */
  readonly affinity?: string;
  /** Workloads of one group run in different clusters. */
  readonly antiAffinity?: string;
}

/** The placement for a manifest: frozen, without defaults. */
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
 * Reads the parts of a placement from a manifest.
 *
 * @throws ModelError for what Karmada rejects or ignores
 */
export function placementFromSpec(spec: PlacementSpec): PlacementState {
  checkProperties(spec, specProperties.PlacementSpec, 'placement');
  const { clusterAffinity, replicaScheduling, workloadAffinity } = withoutNull(spec);
  const terms = checkedList(spec.clusterAffinities, 'clusterAffinities');
  if (clusterAffinity !== undefined && terms.length > 0) {
    throw new ModelError('placement has both clusterAffinity and clusterAffinities, which Karmada rejects', {
      code: 'placement.affinities',
      fix: 'move the clusterAffinity into clusterAffinities, as the first item, with a name',
    });
  }
  return {
    clusters: clusterAffinity !== undefined ? Clusters.fromSpec(clusterAffinity) : undefined,
    groups: terms.map(groupFromSpec),
    division: replicaScheduling !== undefined ? divisionFromSpec(replicaScheduling) : undefined,
    spread: checkedSpreadConstraints(spec.spreadConstraints),
    tolerations: checkedList(spec.clusterTolerations, 'clusterTolerations').map(Toleration.fromSpec),
    workloadAffinity: workloadAffinity !== undefined ? workloadAffinityFromSpec(workloadAffinity) : undefined,
  };
}

/**
 * Rejects parts that are valid alone but not in combination.
 *
 * @throws ModelError `placement.…`
 */
export function checkPlacement(state: PlacementState): void {
  const { clusters, groups, division, spread, tolerations } = state;
  if (clusters !== undefined && !(clusters instanceof Clusters)) {
    throw new ModelError(`placement needs Clusters, got ${quoted(clusters)}`, {
      code: 'property.type',
      fix: 'write Clusters.in("member1"), Clusters.where({ region: "eu" }) or Clusters.all()',
    });
  }
  for (const toleration of tolerations) {
    if (toleration instanceof Toleration) continue;
    throw new ModelError(`tolerating takes Tolerations, got ${quoted(toleration)}`, {
      code: 'property.type',
      fix: 'write Toleration.of({ key: "maintenance" })',
    });
  }
  if (groups.length > 0) checkGroups(groups, division && divisionToSpec(division));
  if (spread.length > 0 && isStatic(division)) {
    throw new ModelError(
      `Karmada ignores spread constraints if the weights are ${division!.type === 'evenly' ? 'equal' : 'fixed'}`,
      {
        code: 'placement.ignored',
        fix: 'omit spreadOver and name the clusters, or use duplicated, aggregated or dynamicallyWeighted',
      },
    );
  }
  checkFallbacks(groups, division);
  checkReachable(state);
  if (state.workloadAffinity) checkWorkloadAffinity(state.workloadAffinity);
}

function checkFallbacks(groups: readonly AffinityGroup[], division: ReplicaDivision | undefined): void {
  if (groups.length > 1 && division?.type === 'exactly') {
    throw new ModelError('a placement with exact replicas cannot have further groups of clusters', {
      code: 'placement.groups',
      fix: 'use weighted, and pass weights to orElse',
    });
  }
}

/** Every cluster with a weight must be eligible, and every named fallback cluster must have a weight. */
function checkReachable({ clusters, groups, division }: PlacementState): void {
  if (division?.type !== 'weighted' && division?.type !== 'exactly') return;
  const affinities = groups.length > 0 ? groups.map((group) => group.clusters) : [clusters ?? Clusters.all()];
  for (const { clusters: target } of division.weights) {
    const lost = target.names.find((name) => affinities.every((affinity) => !mayContain(affinity, name)));
    if (lost === undefined) continue;
    throw new ModelError(`cluster "${lost}" has a weight, but is not eligible in this placement`, {
      code: 'placement.weights',
      fix: `remove the weight of "${lost}", or make the cluster eligible`,
    });
  }
  if (groups.length === 0 || !division.weights.every(({ clusters: target }) => target.isByName)) return;
  const weighted = new Set(division.weights.flatMap(({ clusters: target }) => target.names));
  for (const { name, clusters: target } of groups) {
    const without = target.names.filter((cluster) => !weighted.has(cluster));
    if (without.length === 0) continue;
    throw new ModelError(`affinity "${name}" names ${joinWords(without, 'and')} without a weight`, {
      code: 'placement.weights',
      fix: `give weights instead of names, such as orElse("${name}", { ${quoted(without[0])}: 1 })`,
    });
  }
}

function mayContain(affinity: Clusters, name: string): boolean {
  return !affinity.excluded.includes(name) && (affinity.names.length === 0 || affinity.names.includes(name));
}

/**
 * Rejects label keys that Karmada rejects.
 *
 * @throws ModelError `placement.workload-affinity`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateWorkloadAffinity
 */
function checkWorkloadAffinity(workloadAffinity: WorkloadAffinity): void {
  for (const key of Object.values(workloadAffinity)) {
    if (key === undefined || typeof key === 'string') continue;
    throw new ModelError(`workloadAffinity: label key ${quoted(key)} must be a string`, {
      code: 'placement.workload-affinity',
      fix: 'give the key of the label that groups the templates',
    });
  }
  refuse(
    workloadAffinityCauses(workloadAffinityToSpec(workloadAffinity), 'workloadAffinity'),
    'placement.workload-affinity',
  );
}

/** The `workloadAffinity` for a manifest. */
function workloadAffinityToSpec({ affinity, antiAffinity }: WorkloadAffinity): WorkloadAffinitySpec {
  return {
    ...(affinity !== undefined && { affinity: { groupByLabelKey: affinity } }),
    ...(antiAffinity !== undefined && { antiAffinity: { groupByLabelKey: antiAffinity } }),
  };
}

/** Reads the label keys from a manifest. */
function workloadAffinityFromSpec(spec: WorkloadAffinitySpec): WorkloadAffinity {
  checkProperties(spec, specProperties.WorkloadAffinitySpec, 'workloadAffinity');
  const { affinity, antiAffinity } = withoutNull(spec);
  return {
    ...(affinity !== undefined && { affinity: labelKeyOf(affinity) }),
    ...(antiAffinity !== undefined && { antiAffinity: labelKeyOf(antiAffinity) }),
  };
}

function labelKeyOf(term: { readonly groupByLabelKey: string }): string {
  checkProperties(term, specProperties.WorkloadAffinityTermSpec, 'workloadAffinity');
  // The check of keys then reports the empty key.
  return term.groupByLabelKey ?? '';
}

/** In a manifest, null is an absent field. */
function withoutNull<Spec extends object>(spec: Spec): Spec {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== null)) as Spec;
}
