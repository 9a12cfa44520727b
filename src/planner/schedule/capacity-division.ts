import { behaviourOf } from '../../karmada/release';
import { type Assignment, notEnough, targetsOf } from './assignment';
import type { Candidate } from './candidate';
import { goSorted } from './go-sort';
import type { ScheduleResult, TargetCluster } from './types';
import { divideByWeight } from './webster';

type CapacityStrategy = 'DynamicWeight' | 'Aggregated';

/**
 * Divides by capacity: dynamic weights over all selected clusters, aggregated over as few as have room. Unless a fresh
 * start is requested, it moves as little as possible: additional replicas are added to the current ones, surplus
 * replicas are removed in proportion, and an unchanged number changes nothing.
 *
 * @see Karmada v1.18.2 pkg/scheduler/core/division_algorithm.go
 */
export function assignByCapacity(
  selected: readonly Candidate[],
  assignment: Assignment,
  strategy: CapacityStrategy,
): ScheduleResult {
  const names = new Set(selected.map(({ name }) => name));
  const kept = assignment.previous.filter(({ name }) => names.has(name));
  const assigned = sumOf(kept);
  if (assignment.freshStart) return startFresh(selected, kept, assignment, strategy);
  if (assigned > assignment.replicas) return scaleDown(kept, assignment, strategy);
  if (assigned < assignment.replicas) return scaleUp(selected, kept, assignment, strategy);
  return { kind: 'scheduled', clusters: kept };
}

/** Divides all replicas anew; current replicas count as room. */
function startFresh(
  selected: readonly Candidate[],
  kept: readonly TargetCluster[],
  assignment: Assignment,
  strategy: CapacityStrategy,
): ScheduleResult {
  const running = new Map(kept.map(({ name, replicas }) => [name, replicas]));
  const room = roomIn(selected, assignment).map(({ name, replicas }) => ({
    name,
    replicas: replicas + (running.get(name) ?? 0),
  }));
  return divide(assignment.replicas, roomiestFirst(room), [], assignment, strategy);
}

/** Divides the desired number in proportion to current replicas; up to v1.16 including clusters that are no longer selected. */
function scaleDown(kept: readonly TargetCluster[], assignment: Assignment, strategy: CapacityStrategy): ScheduleResult {
  const running = behaviourOf(assignment.karmada).scaleDownWithinSelection ? kept : assignment.previous;
  return divide(assignment.replicas, roomiestFirst(running), [], assignment, strategy);
}

/** Divides the missing replicas by room and adds them to the current ones. */
function scaleUp(
  selected: readonly Candidate[],
  kept: readonly TargetCluster[],
  assignment: Assignment,
  strategy: CapacityStrategy,
): ScheduleResult {
  const missing = assignment.replicas - sumOf(kept);
  return divide(missing, roomiestFirst(roomIn(selected, assignment)), kept, assignment, strategy);
}

function divide(
  replicas: number,
  room: readonly TargetCluster[],
  kept: readonly TargetCluster[],
  { tieBreak }: Assignment,
  strategy: CapacityStrategy,
): ScheduleResult {
  const total = sumOf(room);
  if (total < replicas) return notEnough(`${total} of ${replicas} replicas fit`);
  const taking = strategy === 'Aggregated' ? fewestWithRoom(replicas, room, kept) : room;
  const weights = new Map(taking.map(({ name, replicas: weight }) => [name, weight]));
  // If all weights are 0, nothing is divided and no cluster is added.
  const added = replicas > 0 && sumOf(taking) > 0 ? targetsOf(divideByWeight(replicas, weights, tieBreak)) : [];
  return { kind: 'scheduled', clusters: merge(kept, added) };
}

/** The shortest prefix of the list that has room, clusters with replicas first. */
function fewestWithRoom(
  replicas: number,
  room: readonly TargetCluster[],
  kept: readonly TargetCluster[],
): readonly TargetCluster[] {
  const running = new Set(kept.filter((each) => each.replicas > 0).map(({ name }) => name));
  const inOrder = [...room.filter(({ name }) => running.has(name)), ...room.filter(({ name }) => !running.has(name))];
  let sum = 0;
  const enough = inOrder.findIndex((each) => {
    sum += each.replicas;
    return sum >= replicas;
  });
  return inOrder.slice(0, enough + 1);
}

/** Adds new to current replicas: clusters with new replicas first, by name, then the others. */
function merge(kept: readonly TargetCluster[], added: readonly TargetCluster[]): readonly TargetCluster[] {
  if (kept.length === 0) return added;
  if (added.length === 0) return kept;
  const running = new Map(kept.map(({ name, replicas }) => [name, replicas]));
  const merged = added.map(({ name, replicas }) => {
    const before = running.get(name) ?? 0;
    running.delete(name);
    return { name, replicas: replicas + before };
  });
  return [...merged, ...[...running].map(([name, replicas]) => ({ name, replicas }))];
}

/** The answer of the estimators; without one, all desired replicas fit. */
function roomIn(selected: readonly Candidate[], { available, replicas }: Assignment): readonly TargetCluster[] {
  return selected.map(({ name }) => ({ name, replicas: available(name) ?? replicas }));
}

/** Up to twelve clusters, those with equal room stay in the order of selection. */
function roomiestFirst(room: readonly TargetCluster[]): readonly TargetCluster[] {
  return goSorted(room, (a, b) => a.replicas > b.replicas);
}

function sumOf(targets: readonly TargetCluster[]): number {
  return targets.reduce((sum, { replicas }) => sum + replicas, 0);
}
