import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';
import { Interpreter, isWorkload, type Revision } from '../interpret/interpreter';
import type { TieBreak } from '../outcome';
import { tieBreakOf } from '../schedule/tie-break';
import type { TargetCluster } from '../schedule/types';
import { divideByWeight } from '../schedule/webster';

/** How the replicas of a template were scheduled. */
export interface RevisionOptions {
  /** Whether the policy divides replicas: then the completions of a Job are divided as well. */
  readonly divided: boolean;
  /** The tie break for completions. @default - from the UID of the template */
  readonly tieBreak?: TieBreak;
  /** Interprets the template. @default - without customizations */
  readonly interpreter?: Interpreter;
}

/** Returns the copy for one cluster; undefined for a cluster that is not a target. */
export type ReplicaReviser = (cluster: string) => Revision | undefined;

/**
 * The copy of a template for each target cluster: with the replicas scheduled there and, for a divided Job, its share of
 * the completions. Templates without replicas are not changed.
 *
 * @param targets - clusters of the binding with their replicas, those of referring templates included
 * @returns a copy for each target, in their order; unchanged copies are the template itself
 * @see Karmada v1.18.2 pkg/controllers/binding/common.go, ensureWork
 */
export function reviseReplicas(
  template: KubernetesObject,
  targets: readonly TargetCluster[],
  options: RevisionOptions,
): ReadonlyMap<string, Revision> {
  const revise = replicaReviser(template, targets, options);
  return new Map(targets.map(({ name }) => [name, revise(name) as Revision]));
}

/** As {@link reviseReplicas}, for a few of many clusters: copies are made on demand. */
export function replicaReviser(
  template: KubernetesObject,
  targets: readonly TargetCluster[],
  options: RevisionOptions,
): ReplicaReviser {
  const { interpreter = new Interpreter(), divided } = options;
  const replicasIn = new Map(targets.map(({ name, replicas }) => [name, replicas]));
  const interpretation = interpreter.replicasOf(template);
  if (interpretation.kind === 'notStated') return (cluster) => (replicasIn.has(cluster) ? interpretation : undefined);
  if (!isWorkload(interpretation)) {
    return (cluster) => (replicasIn.has(cluster) ? { kind: 'stated', object: template } : undefined);
  }
  const completions =
    divided && interpretation.replicas > 0 ? dividedCompletions(template, replicasIn, options) : undefined;
  return (cluster) => {
    const replicas = replicasIn.get(cluster);
    if (replicas === undefined) return undefined;
    const revision = interpreter.revise(template, replicas);
    const share = completions?.get(cluster);
    if (revision.kind === 'notStated' || share === undefined) return revision;
    return { kind: 'stated', object: withCompletions(revision.object, share) };
  };
}

/** Completions of a Job by cluster, in proportion to the parallelism there; undefined if there are none to divide. */
function dividedCompletions(
  template: KubernetesObject,
  replicasIn: ReadonlyMap<string, number>,
  { tieBreak = tieBreakOf(textOf(template.metadata?.uid)) }: RevisionOptions,
): ReadonlyMap<string, number> | undefined {
  if (template.kind !== 'Job') return undefined;
  const completions = fieldAt(template, 'spec', 'completions');
  if (typeof completions !== 'number' || completions <= 0) return undefined;
  const total = Array.from(replicasIn.values()).reduce((sum, replicas) => sum + replicas, 0);
  return total > 0 ? divideByWeight(completions, replicasIn, tieBreak) : undefined;
}

function withCompletions(job: KubernetesObject, completions: number): KubernetesObject {
  if (fieldAt(job, 'spec', 'completions') === completions) return job;
  return { ...job, spec: { ...(job.spec as object), completions } };
}
