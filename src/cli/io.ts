import type { Clock } from '../process/clock';
import type { RunProgram } from '../process/run-program';
import type { Terminal } from './terminal';

/** 0 success; 1 findings, or templates that are not placed; 2 bad usage or input; 3 the environment, or a bug in cdk8s-karmada. */
export type ExitCode = 0 | 1 | 2 | 3;

/** The environment of a command; tests pass their own. */
export interface CliIo {
  /** Prints to standard output: the result, and nothing else. */
  readonly out: (text: string) => void;
  /** Prints to standard error: progress and diagnostics. */
  readonly err: (text: string) => void;
  /** Everything on standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Folder that relative paths start at. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Width of standard output in columns. */
  readonly width: number;
  /** The same, if standard output is a terminal. @default - it is not */
  readonly columns?: number;
  /** Questions and interrupts. @default - the terminal of this process */
  readonly terminal?: Terminal;
  /** Runs programs. @default - those of this machine */
  readonly run?: RunProgram;
  /** @default - the time of this machine */
  readonly clock?: Clock;
  /** Whether standard output, and standard error, show colours. */
  readonly color: { readonly out: boolean; readonly err: boolean };
}

/** Width of a standard output that is not a terminal, such as the log of a CI job. */
const widthWithoutTerminal = 160;

/** The environment of this process. */
export function processIo(): CliIo {
  const { stdout, stderr, stdin, env } = process;
  const columns = stdout.columns || Number(env['COLUMNS']);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    stdin: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
    cwd: process.cwd(),
    env,
    width: columns || widthWithoutTerminal,
    ...(columns && { columns }),
    color: { out: showsColor(stdout.isTTY, env), err: showsColor(stderr.isTTY, env) },
  };
}

/** @see https://no-color.org */
function showsColor(isTerminal: boolean, env: CliIo['env']): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
