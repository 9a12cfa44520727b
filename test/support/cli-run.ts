import { runCli } from '../../src/cli/run-cli';
import type { Terminal } from '../../src/cli/terminal';
import type { Clock } from '../../src/process/clock';
import type { RunProgram } from '../../src/process/run-program';

/** Result of a command. */
export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Parts of the environment that a test sets. */
export interface CliWorld {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly terminal?: Partial<Terminal>;
  readonly run?: RunProgram;
  readonly clock?: Clock;
}

/** Runs a command in this process. */
export async function cli(
  args: readonly string[],
  { cwd, env = process.env, terminal, ...world }: CliWorld,
): Promise<CliRun> {
  const output = { out: '', err: '' };
  const exitCode = await runCli(args, {
    out: (text) => (output.out += text),
    err: (text) => (output.err += text),
    stdin: async () => new Uint8Array(),
    ...world,
    cwd,
    env,
    width: 200,
    color: { out: false, err: false },
    terminal: { isLive: false, interruption: () => new AbortController().signal, ...terminal },
  });
  return { exitCode, ...output };
}
