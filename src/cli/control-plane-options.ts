import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { contextOf, Interrupted, Kubectl, runProgram } from '../apply';
import { karmadaKubeconfig, labFolder } from '../lab';
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
  if (kubeconfig !== undefined) {
    const file = resolve(io.cwd, kubeconfig);
    return new Kubectl({ kubeconfig: file, context: await contextOf(file, context, runProgram) }, runProgram, signal);
  }
  const file = karmadaKubeconfig(labFolder(io.env));
  if (context !== undefined)
    throw new UsageError('--context needs --kubeconfig: contexts are looked up in no other file');
  if (!existsSync(file)) {
    throw new UsageError('name the Karmada control plane with --kubeconfig, or make a lab with `cdk8s-karmada lab up`');
  }
  return new Kubectl({ kubeconfig: file, context: await contextOf(file, undefined, runProgram) }, runProgram, signal);
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
