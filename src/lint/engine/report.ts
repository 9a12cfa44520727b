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
   * among the findings that share it, the one of the rule with the lowest rank is reported, with the others in its `related`.
   * Several causes join mistakes: a finding follows from one of them and explains the others.
   * @default - a mistake of its own
   */
  readonly cause?: string | readonly string[];
}
