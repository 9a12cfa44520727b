/** The objects that a part of the input may hold that could not be read, as far as its text shows. */
export interface UnreadObjects {
  /** @default - of any kind */
  readonly kinds?: readonly string[];
  /** @default - of any name */
  readonly names?: readonly string[];
}
