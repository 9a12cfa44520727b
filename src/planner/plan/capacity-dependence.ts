import type { Cluster } from '../../karmada/cluster';
import { defaultKarmadaVersion } from '../../karmada/release';
import { listOf } from '../../kubernetes/plain-data';
import { isWorkload } from '../schedule/assign';
import { candidateOf } from '../schedule/schedule-once';
import { selectClusters } from '../schedule/select-clusters';
import { ignoresSpreadConstraints, needsCapacities, strategyOf } from '../schedule/strategy';
import type { BindingToSchedule } from '../schedule/types';

/** The parts of a request that decide whether capacities matter. */
interface Question {
  readonly binding: BindingToSchedule;
  readonly available: ((cluster: string) => number | undefined) | undefined;
}

/**
 * Whether the result depends on free capacity that nobody told us. It does where replicas are divided by capacity,
 * unless what runs already is kept or taken from; where the best few of several clusters are selected, since room
 * counts among equals; and where replicas overflow from one group into the next.
 *
 * @param feasible - clusters that pass the filters
 */
export function dependsOnCapacity(
  { binding, available }: Question,
  feasible: readonly Cluster[],
  overflowing: boolean,
): boolean {
  if (!isWorkload(binding) || feasible.length === 0) return false;
  const { placement } = binding;
  const strategy = strategyOf(placement);
  const selects = listOf(placement.spreadConstraints).length > 0 && !ignoresSpreadConstraints(placement);
  if (!selects && !overflowing && !needsCapacities(strategy)) return false;
  if (feasible.every(({ name }) => available?.(name) !== undefined)) return false;
  if (overflowing) return true;
  if (selects) return strategy !== 'Duplicated' || !selectsAllOrNone(binding, feasible);
  return !keepsOrTakes(binding, feasible);
}

/** With duplicated replicas room never fails a selection; it only orders the clusters to choose from. */
function selectsAllOrNone(binding: BindingToSchedule, feasible: readonly Cluster[]): boolean {
  const options = { karmada: defaultKarmadaVersion, tieBreak: 'ascending' } as const;
  const candidates = feasible.map((cluster) => candidateOf(cluster, 0, binding, options));
  const selection = selectClusters(candidates, binding.placement, binding.replicas);
  return (
    selection.kind === 'failed' || selection.clusters.length === feasible.length || selection.clusters.length === 0
  );
}

/** Whether enough replicas run already, so that none have to be added. */
function keepsOrTakes(
  { previous = [], replicas, freshStart }: BindingToSchedule,
  feasible: readonly Cluster[],
): boolean {
  if (freshStart) return false;
  const names = new Set(feasible.map(({ name }) => name));
  const running = previous.filter(({ name }) => names.has(name)).reduce((sum, target) => sum + target.replicas, 0);
  return running >= replicas;
}
