/** A position in a text file, counted from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The source of an object, so that a finding can refer to it. */
export type Origin = FileOrigin | ConstructOrigin | MemoryOrigin;

/** The object was read from a file. */
export interface FileOrigin {
  readonly type: 'file';
  /** Path as given by the user, or found in a given folder, with `/` on every system; `-` is standard input. */
  readonly file: string;
  /** Index of the YAML document in its file, from 0. */
  readonly document: number;
  /**
   * Position of a field (`spec.placement.clusterAffinity.clusterNames[1]`; the empty path is the object itself),
   * or of its nearest ancestor in the text. Computed on demand, because most objects have no findings.
   */
  readonly locate: (fieldPath: string) => TextPosition;
}

/** The object comes from a construct. */
export interface ConstructOrigin {
  readonly type: 'construct';
  /** Construct path, such as `pipy/pipy/Propagation`. */
  readonly construct: string;
  /** Source line that created the construct, such as `src/apps/pipy.ts:12:3`, if stack traces are on. */
  readonly source?: string | undefined;
}

/** The object was passed as a plain value. */
export interface MemoryOrigin {
  readonly type: 'memory';
  /** Index in the list that was passed. */
  readonly index: number;
}
