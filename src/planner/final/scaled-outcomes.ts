import type { Outcome, ReplicaRange } from '../outcome';
import {
  requestOf,
  type TemplateScheduling,
  type TemplateToSchedule,
  undecidedByCapacity,
} from '../plan/template-scheduling';
import { needsCapacities, selectsBySpread, strategyOf } from '../schedule/strategy';

/**
 * The results at both ends of a range of replicas, between which the number of every cluster stays.
 *
 * Static weights and duplicated replicas do not take a replica from any cluster when the total grows. A division by
 * capacity adds to earlier results, which depend on the way: then a cluster may have any number.
 */
export function outcomesOver(
  question: TemplateToSchedule,
  { min, max }: ReplicaRange,
  scheduling: TemplateScheduling,
): readonly Outcome[] {
  const at = (replicas: number): TemplateToSchedule => ({ ...question, replicas: { ...question.replicas, replicas } });
  const { placement } = question;
  const feasible = scheduling.scheduler.feasible(requestOf(at(max)));
  const strategy = strategyOf(placement);
  const dependsOnTheWay = needsCapacities(strategy) || (selectsBySpread(placement) && strategy !== 'Duplicated');
  if (feasible.length > 1 && min < max && dependsOnTheWay) {
    return [undecidedByCapacity({ ...at(max), current: undefined }, feasible)];
  }
  return (min === max ? [min] : [min, max]).map((replicas) => scheduling.schedule(at(replicas)).outcome);
}
