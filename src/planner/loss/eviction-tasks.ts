import type { TargetCluster } from '../schedule/types';

/** A task in `spec.gracefulEvictionTasks` of a binding, at a moment. */
export interface EvictionTask {
  readonly fromCluster: string;
  /** Since its creation. @default - it has just been created, and is kept */
  readonly ageSeconds?: number;
  /** @default - the flag `--graceful-eviction-timeout` */
  readonly gracePeriodSeconds?: number;
  /** true keeps the old copy until somebody decides; false gives it up at once. @default - neither */
  readonly suppressDeletion?: boolean;
}

/** What the end of eviction tasks depends on. */
export interface EvictionProgress {
  /** `spec.clusters` of the binding. */
  readonly clusters: readonly TargetCluster[];
  /** Whether the scheduler has observed the current generation: its last run succeeded, or none was needed. */
  readonly observed: boolean;
  /** Health of the template by cluster, from `status.aggregatedStatus`; a cluster without status is missing. */
  readonly health: Readonly<Record<string, string>>;
  /** The flag `--graceful-eviction-timeout`. @default 600 */
  readonly timeoutSeconds?: number;
}

/** Default of the flag `--graceful-eviction-timeout`. */
export const defaultEvictionTimeout = 600;

/**
 * Whether an eviction task ends: the old copy is given up, and the cluster can be chosen again.
 *
 * @see Karmada v1.18.2 pkg/controllers/gracefuleviction/evictiontask.go, assessEvictionTasks
 */
export function hasEnded(task: EvictionTask, progress: EvictionProgress): boolean {
  const { ageSeconds, suppressDeletion } = task;
  if (ageSeconds === undefined) return false;
  if (suppressDeletion !== undefined) return !suppressDeletion;
  const { clusters, observed, health, timeoutSeconds = defaultEvictionTimeout } = progress;
  if (ageSeconds > (task.gracePeriodSeconds ?? timeoutSeconds)) return true;
  return observed && clusters.every(({ name }) => Object.hasOwn(health, name) && health[name] === 'Healthy');
}
