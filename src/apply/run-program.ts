import { spawn } from 'node:child_process';
import { EnvironmentError } from '../problem/environment-error';

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

/** Ctrl-C while a command was running. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
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
        reject(new EnvironmentError(`${program} is not on this machine`, `install ${program} and put it on PATH`));
      } else reject(error);
    });
    child.on('close', (code) => {
      if (signal?.aborted) return reject(new Interrupted());
      const [stdout, stderr] = [output.stdout, output.stderr].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ exitCode: code ?? 1, stdout: stdout!, stderr: stderr! });
    });
    // A program that ends before it has read everything reports that by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });

/** The call as a person would type it. */
export function commandText({ program, args }: ProgramCall): string {
  return [program, ...args].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
