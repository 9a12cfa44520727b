import type { ClusterTaint } from '../../karmada/cluster';
import { child, item } from '../../kubernetes/field-path';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import type { Review } from '../review';

export type ClusterTaintPolicyObject = KubernetesObject & {
  readonly spec?: { readonly taints?: readonly Partial<ClusterTaint>[] };
};

/**
 * Why Karmada's webhook rejects a ClusterTaintPolicy.
 *
 * @see Karmada v1.18.2 pkg/webhook/clustertaintpolicy/validating.go
 */
export function* clusterTaintPolicyCauses({
  object,
  allowNoExecuteTaints,
}: Review<ClusterTaintPolicyObject>): Iterable<FieldProblem> {
  const seen = new Set<string>();
  for (const [index, { key = '', effect = '' }] of (object.spec?.taints ?? []).entries()) {
    const path = item('spec.taints', index);
    if (effect === 'NoExecute' && !allowNoExecuteTaints) {
      yield fieldProblem(
        'no-execute-taint',
        child(path, 'effect'),
        'a taint with effect NoExecute evicts workloads, which administrators must allow first',
        'use NoSchedule, or run karmada-webhook with --allow-no-execute-taint-policy',
      );
    }
    const taint = `${key}:${effect}`;
    if (seen.has(taint)) {
      // Karmada reports the first of the two; the list is the common path.
      yield fieldProblem('unique-taint', 'spec.taints', `taint ${taint} is listed twice`, 'remove one of them');
    }
    seen.add(taint);
  }
}
