/** A file, or a part of one, that could not be read and so was not linted. */
export interface InputProblem {
  /** Stable id, such as `yaml.syntax`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Path as given or found; `-` is standard input. */
  readonly file: string;
  /** Counted from 1. @default - no place in the file */
  readonly line?: number;
  /** Counted from 1. @default - no place in the file */
  readonly column?: number;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}
