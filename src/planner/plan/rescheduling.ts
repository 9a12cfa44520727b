import type { PlacementSpec, SpreadConstraintSpec } from '../../karmada/policy-spec';
import { recordOf, recordsOf } from '../../kubernetes/plain-data';
import { strategyOf } from '../schedule/strategy';
import type { BindingToSchedule } from '../schedule/types';
import type { CurrentBinding } from './current-bindings';

/** Annotation with the placement that the scheduler used last. */
const appliedPlacement = 'policy.karmada.io/applied-placement';

/**
 * Whether a deployed template is scheduled again. Divided replicas stay where they are, even if a cluster joins or loses
 * a taint, until the placement or their number changes, a target leaves, or rebalancing is requested. Everything else is
 * scheduled again at every event.
 *
 * @param fleet - names of the clusters
 * @see Karmada v1.18.2 pkg/scheduler/scheduler.go, doScheduleBinding
 */
export function isRescheduled(
  binding: BindingToSchedule,
  current: CurrentBinding,
  fleet: ReadonlySet<string>,
): boolean {
  const applied = placementIn(current.annotations[appliedPlacement]);
  if (!applied || canonical(applied) !== canonical(binding.placement)) return true;
  if (binding.replicas === 0 || strategyOf(binding.placement) === 'Duplicated') return true;
  if (current.clusters.reduce((sum, { replicas }) => sum + replicas, 0) !== binding.replicas) return true;
  return current.rescheduleRequested || current.clusters.some(({ name }) => !fleet.has(name));
}

function placementIn(annotation: string | undefined): PlacementSpec | undefined {
  if (annotation === undefined) return undefined;
  try {
    return recordOf(JSON.parse(annotation)) as PlacementSpec | undefined;
  } catch {
    // The scheduler writes it, so a malformed one was edited by hand. The scheduler then schedules again.
    return undefined;
  }
}

/** Canonical text of a placement: with the defaults of admission, without empty parts, with sorted fields. */
function canonical(placement: PlacementSpec): string {
  const { replicaScheduling, spreadConstraints } = placement;
  const divided = replicaScheduling && replicaScheduling.replicaSchedulingType !== 'Duplicated';
  return JSON.stringify(
    pruned({
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
    }),
  );
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
