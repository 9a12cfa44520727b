import type { CliIo } from './io';

/** Prints one documented object, and nothing else, to standard output. */
export function printJson(io: CliIo, command: string, content: object): void {
  io.out(`${JSON.stringify({ version: 1, command, ...content }, null, 2)}\n`);
}
