import type { CliIo, ExitCode } from './io';

/** A command: arguments behind its name in, exit code out. It prints through `io` only. */
export type CommandRun = (args: readonly string[], io: CliIo) => Promise<ExitCode>;

/** What is known of a command before it is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** What follows `cdk8s-karmada NAME`. */
  readonly usage: string;
  readonly summary: string;
  /** Loads the command, which is the expensive part. */
  readonly load: () => { readonly run: CommandRun };
}

/** Every command, in the order of the help: a new one is one line here and one file. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'plan',
    usage: '[PATH...] --fleet FILE',
    summary: 'say where everything runs, before it is applied',
    load: () => require('./plan'),
  },
  {
    name: 'render',
    usage: '[PATH...] --fleet FILE --out DIR',
    summary: 'write the objects that each member cluster receives',
    load: () => require('./render'),
  },
  {
    name: 'diff',
    usage: 'OLD NEW --fleet FILE',
    summary: 'say what changes where between two states of the manifests',
    load: () => require('./diff'),
  },
];
