import type { ClusterTaint } from '../../karmada/cluster';
import type { FailoverSpec, TolerationSpec } from '../../karmada/policy-spec';
import { tolerates } from '../schedule/tolerations';

/** A taint, and how long it has been there. */
export interface AgedTaint extends ClusterTaint {
  /** @default - the time is not recorded: no toleration runs out because of this taint */
  readonly secondsSinceAdded?: number;
}

/** Whether, and after how many seconds, a binding is evicted from a cluster. */
export type Eviction =
  | { readonly kind: 'now' }
  | { readonly kind: 'later'; readonly afterSeconds: number }
  | { readonly kind: 'never' };

/**
 * When the taint manager evicts a binding from one of its targets. Only NoExecute taints count. The tolerations are those
 * of the placement that the scheduler applied last.
 *
 * @see Karmada v1.18.2 pkg/controllers/cluster/taint_manager.go, needEvictionWithCurrentTime
 */
export function evictionOf(taints: readonly AgedTaint[], tolerations: readonly TolerationSpec[]): Eviction {
  const evicting = taints.filter(({ effect }) => effect === 'NoExecute');
  if (evicting.length === 0) return { kind: 'never' };
  const used = evicting.map((taint) => tolerations.find((toleration) => tolerates(toleration, taint)));
  if (used.includes(undefined)) return { kind: 'now' };
  let soonest: number | undefined;
  for (const toleration of used as readonly TolerationSpec[]) {
    const { tolerationSeconds } = toleration;
    if (typeof tolerationSeconds !== 'number') continue;
    for (const taint of evicting) {
      if (taint.secondsSinceAdded === undefined || !tolerates(toleration, taint)) continue;
      const left = Math.max(0, tolerationSeconds - taint.secondsSinceAdded);
      soonest = Math.min(soonest ?? left, left);
    }
  }
  if (soonest === undefined) return { kind: 'never' };
  return soonest === 0 ? { kind: 'now' } : { kind: 'later', afterSeconds: soonest };
}

/** What happens to the old copy: kept until the new ones are healthy, or deleted before they are written. */
export type PurgeMode = 'Gracefully' | 'Directly';

/**
 * The purge mode of an eviction by the taint manager.
 *
 * @param byFlag - `--no-execute-taint-eviction-purge-mode` of the controller manager, for policies without
 *   `failover.cluster` @default 'Gracefully'
 * @see Karmada v1.18.2 pkg/controllers/cluster/taint_manager.go, getPurgeMode
 */
export function purgeModeOf(failover: FailoverSpec | undefined | null, byFlag?: string): PurgeMode {
  const written: unknown = failover?.cluster ? failover.cluster.purgeMode : byFlag;
  return written === 'Directly' ? 'Directly' : 'Gracefully';
}
