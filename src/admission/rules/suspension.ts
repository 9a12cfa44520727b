import type { SuspensionSpec } from '../../karmada/policy-spec';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

/**
 * Why Karmada rejects a suspension.
 *
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidatePropagationSpec
 */
export function* suspensionCauses(suspension: SuspensionSpec | undefined, path: string): Iterable<FieldProblem> {
  const clusters = suspension?.dispatchingOnClusters?.clusterNames ?? [];
  if (!suspension?.dispatching || clusters.length === 0) return;
  yield fieldProblem(
    'suspension-once',
    path,
    'dispatching: true suspends every cluster, so it cannot be combined with dispatchingOnClusters',
    'remove one of the two',
  );
}
