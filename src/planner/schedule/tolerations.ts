import type { ClusterTaint } from '../../karmada/cluster';
import type { TolerationSpec } from '../../karmada/policy-spec';

/** @see Kubernetes core/v1 Toleration.ToleratesTaint, without the operators Lt and Gt, which Karmada never matches. */
export function tolerates(toleration: TolerationSpec, taint: ClusterTaint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? '') {
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    default:
      return false;
  }
}
