import type { Cluster, ClusterTaint } from '../../karmada/cluster';
import { compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import { anyText, fieldAt, listOf, recordsOf, textOf } from '../../kubernetes/plain-data';

/** A condition in the status of a Cluster. */
export interface ClusterCondition {
  readonly type: string;
  readonly status: string;
}

/** A taint of a cluster after the policies, and whether they added it. */
export interface PolicedTaint extends ClusterTaint {
  readonly added: boolean;
}

/**
 * The taints of a cluster after the ClusterTaintPolicies. Each adds those of its taints that the cluster lacks, by key and
 * effect, or removes them, even if others set them.
 *
 * @param policies - oldest first
 * @see Karmada v1.18.2 pkg/controllers/taint/clustertaintpolicy_controller.go
 */
export function taintsAfter(
  cluster: Cluster,
  conditions: readonly ClusterCondition[],
  policies: readonly KubernetesObject[],
  karmada: KarmadaVersion,
): readonly PolicedTaint[] {
  let taints: readonly PolicedTaint[] = (cluster.taints ?? []).map((taint) => ({ ...taint, added: false }));
  for (const { spec } of policies) {
    const targets = fieldAt(spec, 'targetClusters') as ClusterAffinitySpec | undefined;
    if (!compileClusterAffinity(targets, karmada)(cluster)) continue;
    const own = recordsOf<ClusterTaint>(fieldAt(spec, 'taints'));
    if (allHold(fieldAt(spec, 'addOnConditions'), conditions)) {
      for (const taint of own) if (!taints.some(isLike(taint))) taints = [...taints, { ...taint, added: true }];
    }
    if (allHold(fieldAt(spec, 'removeOnConditions'), conditions)) {
      taints = taints.filter((taint) => !own.some(isLike(taint)));
    }
  }
  return taints;
}

/** The policies in the order in which Karmada applies them; without a creation time, in the order given. */
export function oldestFirst(policies: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const created = ({ metadata }: KubernetesObject) => textOf(metadata?.['creationTimestamp']);
  // New ones, which have no time yet, are the youngest.
  return [...policies].sort((a, b) => {
    const [one, other] = [created(a) || '~', created(b) || '~'];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

function isLike({ key, effect }: ClusterTaint): (taint: ClusterTaint) => boolean {
  return (taint) => taint.key === key && taint.effect === effect;
}

/** An empty list never holds, and neither does a condition that the cluster does not report. */
function allHold(written: unknown, conditions: readonly ClusterCondition[]): boolean {
  const matches = listOf(written);
  return matches.length > 0 && matches.every((match) => holds(match, conditions));
}

function holds(match: unknown, conditions: readonly ClusterCondition[]): boolean {
  const found = conditions.find(({ type }) => type === fieldAt(match, 'conditionType'));
  if (!found) return false;
  const listed = listOf(fieldAt(match, 'statusValues')).includes(found.status);
  const operator = anyText(fieldAt(match, 'operator'));
  return operator === 'In' ? listed : operator === 'NotIn' && !listed;
}
