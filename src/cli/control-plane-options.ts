import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Kubectl } from '../apply';
import { karmadaKubeconfig, labFolder } from '../lab';
import { EnvironmentError } from '../problem/environment-error';
import { type Clock, systemClock } from '../process/clock';
import { Interrupted, type RunProgram, runProgram } from '../process/run-program';
import { UsageError } from './cli-error';
import type { CliIo, ExitCode } from './io';

/** The options of every command that talks to a control plane. */
export interface ControlPlaneOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Adds the options of {@link ControlPlaneOptions}. */
export function addControlPlaneOptions(command: Command): void {
  command
    .option('--kubeconfig <file>', 'kubeconfig of the Karmada API server (default: that of the lab)')
    .option('--context <name>', 'its context; needed where the file has several');
}

/**
 * kubectl for the control plane that the options name, or for the lab's.
 *
 * @throws UsageError when none is named and there is no lab
 */
export async function controlPlaneKubectl(
  { kubeconfig, context }: ControlPlaneOptions,
  io: CliIo,
  signal: AbortSignal,
): Promise<Kubectl> {
  if (kubeconfig === undefined && context !== undefined) {
    throw new UsageError('--context needs --kubeconfig: contexts are looked up in no other file');
  }
  const file = kubeconfig === undefined ? karmadaKubeconfig(labFolder(io.env)) : resolve(io.cwd, kubeconfig);
  if (kubeconfig === undefined && !existsSync(file)) {
    throw new UsageError('name the Karmada control plane with --kubeconfig, or make a lab with `cdk8s-karmada lab up`');
  }
  const run = programsOf(io);
  return new Kubectl({ kubeconfig: file, context: await contextOf(file, context, run) }, run, signal);
}

/**
 * The context to use: the one that is named, or the only one of the file. The current context is never taken, since it is
 * whichever was used last.
 *
 * @throws EnvironmentError when the file is missing or cannot be read, and when it leaves a choice
 */
async function contextOf(kubeconfig: string, context: string | undefined, run: RunProgram): Promise<string> {
  const written = 'name the one that `karmadactl init` wrote';
  if (!existsSync(kubeconfig)) throw new EnvironmentError(`there is no kubeconfig ${kubeconfig}`, written);
  const args = ['config', 'get-contexts', '-o', 'name', '--kubeconfig', kubeconfig];
  const { exitCode, stdout, stderr } = await run({ program: 'kubectl', args });
  if (exitCode !== 0) {
    throw new EnvironmentError(`the kubeconfig ${kubeconfig} cannot be read: ${stderr.trim()}`, 'name another one');
  }
  const contexts = stdout.split('\n').filter((line) => line !== '');
  const chosen = context ?? contexts[0];
  if (chosen !== undefined && contexts.includes(chosen) && (context !== undefined || contexts.length === 1)) {
    return chosen;
  }
  const known = contexts.join(', ');
  if (context !== undefined) {
    const problem = `has no context "${context}": it has ${known || 'none'}`;
    throw new EnvironmentError(`the kubeconfig ${kubeconfig} ${problem}`, 'name one that it has');
  }
  if (contexts.length === 0) throw new EnvironmentError(`the kubeconfig ${kubeconfig} has no context`, written);
  throw new EnvironmentError(
    `the kubeconfig ${kubeconfig} has ${contexts.length} contexts: ${known}`,
    'name the one of the Karmada API server with --context; the current context is never taken by itself',
  );
}

/** What runs the programs of this machine. */
export function programsOf(io: CliIo): RunProgram {
  return io.run ?? runProgram;
}

/** The time of this machine. */
export function clockOf(io: CliIo): Clock {
  return io.clock ?? systemClock;
}

/** Runs something that Ctrl-C may interrupt. */
export async function orInterrupted(run: () => Promise<ExitCode>, io: CliIo): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    io.err('interrupted\n');
    return 1;
  }
}

/**
 * Seconds of a time like `90`, `90s`, `5m` or `1h`.
 *
 * @throws UsageError
 */
export function secondsOf(text: string, option: string): number {
  const [, number, unit = 's'] = /^(\d+)(s|m|h)?$/.exec(text) ?? [];
  if (number === undefined) throw new UsageError(`${option} must be a time such as 90s, 5m or 1h, got "${text}"`);
  return Number(number) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
}
