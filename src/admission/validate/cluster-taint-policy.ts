import type { ClusterTaint } from '../../karmada/cluster';
import { child, item } from '../../kubernetes/field-path';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import type { Review } from '../review';

export type ClusterTaintPolicyObject = KubernetesObject & {
  readonly spec?: { readonly taints?: readonly Partial<ClusterTaint>[] };
};

/**
 * What Karmada's webhook refuses in a ClusterTaintPolicy.
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
        'a taint with effect NoExecute evicts workloads, which administrators have to allow first',
        'use NoSchedule, or run karmada-webhook with --allow-no-execute-taint-policy',
      );
    }
    const taint = `${key}:${effect}`;
    if (seen.has(taint)) {
      // Karmada names the first of the two, so the list is where both meet.
      yield fieldProblem('unique-taint', 'spec.taints', `taint ${taint} is listed twice`, 'remove one of them');
    }
    seen.add(taint);
  }
}
