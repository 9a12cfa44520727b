/** What is wrong, why it matters and how to fix it: the shape of every problem that the library reports. */
export interface Problem {
  /** Stable identifier of the broken rule, such as `placement.weight`. Wording may change, codes do not. */
  readonly code: string;
  /** What is wrong, with the value found. */
  readonly message: string;
  /** What Kubernetes or Karmada does about it. @default - the message says it */
  readonly why?: string;
  /** One concrete next step. */
  readonly fix: string;
}

/** A problem of one field of an object. */
export interface FieldProblem extends Problem {
  /** Path of the field, such as `spec.placement.spreadConstraints[0].maxGroups`; empty for the whole object. */
  readonly path: string;
  /** The field in Karmada's message, if it differs from `path`. @default - `path`, or a field above or below it */
  readonly reportedAs?: string;
}

/** A problem of the field at `path`. */
export function fieldProblem(
  code: string,
  path: string,
  message: string,
  fix: string,
  details?: Pick<FieldProblem, 'why' | 'reportedAs'>,
): FieldProblem {
  return { code, path, message, fix, ...details };
}
