import { pathSegmentProblems } from '../../kubernetes/names';
import { type Cause, refusal } from '../cause';
import { child } from '../path';

/** What an autoscaler scales. */
export interface ScaleTarget {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

/**
 * What Kubernetes refuses in a reference to another object.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go, ValidateCrossVersionObjectReference
 */
export function* scaleTargetCauses({ kind = '', name = '' }: ScaleTarget, path: string): Iterable<Cause> {
  for (const [field, value] of Object.entries({ kind, name })) {
    if (value === '') {
      yield refusal('object-reference', child(path, field), `the reference has no ${field}`, `set ${field}`);
    }
    for (const problem of pathSegmentProblems(value)) {
      yield refusal('object-reference', child(path, field), `"${value}" ${problem}`, `use the ${field} of an object`);
    }
  }
}
