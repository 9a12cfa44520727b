import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../../src/cli/io';
import { runCli } from '../../src/cli/run-cli';
import type { RunProgram } from '../../src/process/run-program';

/** Output and exit code of a command. */
export interface CliResult {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly width?: number;
  /** Stands for the programs of this machine. */
  readonly run?: RunProgram;
}

/** Runs a command without a process. */
export async function runIn(
  cwd: string,
  args: readonly string[],
  { stdin = '', width = 140, run }: RunOptions = {},
): Promise<CliResult> {
  let out = '';
  let err = '';
  const exitCode = await runCli(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: async () => Buffer.from(stdin),
    cwd,
    env: {},
    ...(run && { run }),
    width,
    color: { out: false, err: false },
  });
  return { exitCode, out, err };
}

/** A new folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cli-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}
