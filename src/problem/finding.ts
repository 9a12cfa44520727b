/** An error stops synthesis, a warning is shown, info is shown on request. */
export type Severity = 'error' | 'warning' | 'info';

/** The object a finding is about. */
export interface FindingObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Where to fix it: a position in a file, or a construct. */
export type FindingLocation =
  | { readonly file: string; readonly document: number; readonly line: number; readonly column: number }
  | { readonly construct: string; readonly source?: string };

/** A problem with its place, as documented in docs/formats.md. */
export interface Finding {
  /** Stable rule id, such as `no-unknown-cluster`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, with the value found. */
  readonly message: string;
  /** What Karmada does about it. */
  readonly why: string;
  /** One concrete next step. */
  readonly fix: string;
  readonly object: FindingObject;
  /** Path of the field, such as `spec.placement.clusterAffinity.clusterNames[1]`. @default - the whole object */
  readonly path?: string;
  readonly location?: FindingLocation;
  /** Findings of other rules with the same cause, folded into this one. */
  readonly related?: readonly Finding[];
}
