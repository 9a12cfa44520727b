import { spawn } from 'node:child_process';
import { EnvironmentError } from '../problem/environment-error';

/** A program with an argument array; never a shell string. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Text for standard input. @default - nothing */
  readonly input?: string;
  /** Aborts the program. */
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

/** Runs a program to its end. Any exit code is a result, not an error. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>;

/** The user pressed Ctrl-C while a command was running. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

/**
 * Runs a program of this machine.
 *
 * @throws EnvironmentError when the program is not installed
 * @throws Interrupted when the signal is aborted
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
        reject(new EnvironmentError(`${program} is not installed`, `install ${program} and put it on PATH`));
      } else reject(error);
    });
    child.on('close', (code) => {
      if (signal?.aborted) return reject(new Interrupted());
      const [stdout, stderr] = [output.stdout, output.stderr].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ exitCode: code ?? 1, stdout: stdout!, stderr: stderr! });
    });
    // Ignore EPIPE: a program that exits before it has read everything reports that by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });

/** The call as a shell command. */
export function commandText({ program, args }: ProgramCall): string {
  return [program, ...args].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
