import type { Cluster } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec, PlacementSpec, StaticWeightSpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import { isInvalidLabelSelector } from '../../kubernetes/label-selector';
import { fieldAt, listOf, numberOf, recordOf } from '../../kubernetes/plain-data';
import { strategyOf } from '../../planner/schedule/strategy';
import type { Attempt } from './feasible-clusters';
import type { LintInput } from './lint-input';
import { type PolicyPlacement, placementPath } from './policy-placement';

/** One entry of a `staticWeightList`. */
export interface WeightRule {
  /** Such as `spec.placement.replicaScheduling.weightPreference.staticWeightList[0]`. */
  readonly path: string;
  readonly weight: number;
  readonly target: ClusterAffinitySpec;
  /** Clusters of the fleet that it matches, wherever the placement goes. */
  readonly matches: ReadonlySet<string>;
  /** Names that the fleet does not have. */
  readonly unknown: readonly string[];
  /** Whether its selectors cannot be read, so that it matches nothing. */
  readonly broken: boolean;
}

/** A policy that divides replicas by static weights, rule by rule. */
export interface WeightedPlacement extends PolicyPlacement {
  readonly rules: readonly WeightRule[];
  /** Clusters of the fleet that have a weight. */
  readonly weighted: ReadonlySet<string>;
  /** What each affinity group offers. */
  readonly attempts: readonly Attempt[];
  /** Clusters that the affinity chooses in any of its groups. */
  readonly chosen: ReadonlySet<string>;
}

/** Where the list of weights stands. */
export const weightsPath = `${placementPath}.replicaScheduling.weightPreference.staticWeightList`;

/**
 * The policies with a `staticWeightList` that counts, without those of the common form, about which there is nothing to
 * say: one weight for each cluster that the affinity names. None where the fleet is unknown.
 */
export function weightedPlacementsOf({
  placements,
  attemptsOf,
  fleet,
  karmada,
}: Pick<LintInput, 'fleet' | 'karmada'> & {
  readonly placements: readonly PolicyPlacement[];
  readonly attemptsOf: (placement: PlacementSpec) => readonly Attempt[];
}): readonly WeightedPlacement[] {
  if (!fleet) return [];
  const byName = new Map(fleet.map((cluster) => [cluster.name, cluster]));
  return placements.flatMap((placed): readonly WeightedPlacement[] => {
    const { placement } = placed;
    const list = listOf<StaticWeightSpec>(placement.replicaScheduling?.weightPreference?.staticWeightList);
    if (list.length === 0 || strategyOf(placement) !== 'StaticWeight') return [];
    if (namesEachClusterOnce(placement, list, byName)) return [];
    const attempts = attemptsOf(placement);
    const chosen = new Set(attempts.flatMap((attempt) => attempt.chosen.map(({ cluster }) => cluster.name)));
    const rules = weightRules(list, byName, karmada);
    const weighted = new Set(rules.flatMap(({ matches }) => [...matches]));
    return [{ ...placed, attempts, chosen, rules, weighted }];
  });
}

function namesEachClusterOnce(
  { clusterAffinity, clusterAffinities }: PlacementSpec,
  list: readonly StaticWeightSpec[],
  fleet: ReadonlyMap<string, Cluster>,
): boolean {
  const chosen = onlyNames(clusterAffinity);
  if (!chosen || clusterAffinities !== undefined || chosen.length !== list.length) return false;
  const open = new Set(chosen);
  for (const entry of list) {
    const [name, ...others] = onlyNames(entry?.targetCluster) ?? [];
    if (name === undefined || others.length > 0 || !(numberOf(entry.weight) > 0)) return false;
    if (!fleet.has(name) || !open.delete(name)) return false;
  }
  return open.size === 0;
}

/** The names in an affinity that says nothing else. */
function onlyNames(affinity: ClusterAffinitySpec | null | undefined): readonly string[] | undefined {
  if (!affinity || affinity.labelSelector || affinity.fieldSelector || listOf(affinity.exclude).length > 0) {
    return undefined;
  }
  return listOf<string>(affinity.clusterNames);
}

function weightRules(
  list: readonly StaticWeightSpec[],
  fleet: ReadonlyMap<string, Cluster>,
  karmada: KarmadaVersion,
): readonly WeightRule[] {
  return list.flatMap((entry, index): readonly WeightRule[] => {
    const target = (recordOf(entry?.targetCluster) ?? {}) as ClusterAffinitySpec;
    const weight = numberOf(entry?.weight);
    if (!(weight > 0)) return [];
    const names = listOf<string>(target.clusterNames);
    const selects = target.labelSelector || target.fieldSelector || listOf(target.exclude).length > 0;
    // A rule that names clusters is compared with these alone, if at all, so that one rule a cluster stays linear.
    const asked = names.length > 0 ? names.flatMap((name) => fleet.get(name) ?? []) : [...fleet.values()];
    return [
      {
        path: `${weightsPath}[${index}]`,
        weight,
        target,
        matches: new Set(
          (selects ? asked.filter(compileClusterAffinity(target, karmada)) : asked).map(({ name }) => name),
        ),
        unknown: names.filter((name) => !fleet.has(name)),
        broken: Boolean(selects) && isBroken(target),
      },
    ];
  });
}

const operators: readonly unknown[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function isBroken({ labelSelector, fieldSelector }: ClusterAffinitySpec): boolean {
  if (labelSelector && isInvalidLabelSelector(labelSelector)) return true;
  return listOf(fieldSelector?.matchExpressions).some((expression) => {
    const key = fieldAt(expression, 'key');
    const isField = key === 'provider' || key === 'region' || key === 'zone';
    return !isField || !operators.includes(fieldAt(expression, 'operator'));
  });
}

/** What a rule is for, in words: the clusters it names, or those it selects by label or field. */
export function ruleTarget({ target, matches }: WeightRule): string {
  const names = listOf<string>(target.clusterNames);
  if (names.length > 0) return names.join(', ');
  return matches.size > 0 ? [...matches].join(', ') : 'clusters of which the fleet has none';
}
