/** One reason why Karmada's API server or its webhooks would refuse an object. */
export interface Cause {
  /** Field the cause is about, such as `spec.placement.spreadConstraints[0].maxGroups`; empty for the whole object. */
  readonly path: string;
  /** What is wrong, in the user's terms, naming the last part of the path: `maxGroups must be an integer, got "2"`. */
  readonly message: string;
  /** The value found, where there is one. */
  readonly got?: unknown;
  /** One concrete next step. */
  readonly fix: string;
}
