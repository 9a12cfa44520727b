import type { FieldProblem } from '../problem/problem';

/** `schema`: the API server, by the CRD and its rules for every object; `admission`: a webhook of Karmada. */
export type CauseLayer = 'schema' | 'admission';

/** A reason why Karmada would reject an object. */
export interface Cause extends FieldProblem {
  readonly layer: CauseLayer;
}
