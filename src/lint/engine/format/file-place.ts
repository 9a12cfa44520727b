import type { FindingLocation } from '../../../problem/finding';

/** A line of a file. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** File location of a finding: the manifest, or the code that creates its construct. Undefined for standard input. */
export function filePlaceOf(location: FindingLocation): FilePlace | undefined {
  if ('file' in location) {
    const { file, line, column } = location;
    return file === '-' ? undefined : { file, line, column };
  }
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(location.source ?? '') ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
