import type { SpreadConstraintSpec } from '../karmada/policy-spec';
import { ModelError } from '../problem/model-error';
import { joinWords, quoted } from '../problem/words';
import { type AffinityGroup, checkGroups } from './affinity-group';
import { Clusters } from './clusters';
import { divisionToSpec, isStatic, type ReplicaDivision } from './replica-division';
import { Toleration } from './toleration';
import { checkWorkloadAffinity, type WorkloadAffinity } from './workload-affinity';

/** The parts of a placement. Clusters stand in `clusters` or in `groups`, never in both. */
export interface PlacementState {
  readonly clusters?: Clusters | undefined;
  readonly groups: readonly AffinityGroup[];
  readonly division?: ReplicaDivision | undefined;
  readonly spread: readonly SpreadConstraintSpec[];
  readonly tolerations: readonly Toleration[];
  readonly workloadAffinity?: WorkloadAffinity | undefined;
}

/**
 * Refuses parts that are fine alone but not together.
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
  checkGroups(groups, division && divisionToSpec(division));
  if (spread.length > 0 && isStatic(division)) {
    throw new ModelError(
      `spread constraints beside ${division!.type === 'evenly' ? 'equal' : 'fixed'} weights are ignored by Karmada`,
      {
        code: 'placement.ignored',
        fix: 'leave spreadOver out and choose the clusters, or use duplicated, aggregated or dynamicallyWeighted',
      },
    );
  }
  checkFallbacks(groups, division);
  checkReachable(state);
  if (state.workloadAffinity) checkWorkloadAffinity(state.workloadAffinity);
}

function checkFallbacks(groups: readonly AffinityGroup[], division: ReplicaDivision | undefined): void {
  if (groups.length > 1 && division?.type === 'exactly') {
    throw new ModelError('a placement of exactly so many replicas here and there has no other clusters to try', {
      code: 'placement.groups',
      fix: 'use weighted, and give orElse the weights of its clusters',
    });
  }
}

/** Fixed weights must reach a cluster that is eligible, and named fallbacks must have a weight. */
function checkReachable({ clusters, groups, division }: PlacementState): void {
  if (division?.type !== 'weighted' && division?.type !== 'exactly') return;
  const affinities = groups.length > 0 ? groups.map((group) => group.clusters) : [clusters ?? Clusters.all()];
  for (const { clusters: target } of division.weights) {
    const lost = target.names.find((name) => affinities.every((affinity) => !mayContain(affinity, name)));
    if (lost === undefined) continue;
    throw new ModelError(`cluster "${lost}" has a weight, but the placement does not reach it`, {
      code: 'placement.weights',
      fix: `leave out the weight of "${lost}", or make the cluster eligible`,
    });
  }
  if (groups.length === 0 || !division.weights.every(({ clusters: target }) => target.isByName)) return;
  const weighted = new Set(division.weights.flatMap(({ clusters: target }) => target.names));
  for (const { name, clusters: target } of groups) {
    const without = target.names.filter((cluster) => !weighted.has(cluster));
    if (without.length === 0) continue;
    throw new ModelError(`affinity "${name}" names ${joinWords(without, 'and')} without a weight`, {
      code: 'placement.weights',
      fix: `give weights in place of names, such as orElse("${name}", { ${quoted(without[0])}: 1 })`,
    });
  }
}

function mayContain(affinity: Clusters, name: string): boolean {
  return !affinity.excluded.includes(name) && (affinity.names.length === 0 || affinity.names.includes(name));
}
