import type { Manifest } from '../../kubernetes/manifest';
import type { Severity } from '../../problem/finding';
import type { Problem } from '../../problem/problem';
import type { MissingObject } from '../analysis/missing-object';

/** A report of a rule about one object; the engine adds the code, which is the rule id. */
export interface Report extends Omit<Problem, 'code'> {
  /** The object to correct. */
  readonly at: Manifest;
  /** The field, such as `spec.placement.clusterAffinity.clusterNames[1]`. @default - the whole object */
  readonly path?: string;
  /** What is not in the manifests, so that a file that cannot be read may hold it. @default - nothing is missing */
  readonly missing?: MissingObject;
  /** What Karmada does in this case. @default - the rationale of the rule */
  readonly why?: string;
  /** @default - the severity of the rule */
  readonly severity?: Severity;
  /**
   * What makes findings of several rules one and the same mistake, such as `replicas of Deployment/default/pipy`:
   * of those that share it, the most telling rule speaks and the others stand in its `related`.
   * Several, where a finding follows from one mistake and explains others: they are one mistake then.
   * @default - a mistake of its own
   */
  readonly cause?: string | readonly string[];
}
