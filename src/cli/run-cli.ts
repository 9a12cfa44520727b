import { EnvironmentError } from '../problem/environment-error';
import { ModelError } from '../problem/model-error';
import type { Problem } from '../problem/problem';
import { printable, printableLines } from '../problem/words';
import { seeHelp } from './cli-error';
import { type CommandDeclaration, parseArguments } from './command';
import { commands } from './commands';
import type { CliIo, ExitCode } from './io';
import { ownVersion } from './version';

/**
 * Runs the command of the arguments.
 *
 * @param argv - arguments after the name of the program
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') return print(io, `${ownVersion()}\n`);
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0))
    return print(io, await overview());
  const help = first === 'help' && rest.length > 0;
  const name = help ? rest[0]! : first;
  if (name === undefined || !Object.hasOwn(commands, name)) return refuse(name, io);
  const { command } = await commands[name]!();
  try {
    const parsed = parseArguments(command, help ? ['--help'] : rest, io);
    return parsed === undefined ? 0 : await command.run(parsed, io);
  } catch (error) {
    return report(error, command, argv, io);
  }
}

function print(io: CliIo, text: string): ExitCode {
  io.out(text);
  return 0;
}

async function refuse(name: string | undefined, io: CliIo): Promise<ExitCode> {
  if (name === undefined) {
    io.err(await overview());
    return 2;
  }
  const names = Object.keys(commands);
  const near = names.find((known) => known.startsWith(name.slice(0, 2)));
  const hint = near === undefined ? `the commands are ${names.join(', ')}` : `did you mean ${near}?`;
  io.err(`error: there is no command "${printable(name)}"; ${hint}\nusage: cdk8s-karmada COMMAND, or --help\n`);
  return 2;
}

async function overview(): Promise<string> {
  const declared = await Promise.all(Object.values(commands).map(async (load) => (await load()).command));
  const longest = Math.max(...declared.map(({ name }) => name.length));
  return [
    'usage: cdk8s-karmada COMMAND [OPTIONS]',
    '',
    'Where Karmada runs what, known before anything is applied.',
    '',
    ...declared.map(({ name, summary }) => `  ${name.padEnd(longest)}  ${summary}`),
    '',
    'cdk8s-karmada COMMAND --help shows the options of a command, --version the version.',
    'Exit codes: 0 fine, 1 findings or something without a place, 2 bad usage or input, 3 the environment.',
    '',
  ].join('\n');
}

/** User errors are one line and a fix; anything else is a bug and keeps its stack trace. */
function report(error: unknown, { name, usage }: CommandDeclaration, argv: readonly string[], io: CliIo): ExitCode {
  const known = knownError(error);
  if (!known) {
    const stack = error instanceof Error ? error.stack : String(error);
    io.err(
      `${printableLines(stack ?? '')}\n\nThis is a bug in cdk8s-karmada. Please report it with the lines above.\n`,
    );
    return 3;
  }
  const { code, message, fix, exitCode } = known;
  if (argv.includes('--json'))
    io.out(`${JSON.stringify({ version: 1, command: name, error: { code, message, fix } }, null, 2)}\n`);
  io.err(`error: ${printableLines(message)}\n`);
  if (fix !== seeHelp) io.err(`  fix: ${printableLines(fix)}\n`);
  // Only for a person: logs stay as they are.
  if (io.color.err && !code.startsWith('cli.') && code !== 'explain.unknown')
    io.err(`  more: cdk8s-karmada explain ${code}\n`);
  if (code === 'cli.usage') io.err(`usage: cdk8s-karmada ${name} ${usage}, or ${name} --help\n`);
  return exitCode;
}

interface KnownError extends Problem {
  readonly exitCode: ExitCode;
}

function knownError(error: unknown): KnownError | undefined {
  if (error instanceof ModelError) {
    return { code: error.code, message: error.problem, fix: error.fix, exitCode: 2 };
  }
  if (error instanceof EnvironmentError) {
    return { code: error.code, message: error.message, fix: error.fix, exitCode: 3 };
  }
  return undefined;
}
