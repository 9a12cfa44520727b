import type { FindingLocation } from '../../../problem/finding';

/** A line of a file. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a finding can be mended in a file: where it was read, or where its construct was made. Standard input is no file. */
export function filePlaceOf(location: FindingLocation): FilePlace | undefined {
  if ('file' in location) {
    const { file, line, column } = location;
    return file === '-' ? undefined : { file, line, column };
  }
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(location.source ?? '') ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
