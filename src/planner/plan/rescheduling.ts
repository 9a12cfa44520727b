import type { ClusterAffinityTermSpec, PlacementSpec, SpreadConstraintSpec } from '../../karmada/policy-spec';
import { recordOf, recordsOf } from '../../kubernetes/plain-data';
import { isWorkload } from '../schedule/assign';
import { strategyOf } from '../schedule/strategy';
import type { BindingToSchedule } from '../schedule/types';
import type { CurrentBinding } from './current-bindings';

/** Annotation with the placement that the scheduler used last. */
const appliedPlacement = 'policy.karmada.io/applied-placement';

/** Why the scheduler schedules a deployed template again. */
export type ReasonToSchedule =
  /** The placement, or the affinity group in use, is not the one that was applied last. */
  | 'placement'
  /** The replicas of the targets are not the desired ones. */
  | 'replicas'
  /** A WorkloadRebalancer requested it. */
  | 'rebalance'
  /** It is duplicated, or counts no replicas: such templates are scheduled at every event. */
  | 'always'
  /** A target is being removed. */
  | 'targetRemoved';

/**
 * Why a deployed template is scheduled again; undefined if it stays where it is. Divided replicas stay, even if a cluster
 * joins or loses a taint, until the placement or their number changes, a target leaves, or rebalancing is requested.
 *
 * @param staying - names of the clusters that are not being removed
 * @see Karmada v1.18.2 pkg/scheduler/scheduler.go, doScheduleBinding
 */
export function reasonToSchedule(
  binding: BindingToSchedule,
  current: CurrentBinding,
  staying: ReadonlySet<string>,
): ReasonToSchedule | undefined {
  const { placement, replicas } = binding;
  if (isPlacementChanged(placement, current)) return 'placement';
  const strategy = strategyOf(placement);
  if (strategy === 'Duplicated' ? differsInEach(current, binding) : sumOf(current) !== replicas) return 'replicas';
  if (current.rescheduleRequested) return 'rebalance';
  if (strategy === 'Duplicated' || !isWorkload(binding)) return 'always';
  return current.clusters.some(({ name }) => !staying.has(name)) ? 'targetRemoved' : undefined;
}

function differsInEach({ clusters }: CurrentBinding, { placement, replicas }: BindingToSchedule): boolean {
  return Boolean(placement.replicaScheduling) && clusters.some((target) => target.replicas !== replicas);
}

function sumOf({ clusters }: CurrentBinding): number {
  return clusters.reduce((sum, { replicas }) => sum + replicas, 0);
}

/**
 * Whether the placement differs from the applied one. A change in affinity groups counts only if it affects the group in
 * use.
 *
 * @see Karmada v1.18.2 pkg/scheduler/helper.go, placementChanged
 */
function isPlacementChanged(placement: PlacementSpec, current: CurrentBinding): boolean {
  const { annotations, observedAffinityName } = current;
  if (current.applied === placement) return false;
  const written = annotations[appliedPlacement];
  if (!current.applied && !written) return true;
  const applied = current.applied ?? placementIn(written as string);
  // The scheduler keeps the result if it cannot read what it wrote.
  if (!applied) return false;
  if (canonical(placement) === canonical(applied)) return false;
  const [{ clusterAffinities: terms, workloadAffinity: _, ...rest }, { clusterAffinities: appliedTerms, ...others }] = [
    placement,
    applied,
  ];
  const { workloadAffinity: __, ...appliedRest } = others;
  if (canonical(rest) !== canonical(appliedRest)) return true;
  const inUse = (list: unknown) =>
    recordsOf<ClusterAffinityTermSpec>(list).find(({ affinityName }) => affinityName === observedAffinityName);
  const [term, appliedTerm] = [inUse(terms), inUse(appliedTerms)];
  return !observedAffinityName || !term || !appliedTerm || canonicalText(term) !== canonicalText(appliedTerm);
}

function placementIn(annotation: string): PlacementSpec | undefined {
  try {
    return recordOf(JSON.parse(annotation)) as PlacementSpec | undefined;
  } catch {
    // The scheduler writes it, so a malformed one was edited by hand.
    return undefined;
  }
}

/** Canonical text of a placement: with the defaults of admission, without empty parts, with sorted fields. */
function canonical(placement: PlacementSpec): string {
  const { replicaScheduling, spreadConstraints } = placement;
  const divided = replicaScheduling && replicaScheduling.replicaSchedulingType !== 'Duplicated';
  return canonicalText({
    ...placement,
    ...(replicaScheduling && {
      replicaScheduling: {
        replicaSchedulingType: 'Divided',
        ...(divided && { replicaDivisionPreference: 'Weighted' }),
        ...replicaScheduling,
      },
    }),
    spreadConstraints: recordsOf<SpreadConstraintSpec>(spreadConstraints).map((constraint) => ({
      ...(!constraint.spreadByLabel && { spreadByField: 'cluster' }),
      ...constraint,
      minGroups: constraint.minGroups || 1,
    })),
  });
}

function canonicalText(value: unknown): string {
  return JSON.stringify(pruned(value)) ?? '';
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(pruned);
  const record = recordOf(value);
  if (!record) return value === null || value === '' || value === 0 ? undefined : value;
  const fields = Object.entries(record)
    .map(([key, field]) => [key, pruned(field)] as const)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields);
}
