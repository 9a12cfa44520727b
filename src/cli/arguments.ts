import type { Command } from 'commander';
import { UsageError } from './cli-error';
import type { CliIo } from './io';

/** What a command line says. */
export interface ParsedArguments<Options> {
  readonly paths: readonly string[];
  readonly options: Options;
}

/**
 * Parses the arguments of a command.
 *
 * @param define - adds arguments and options
 * @returns undefined when help was asked for and printed
 * @throws UsageError
 */
export function parseArguments<Options>(
  name: string,
  args: readonly string[],
  io: CliIo,
  define: (command: Command) => void,
): ParsedArguments<Options> | undefined {
  const commander = require('commander') as typeof import('commander');
  const command = new commander.Command(`cdk8s-karmada ${name}`)
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show this')
    .configureOutput({ writeOut: io.out, writeErr: () => {}, getOutHelpWidth: () => Math.min(io.width, 120) });
  define(command);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof commander.CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return undefined;
    throw new UsageError(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  }
  return { paths: command.args, options: command.opts<Options & Record<string, unknown>>() };
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
