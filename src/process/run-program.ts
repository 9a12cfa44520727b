import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EnvironmentError } from '../problem/environment-error';

/** A program with an argument array; never a shell string. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Text for standard input. @default - nothing */
  readonly input?: string;
  /** Aborts the program. */
  readonly signal?: AbortSignal;
  /** Seconds after which the program is ended. @default - it may run for ever */
  readonly timeLimit?: number;
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
 * @throws EnvironmentError when the program is not installed, cannot be started, or does not end within its time limit
 * @throws Interrupted when the signal is aborted
 */
export const runProgram: RunProgram = ({ program, args, input, signal, timeLimit, env = process.env }) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Interrupted());
    const child = started(program, args, env);
    /** What the program started may hold the pipes open after its end, so nothing more is read from them. */
    const end = (error: Error): void => {
      child.kill('SIGKILL');
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
      child.unref();
      reject(error);
    };
    const onAbort = (): void => end(new Interrupted());
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      timeLimit === undefined ? undefined : setTimeout(() => end(outOfTime(program, timeLimit)), timeLimit * 1000);
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      over();
      reject(cannotStart(program, error));
    });
    child.on('close', (code) => {
      over();
      const [stdout, stderr] = [output.stdout, output.stderr].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ exitCode: code ?? 1, stdout: stdout!, stderr: stderr! });
    });
    // Ignore EPIPE: a program that exits before it has read everything reports that by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });

/** Node throws some errors of a start and reports others later. */
function started(program: string, args: readonly string[], env: ProgramCall['env']): ChildProcessWithoutNullStreams {
  try {
    return spawn(program, args, { env });
  } catch (error) {
    throw cannotStart(program, error as NodeJS.ErrnoException);
  }
}

function cannotStart(program: string, { code, message }: NodeJS.ErrnoException): EnvironmentError {
  if (code === 'ENOENT') {
    return new EnvironmentError(`${program} is not installed`, `install ${program} and put it on PATH`);
  }
  const why = code === 'EACCES' ? 'it is not executable' : (code ?? message);
  return new EnvironmentError(
    `${program} cannot be started: ${why}`,
    `check the first ${program} on PATH: it must be the program itself, and executable`,
  );
}

function outOfTime(program: string, timeLimit: number): EnvironmentError {
  return new EnvironmentError(
    `${program} did not end within ${timeLimit} s`,
    `check that ${program} works in a shell, and that the server answers`,
  );
}

/** The call as a shell command. */
export function commandText({ program, args }: ProgramCall): string {
  return [program, ...args].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
