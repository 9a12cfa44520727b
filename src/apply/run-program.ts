import { spawn } from 'node:child_process';
import { EnvironmentError } from '../problem/environment-error';
import { Interrupted } from './interrupted';

/** A program with its arguments: never a shell string. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** What it reads from standard input. @default - nothing */
  readonly input?: string;
  /** Ends the program, and the wait for it. */
  readonly signal?: AbortSignal;
  /** @default - the environment of this process */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How a program ended. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever its exit code. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>;

const installation: Readonly<Record<string, string>> = {
  docker: 'https://docs.docker.com/engine/install, or `brew install --cask docker`',
  k3d: 'https://k3d.io/stable/#installation, or `brew install k3d`',
  kubectl: 'https://kubernetes.io/docs/tasks/tools, or `brew install kubectl`',
  karmadactl: 'https://karmada.io/docs/installation/install-cli-tools, or `brew install karmadactl`',
};

/** Where a tool is to be had. */
export function installationOf(program: string): string {
  return installation[program] ?? `install ${program} and put it on PATH`;
}

/**
 * Runs a program of this machine.
 *
 * @throws EnvironmentError when there is no such program
 * @throws Interrupted when its signal is raised
 */
export const runProgram: RunProgram = ({ program, args, input, signal, env = process.env }) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Interrupted());
    const child = spawn(program, args, { env, ...(signal && { signal }) });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(new Interrupted());
      else if (error.code === 'ENOENT') {
        reject(new EnvironmentError(`${program} is not on this machine`, installationOf(program)));
      } else reject(error);
    });
    child.on('close', (code) => {
      if (signal?.aborted) return reject(new Interrupted());
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(output.stdout).toString('utf8'),
        stderr: Buffer.concat(output.stderr).toString('utf8'),
      });
    });
    // A program that ends before it has read everything is told by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });

/** The call as one would type it. */
export function commandText({ program, args }: ProgramCall): string {
  return [program, ...args].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
