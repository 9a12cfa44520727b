import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  defaultLabSettings,
  karmadaKubeconfig,
  type LabSettings,
  type LabWatcher,
  labDown,
  labUp,
  memberNames,
} from '../lab';
import { counted } from '../problem/words';
import type { RunProgram } from '../process/run-program';
import { styleFor } from '../report';
import { UsageError } from './cli-error';
import { defineCommand } from './command';
import { clockOf, orInterrupted, programsOf, secondsOf } from './control-plane-options';
import type { CliIo, ExitCode } from './io';
import { timeText } from './rollout-text';
import { processTerminal } from './terminal';

interface LabCommandOptions {
  readonly members?: string;
  readonly port?: string;
  readonly karmadaPort?: string;
  readonly image?: string;
  readonly memory?: string;
  readonly network?: string;
  readonly hostAddress?: string;
  readonly data?: string;
  readonly timeout?: string;
  readonly dryRun?: boolean;
}

/** `lab up|down`: a Karmada with its members on this machine. */
export const command = defineCommand<LabCommandOptions>({
  name: 'lab',
  usage: 'up|down [OPTIONS]',
  summary: 'make a control plane with three members on this machine, and remove it',
  define(command, io) {
    define(command, defaultLabSettings(io.env));
  },
  async run(parsed, io) {
    const [action] = parsed.paths;
    const settings = settingsOf(parsed.options, io);
    if (action !== 'up' && action !== 'down') throw new UsageError(`unknown action "lab ${action}": use up or down`);
    const { dryRun = false } = parsed.options;
    const terminal = io.terminal ?? processTerminal();
    const watcher = dryRun ? printer(io) : watcherOf(terminal.isLive, io);
    const signal = terminal.interruption();
    const runHere: RunProgram = (call) => programsOf(io)({ ...call, env: { ...io.env, ...call.env }, signal });
    return orInterrupted(() => (action === 'up' ? up : down)(settings, runHere, watcher, dryRun, io), io);
  },
});

function define(command: Command, defaults: LabSettings): void {
  command
    .description('Creates a Karmada control plane with its members on this machine (up), or removes it (down).')
    .argument('<action>', 'up or down')
    .option('--members <count>', `member clusters (default: ${defaults.members.length})`)
    .option(
      '--port <number>',
      `API port of the first cluster; the others use the next ports (default: ${defaults.firstPort})`,
    )
    .option('--karmada-port <number>', `port of the Karmada API server (default: ${defaults.karmadaPort})`)
    .option('--image <image>', `k3s image (default: ${defaults.image})`)
    .option('--memory <size>', `memory limit of a cluster (default: ${defaults.memory})`)
    .option('--network <name>', `Docker network (default: ${defaults.network})`)
    .option(
      '--host-address <address>',
      'address of this machine that containers can reach (default: the one of its route to the internet)',
    )
    .option('--data <folder>', `folder for kubeconfigs and keys (default: ${defaults.dataFolder})`)
    .option('--timeout <time>', `timeout for creating a cluster (default: ${defaults.timeout}s)`)
    .option('--dry-run', 'print the remaining commands without running them');
}

function settingsOf(options: LabCommandOptions, io: CliIo): LabSettings {
  const defaults = defaultLabSettings(io.env);
  const { image = defaults.image, memory = defaults.memory, network = defaults.network, hostAddress } = options;
  return {
    ...defaults,
    image,
    memory,
    network,
    ...(hostAddress !== undefined && { hostAddress }),
    ...(options.members !== undefined && { members: memberNames(wholeNumber(options.members, '--members', 1, 50)) }),
    firstPort: wholeNumber(options.port ?? String(defaults.firstPort), '--port', 1, 65_000),
    karmadaPort: wholeNumber(options.karmadaPort ?? String(defaults.karmadaPort), '--karmada-port', 30_000, 32_767),
    ...(options.data !== undefined && { dataFolder: resolve(io.cwd, options.data) }),
    timeout: options.timeout === undefined ? defaults.timeout : secondsOf(options.timeout, '--timeout'),
  };
}

function wholeNumber(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${option} must be a whole number from ${least} to ${most}, got "${text}"`);
}

async function up(
  settings: LabSettings,
  run: RunProgram,
  watcher: LabWatcher,
  dryRun: boolean,
  io: CliIo,
): Promise<ExitCode> {
  const clock = clockOf(io);
  const start = clock.now();
  const taken = await labUp(settings, run, watcher);
  if (dryRun && taken > 0) return 0;
  const took = `${counted(taken, 'step')} and ${timeText(clock.now() - start)}`;
  io.out(taken === 0 ? `the lab is already up\n` : `the lab is up after ${took}\n`);
  io.out(`kubeconfig of Karmada: ${karmadaKubeconfig(settings.dataFolder)}\n`);
  return 0;
}

async function down(
  settings: LabSettings,
  run: RunProgram,
  watcher: LabWatcher,
  dryRun: boolean,
  io: CliIo,
): Promise<ExitCode> {
  const taken = await labDown(settings, run, watcher);
  if (dryRun) io.out(taken === 0 ? 'there is no lab\n' : '');
  else io.out(taken === 0 ? 'there is no lab\n' : 'the lab is removed\n');
  return 0;
}

/** Prints the commands without running them. */
function printer(io: CliIo): LabWatcher {
  return { skip: () => {}, step: async (_, command) => io.out(`${command}\n`) };
}

/** Prints each step; in a terminal also the elapsed time. */
function watcherOf(isLive: boolean, io: CliIo): LabWatcher {
  const style = styleFor(io.color.err);
  const clock = clockOf(io);
  return {
    skip: (title) => io.err(`${style.bold(title)}: already done\n`),
    step: async (title, command, work) => {
      io.err(`${style.bold(title)}\n  ${style.dim(command)}\n`);
      const start = clock.now();
      const elapsed = () => timeText(clock.now() - start);
      const ticking = isLive ? setInterval(() => io.err(`\r  ${elapsed()} `), 1000) : undefined;
      try {
        await work();
        io.err(`${isLive ? '\r' : ''}  ${style.green('done')} in ${elapsed()}\n`);
      } catch (error) {
        io.err(`${isLive ? '\r' : ''}  ${style.red('stopped')} after ${elapsed()}\n`);
        throw error;
      } finally {
        clearInterval(ticking);
      }
    },
  };
}
