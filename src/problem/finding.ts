/** How much a finding matters: an error stops synthesis, a warning is shown, info is shown when asked for detail. */
export type Severity = 'error' | 'warning' | 'info';

/** The object a finding is about. */
export interface FindingObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Where the author can mend it: a place in a file, or a construct. */
export type FindingLocation =
  | { readonly file: string; readonly document: number; readonly line: number; readonly column: number }
  | { readonly construct: string; readonly source?: string };

/**
 * One problem, as every part of the library reports it: what, where, why, how to fix.
 * The documented shape of docs/formats.md.
 */
export interface Finding {
  /** Stable rule id, such as `no-unknown-cluster`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, in the user's terms, with the value found. */
  readonly message: string;
  /** What Karmada does about it. */
  readonly why: string;
  /** One concrete next step. */
  readonly fix: string;
  readonly object: FindingObject;
  /** Field the finding is about, such as `spec.placement.clusterAffinity.clusterNames[1]`. @default - the whole object */
  readonly path?: string;
  readonly location?: FindingLocation;
  /** Findings of other rules with the same cause, folded into this one. */
  readonly related?: readonly Finding[];
}
