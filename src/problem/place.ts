/** Where a field stands in a text file; both counted from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The place an object came from, so that a finding can point at it. */
export type Origin = FileOrigin | ConstructOrigin | MemoryOrigin;

/** The object was read from a file. */
export interface FileOrigin {
  readonly type: 'file';
  /** Path as the user gave it or as found below the folder given, with `/` on every system; `-` is standard input. */
  readonly file: string;
  /** Index of the YAML document in its file, from 0. */
  readonly document: number;
  /**
   * Position of a field (`spec.placement.clusterAffinity.clusterNames[1]`; the empty path is the object itself),
   * or of its nearest ancestor that is in the text. Computed when asked, since most objects are never pointed at.
   */
  readonly locate: (fieldPath: string) => TextPosition;
}

/** The object was resolved from a construct. */
export interface ConstructOrigin {
  readonly type: 'construct';
  /** Construct path, such as `pipy/pipy/Propagation`. */
  readonly construct: string;
  /** Source line that made the construct, `src/apps/pipy.ts:12:3`, where stack traces allow. */
  readonly source?: string | undefined;
}

/** The object was handed over as a plain value. */
export interface MemoryOrigin {
  readonly type: 'memory';
  /** Position in the list handed over, from 0. */
  readonly index: number;
}
