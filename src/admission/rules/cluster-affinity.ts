import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { child, item } from '../../kubernetes/field-path';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

const fields: readonly string[] = ['provider', 'region', 'zone'];
const operators: readonly string[] = ['In', 'NotIn'];

/**
 * Field selectors in a cluster affinity that Karmada rejects. It accepts everything else, even names of clusters that do not
 * exist and label operators that match nothing. Only the first mistake is reported, as in Karmada.
 *
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidatePolicyFieldSelector
 */
export function* clusterAffinityCauses(
  affinity: ClusterAffinitySpec | undefined,
  path: string,
): Iterable<FieldProblem> {
  for (const [index, { key, operator }] of (affinity?.fieldSelector?.matchExpressions ?? []).entries()) {
    const at = item(child(path, 'fieldSelector.matchExpressions'), index);
    if (!fields.includes(key)) {
      yield fieldProblem(
        'field-selector-key',
        child(at, 'key'),
        `clusters cannot be selected by "${key ?? ''}"`,
        'use provider, region or zone, or select by label instead',
      );
    }
    if (!operators.includes(operator)) {
      yield fieldProblem(
        'field-selector-operator',
        child(at, 'operator'),
        `operator "${operator ?? ''}" is not supported here`,
        'use In or NotIn',
      );
    }
  }
}

/** Whether an affinity has no content. */
export function isEmptyAffinity({ labelSelector, fieldSelector, clusterNames, exclude }: ClusterAffinitySpec): boolean {
  return !labelSelector && !fieldSelector && (clusterNames ?? []).length === 0 && (exclude ?? []).length === 0;
}
