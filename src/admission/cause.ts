/** Who refuses: the API server by the CRD and its rules for every object, or a webhook of Karmada. */
export type CauseLayer = 'schema' | 'admission';

/** One reason why Karmada would refuse an object. */
export interface Cause {
  /** Stable id of the broken rule, such as `unique-affinity-name`. Wording may change, ids do not. */
  readonly rule: string;
  readonly layer: CauseLayer;
  /** Field the cause is about, such as `spec.placement.spreadConstraints[0].maxGroups`; empty for the whole object. */
  readonly path: string;
  /** What is wrong, with the value found. */
  readonly message: string;
  /** What Karmada does or expects here, where the message does not say it. @default - nothing to add */
  readonly why?: string;
  /** One concrete next step. */
  readonly fix: string;
  /** The field that Karmada's own message names, where it differs from `path`. @default - `path`, or a field above or below it */
  readonly reportedAs?: string;
}

/** What a cause may carry beside the essentials. */
export type CauseDetails = Pick<Cause, 'why' | 'reportedAs'>;

/** A cause by a rule of Karmada's webhooks. */
export function refusal(rule: string, path: string, message: string, fix: string, details?: CauseDetails): Cause {
  return { rule, layer: 'admission', path, message, fix, ...details };
}
