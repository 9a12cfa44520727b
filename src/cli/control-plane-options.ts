import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Kubectl, kubectlMessage, timeLimits } from '../apply';
import { karmadaKubeconfig, labFolder } from '../lab';
import { EnvironmentError } from '../problem/environment-error';
import { type Clock, systemClock } from '../process/clock';
import { Interrupted, type RunProgram, runProgram } from '../process/run-program';
import { UsageError } from './cli-error';
import { contextHelp } from './command';
import type { CliIo, ExitCode } from './io';

/** Options of commands that use a control plane. */
export interface ControlPlaneOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

export function addControlPlaneOptions(command: Command): void {
  command
    .option('--kubeconfig <file>', 'kubeconfig of the Karmada API server (default: that of the lab)')
    .option('--context <name>', contextHelp);
}

/** kubectl for the control plane of the options, or for the lab. @throws UsageError without either */
export async function controlPlaneKubectl(
  { kubeconfig, context }: ControlPlaneOptions,
  io: CliIo,
  signal: AbortSignal,
): Promise<Kubectl> {
  if (kubeconfig === undefined && context !== undefined) {
    throw new UsageError('--context requires --kubeconfig');
  }
  const file = kubeconfig === undefined ? karmadaKubeconfig(labFolder(io.env)) : resolve(io.cwd, kubeconfig);
  if (kubeconfig === undefined && !existsSync(file)) {
    throw new UsageError(
      'pass --kubeconfig for the Karmada control plane, or create a lab with `cdk8s-karmada lab up`',
    );
  }
  const run = programsOf(io);
  return new Kubectl({ kubeconfig: file, context: await contextOf(file, context, run, signal) }, run, signal);
}

/**
 * The context of the options, or the only one in the file. The current context is never used, because it may be any cluster
 * that the user worked with last.
 *
 * @throws EnvironmentError when the file cannot be read or the context is ambiguous
 */
async function contextOf(
  kubeconfig: string,
  context: string | undefined,
  run: RunProgram,
  signal: AbortSignal,
): Promise<string> {
  const written = 'use the one that `karmadactl init` wrote';
  if (!existsSync(kubeconfig)) throw new EnvironmentError(`there is no kubeconfig ${kubeconfig}`, written);
  const args = ['config', 'get-contexts', '-o', 'name', '--kubeconfig', kubeconfig];
  const { exitCode, stdout, stderr } = await run({
    program: 'kubectl',
    args,
    timeLimit: timeLimits.read,
    signal,
  });
  if (exitCode !== 0) {
    throw new EnvironmentError(
      `the kubeconfig ${kubeconfig} cannot be read: ${kubectlMessage({ stderr })}`,
      'use another one',
    );
  }
  const contexts = stdout.split('\n').filter((line) => line !== '');
  const chosen = context ?? contexts[0];
  if (chosen !== undefined && contexts.includes(chosen) && (context !== undefined || contexts.length === 1)) {
    return chosen;
  }
  const known = contexts.join(', ');
  if (context !== undefined) {
    const problem = `has no context "${context}", only ${known || 'none'}`;
    throw new EnvironmentError(`the kubeconfig ${kubeconfig} ${problem}`, 'pass one of these to --context');
  }
  if (contexts.length === 0) throw new EnvironmentError(`the kubeconfig ${kubeconfig} has no context`, written);
  throw new EnvironmentError(
    `the kubeconfig ${kubeconfig} has ${contexts.length} contexts: ${known}`,
    'pass the one of the Karmada API server to --context; the current context is not used by default',
  );
}

export function programsOf(io: CliIo): RunProgram {
  return io.run ?? runProgram;
}

export function clockOf(io: CliIo): Clock {
  return io.clock ?? systemClock;
}

/** Runs a command that Ctrl-C may interrupt. */
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
