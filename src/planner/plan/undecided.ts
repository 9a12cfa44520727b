import type { KubernetesObject } from '../../kubernetes/object';
import { listOf, recordOf } from '../../kubernetes/plain-data';
import type { AtRunTimeOutcome, ReplicaRange } from '../outcome';
import { needsCapacities, strategyOf } from '../schedule/strategy';
import type { TemplateToSchedule } from './template-to-schedule';

/** The most replicas that Karmada can count. */
const mostReplicas = 2 ** 31 - 1;

/** A template whose placement is known, as far as bounds depend on it. */
type Subject = Pick<TemplateToSchedule, 'replicas' | 'current' | 'placement'>;

/** The outcome where free capacity decides, which nobody told us. */
export function undecidedByCapacity(subject: Subject, feasible: readonly string[]): AtRunTimeOutcome {
  const strategy = strategyOf(subject.placement);
  const why = needsCapacities(strategy)
    ? `${strategy === 'Aggregated' ? 'aggregated division' : 'the dynamic weight'} depends on the room in each cluster`
    : 'which clusters the spread constraints select depends on the room in each';
  return undecided(subject, feasible, why);
}

/**
 * The outcome of a template that the running system decides about.
 *
 * @param feasible - clusters it may come to
 */
export function undecided(subject: Subject, feasible: readonly string[], why: string): AtRunTimeOutcome {
  const previous = subject.current?.clusters ?? [];
  const bounds = new Map<string, ReplicaRange>();
  const { replicas } = subject.replicas;
  for (const name of feasible) bounds.set(name, { min: 0, max: replicas });
  // What runs stays where the clusters have no room for the whole.
  for (const { name, replicas: running } of previous) {
    bounds.set(name, { min: 0, max: Math.max(running, bounds.get(name)?.max ?? 0) });
  }
  const guaranteed: string[] = [];
  for (const target of onlyGrows(subject) ? previous : []) {
    if (target.replicas === 0 || !feasible.includes(target.name)) continue;
    guaranteed.push(target.name);
    bounds.set(target.name, { min: target.replicas, max: replicas });
  }
  return { kind: 'atRunTime', why, clusters: [...bounds.keys()], bounds, guaranteed };
}

/** Whether replicas are added to those that run, which then stay: they cannot move to another group or selection. */
function onlyGrows({ placement, replicas, current }: Subject): boolean {
  if (!current || current.rescheduleRequested || !needsCapacities(strategyOf(placement))) return false;
  if (listOf(placement.clusterAffinities).length > 0 || listOf(placement.spreadConstraints).length > 0) return false;
  return current.clusters.reduce((sum, target) => sum + target.replicas, 0) <= replicas.replicas;
}

/** The number that a template writes as `spec.replicas`, where only a script or webhook knows what it means. */
export function writtenReplicas(template: KubernetesObject): number {
  const written = recordOf(template.spec)?.['replicas'];
  return typeof written === 'number' ? written : mostReplicas;
}
