import type { Command } from 'commander';
import { dnsLabelProblems } from '../kubernetes/names';
import { quoted } from '../problem/words';
import { UsageError } from './cli-error';
import type { CliIo, ExitCode } from './io';

/** Parsed arguments and options. */
export interface ParsedArguments<Options> {
  /** Everything behind the name of the command, as given. */
  readonly args: readonly string[];
  readonly paths: readonly string[];
  readonly options: Options;
}

/** A command: what the help says about it, its arguments and options, and what it does. */
export interface CommandDeclaration<Options = unknown> {
  readonly name: string;
  /** What follows `cdk8s-karmada NAME`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Adds the description, the arguments and the options. */
  define(command: Command, io: CliIo): void;
  /** Runs the command, prints only through `io`, and returns the exit code. */
  run(parsed: ParsedArguments<Options>, io: CliIo): Promise<ExitCode>;
}

/** Declares a command. */
export function defineCommand<Options>(declaration: CommandDeclaration<Options>): CommandDeclaration {
  return declaration as CommandDeclaration;
}

/**
 * Parses the arguments of a command.
 *
 * @returns undefined when help was asked for and printed
 * @throws UsageError
 */
export function parseArguments(
  { name, define }: CommandDeclaration,
  args: readonly string[],
  io: CliIo,
): ParsedArguments<unknown> | undefined {
  const commander = require('commander') as typeof import('commander');
  const command = new commander.Command(`cdk8s-karmada ${name}`)
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show this')
    .configureOutput({ writeOut: io.out, writeErr: () => {}, getOutHelpWidth: () => Math.min(io.width, 120) });
  define(command, io);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof commander.CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return undefined;
    throw new UsageError(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  }
  return { args, paths: command.args, options: command.opts() };
}

/** What the help says about `--context`, next to `--kubeconfig`. */
export const contextHelp = 'its context; required if the file has several';

/** For options that name a namespace. @throws UsageError */
export function namespace(value: string): string {
  const [problem] = dnsLabelProblems(value);
  if (problem === undefined) return value;
  throw new UsageError(`namespace ${quoted(value)} ${problem}`);
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
