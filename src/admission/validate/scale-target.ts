import { child } from '../../kubernetes/field-path';
import { pathSegmentProblems } from '../../kubernetes/names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

export interface ScaleTarget {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

/**
 * Why Kubernetes rejects a reference to another object.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go, ValidateCrossVersionObjectReference
 */
export function* scaleTargetCauses({ kind = '', name = '' }: ScaleTarget, path: string): Iterable<FieldProblem> {
  for (const [field, value] of Object.entries({ kind, name })) {
    if (value === '') {
      yield fieldProblem('object-reference', child(path, field), `the reference has no ${field}`, `set ${field}`);
    }
    for (const problem of pathSegmentProblems(value)) {
      yield fieldProblem(
        'object-reference',
        child(path, field),
        `"${value}" ${problem}`,
        `use the ${field} of an object`,
      );
    }
  }
}
