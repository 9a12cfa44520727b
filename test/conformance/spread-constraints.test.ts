import { assignToSelected, candidateOf } from '../../src/planner/schedule/schedule-once';
import { selectClusters } from '../../src/planner/schedule/select-clusters';
import { callOf, compareTargets, type RecordedSchedule, type RecordedTarget } from './schedule-support';
import { describeTopic, differenceOf } from './support';

interface RecordedSpread extends RecordedSchedule {
  readonly scores: Readonly<Record<string, number>>;
  readonly selected?: readonly string[];
  readonly assigned?: readonly RecordedTarget[];
  readonly assignError?: string;
}

describeTopic<RecordedSpread>('spread_constraints', (recorded, karmada) => {
  const { binding, clusters, options } = callOf(recorded, karmada);
  const candidates = clusters.map((cluster) =>
    candidateOf(cluster, 0, binding, options, recorded.scores[cluster.name]),
  );
  const selection = selectClusters(candidates, recorded.placement, recorded.replicas);
  if (selection.kind === 'failed') return recorded.error ? undefined : `unexpected refusal: ${selection.why}`;
  const names = selection.clusters.map(({ name }) => name);
  if (recorded.error) return `expected ${recorded.error}, got ${names.join(', ')}`;
  const difference = differenceOf(recorded.selected, names);
  if (difference) return difference;
  const result = assignToSelected(selection.clusters, binding, options);
  if (result.kind === 'failed') return recorded.assigned ? `unexpected refusal: ${result.why}` : undefined;
  if (!recorded.assigned) return `expected no assignment, got ${JSON.stringify(result.clusters)}`;
  return compareTargets(recorded.assigned, result.clusters, recorded.orderVaries);
});
