/**
 * What an object can become, best first. Each object takes the best form that makes exactly the object again.
 *
 * - `shorthand`: made by the `image` of a FederatedApp
 * - `app`: under a FederatedApp, or the policy that it derives
 * - `policy`: a typed policy construct
 * - `api-object`: an `ApiObject` with its fields as a literal
 * - `include`: YAML in `legacy/`
 */
export const importForms = ['shorthand', 'app', 'policy', 'api-object', 'include'] as const;

export type ImportForm = (typeof importForms)[number];

/** A form that an object may not take, and why: an attempt showed that it does not make the object. */
export interface Demotion {
  /** The best form that is still allowed. */
  readonly atBest: ImportForm;
  readonly why: string;
}

export function rankOf(form: ImportForm): number {
  return importForms.indexOf(form);
}
