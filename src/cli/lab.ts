import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ApplyWatcher, applicationNameOf, RolloutLog, type RunProgram, runProgram, timeText } from '../apply';
import {
  defaultLabSettings,
  karmadaKubeconfig,
  type LabSettings,
  type LabWatcher,
  labDown,
  labDownCommands,
  labUp,
  labUpCommands,
  memberNames,
  verifyDemo,
} from '../lab';
import { styleFor } from '../report';
import { parseArguments } from './arguments';
import { UsageError } from './cli-error';
import { controlPlaneKubectl, orInterrupted, secondsOf } from './control-plane-options';
import type { CliIo, CommandRun, ExitCode } from './io';
import { readManifestPaths } from './plan-inputs';
import { tellProblems } from './problems';
import { processTerminal, type Terminal } from './terminal';

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

/** `lab up|down|verify`: a Karmada with its members on this machine. */
export const run: CommandRun = async (args, io) => {
  const parsed = parseArguments<LabCommandOptions>('lab', args, io, (command) =>
    define(command, defaultLabSettings(io.env)),
  );
  if (!parsed) return 0;
  const [action, ...paths] = parsed.paths;
  const settings = settingsOf(parsed.options, io);
  const terminal = io.terminal ?? processTerminal();
  const signal = terminal.interruption();
  const runHere: RunProgram = (call) => runProgram({ ...call, env: { ...io.env, ...call.env }, signal });
  const { dryRun = false } = parsed.options;
  if (action !== 'verify' && paths.length > 0) throw new UsageError(`lab ${action} takes no path`);
  switch (action) {
    case 'up':
      return orInterrupted(() => up(settings, runHere, dryRun, terminal, io), io);
    case 'down':
      return orInterrupted(() => down(settings, runHere, dryRun, terminal, io), io);
    case 'verify':
      return orInterrupted(() => verify(paths, settings, signal, io), io);
    default:
      throw new UsageError(`there is no "lab ${action}"; the lab knows up, down and verify`);
  }
};

function define(command: Command, defaults: LabSettings): void {
  command
    .description(
      'Makes a Karmada control plane with its members on this machine (up), checks the demo there (verify), removes it (down).',
    )
    .argument('<action>', 'up, down or verify')
    .argument('[path...]', 'for verify: the manifests of the demo (default: dist)')
    .option('--members <count>', `member clusters (default: ${defaults.members.length})`)
    .option('--port <number>', `API port of the first cluster, the others follow (default: ${defaults.firstPort})`)
    .option('--karmada-port <number>', `port of the Karmada API server (default: ${defaults.karmadaPort})`)
    .option('--image <image>', `k3s image (default: ${defaults.image})`)
    .option('--memory <size>', `most memory of a cluster (default: ${defaults.memory})`)
    .option('--network <name>', `Docker network (default: ${defaults.network})`)
    .option(
      '--host-address <address>',
      'address of this machine that containers reach (default: of its route to the internet)',
    )
    .option('--data <folder>', `kubeconfigs and keys (default: ${defaults.dataFolder})`)
    .option(
      '--timeout <time>',
      `longest time to make a cluster, or to roll the demo out (default: ${defaults.timeout}s)`,
    )
    .option('--dry-run', 'print the commands');
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
  dryRun: boolean,
  terminal: Terminal,
  io: CliIo,
): Promise<ExitCode> {
  if (dryRun) {
    for (const command of await labUpCommands(settings, run)) io.out(`${command}\n`);
    return 0;
  }
  const start = Date.now();
  const taken = await labUp(settings, run, watcherOf(terminal, io));
  const took = timeText((Date.now() - start) / 1000);
  const kubeconfig = karmadaKubeconfig(settings.dataFolder);
  io.out(taken === 0 ? `the lab is up: nothing had to be done\n` : `the lab is up after ${taken} steps and ${took}\n`);
  io.out(`kubeconfig of Karmada: ${kubeconfig}\n`);
  return 0;
}

async function down(
  settings: LabSettings,
  run: RunProgram,
  dryRun: boolean,
  terminal: Terminal,
  io: CliIo,
): Promise<ExitCode> {
  if (dryRun) {
    const commands = await labDownCommands(settings, run);
    io.out(commands.length === 0 ? 'there is no lab\n' : commands.map((command) => `${command}\n`).join(''));
    return 0;
  }
  const taken = await labDown(settings, run, watcherOf(terminal, io));
  io.out(taken === 0 ? 'there is no lab: nothing had to be done\n' : 'the lab is gone\n');
  return 0;
}

/** Says what is being done; in a terminal also for how long already. */
function watcherOf({ isLive }: Terminal, io: CliIo): LabWatcher {
  const style = styleFor(io.color.err);
  return {
    skip: (title) => io.err(`${style.bold(title)}: there already\n`),
    step: async (title, command, work) => {
      io.err(`${style.bold(title)}\n  ${style.dim(command)}\n`);
      const start = Date.now();
      const elapsed = () => timeText((Date.now() - start) / 1000);
      const ticking = isLive ? setInterval(() => io.err(`\r  ${elapsed()} `), 1000) : undefined;
      try {
        const result = await work();
        io.err(`${isLive ? '\r' : ''}  ${style.green('done')} in ${elapsed()}\n`);
        return result;
      } catch (error) {
        io.err(`${isLive ? '\r' : ''}  ${style.red('stopped')} after ${elapsed()}\n`);
        throw error;
      } finally {
        clearInterval(ticking);
      }
    },
  };
}

async function verify(
  paths: readonly string[],
  settings: LabSettings,
  signal: AbortSignal,
  io: CliIo,
): Promise<ExitCode> {
  const { manifests, problems } = await readManifestPaths(paths, {}, io);
  if (tellProblems(problems, io)) return 2;
  const kubeconfig = karmadaKubeconfig(settings.dataFolder);
  if (!existsSync(kubeconfig)) throw new UsageError('there is no lab here: make it with `cdk8s-karmada lab up`');
  const kubectl = await controlPlaneKubectl({ kubeconfig }, io, signal);
  const style = styleFor(io.color.out);
  const log = new RolloutLog();
  const watcher: ApplyWatcher = {
    step: (text) => io.err(`${text}\n`),
    confirm: async () => true,
    rollout: (rollouts, seconds) => {
      for (const line of log.lines(rollouts, seconds)) io.err(`${line}\n`);
    },
  };
  const application = applicationNameOf(paths[0] ?? 'dist', io.cwd);
  const request = { kubectl, settings, manifests, application, timeout: Math.max(settings.timeout, 300) };
  const passed = await verifyDemo(request, watcher, ({ title, passed: isRight, detail }) => {
    io.out(`${isRight ? style.green('ok    ') : style.red('failed')}  ${title}: ${detail}\n`);
  });
  return passed ? 0 : 1;
}
