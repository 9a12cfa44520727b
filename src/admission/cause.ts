import type { FieldProblem } from '../problem/problem';

/** Who refuses: the API server by the CRD and its rules for every object, or a webhook of Karmada. */
export type CauseLayer = 'schema' | 'admission';

/** One reason why Karmada would refuse an object. */
export interface Cause extends FieldProblem {
  readonly layer: CauseLayer;
}
