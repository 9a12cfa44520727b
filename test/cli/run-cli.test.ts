import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../src/cli/command';
import { commands } from '../../src/cli/commands';
import { EnvironmentError } from '../../src/problem/environment-error';
import { runIn } from '../support/cli';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));

describe('runCli', () => {
  test.each(['--version', '-V'])('%s prints the version', async (argument) => {
    expect(await runIn('.', [argument])).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
  });

  test.each(['--help', '-h', 'help'])('%s lists the commands', async (argument) => {
    const { exitCode, out, err } = await runIn('.', [argument]);
    expect([exitCode, err]).toEqual([0, '']);
    for (const [name, load] of Object.entries(commands)) {
      const { summary } = (await load()).command;
      expect(out).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'm'));
    }
  });

  test('a command is listed under its own name', async () => {
    for (const [name, load] of Object.entries(commands)) expect((await load()).command.name).toBe(name);
  });

  test.each(Object.keys(commands))('help %s shows its options', async (name) => {
    const { exitCode, out } = await runIn('.', [name, '--help']);
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`Usage: cdk8s-karmada ${name}`)]);
    expect((await runIn('.', ['help', name])).out).toBe(out);
  });

  test('fails when no command is given', async () => {
    const { exitCode, out, err } = await runIn('.', []);
    expect([exitCode, out, err.split('\n')[0]]).toEqual([2, '', 'usage: cdk8s-karmada COMMAND [OPTIONS]']);
  });

  test('fails when there is no such command', async () => {
    expect(await runIn('.', ['plna'])).toEqual({
      exitCode: 2,
      out: '',
      err: 'error: there is no command "plna"; did you mean plan?\nusage: cdk8s-karmada COMMAND, or --help\n',
    });
  });

  test('fails when an option is unknown, with one line and the usage', async () => {
    expect(await runIn('.', ['plan', '--flet', 'x'])).toEqual({
      exitCode: 2,
      out: '',
      err: "error: unknown option '--flet' (Did you mean --fleet?)\nusage: cdk8s-karmada plan [PATH...] [--fleet FILE], or plan --help\n",
    });
  });

  test('fails as JSON where JSON is asked for', async () => {
    const { exitCode, out } = await runIn('.', ['plan', 'none', '--json']);
    expect([exitCode, JSON.parse(out)]).toEqual([
      2,
      {
        version: 1,
        command: 'plan',
        error: {
          code: 'cli.usage',
          message: '--fleet FILE is missing: a plan needs to know the member clusters',
          fix: 'write one with `kubectl get clusters -o yaml > fleet.yaml` on the Karmada control plane, or by hand: `clusters: { member1: {}, member2: {} }`, or pass --kubeconfig of the control plane, or give the Federation a fleet',
        },
      },
    ]);
  });

  describe('errors of a command', () => {
    const extended = commands as Record<string, (typeof commands)[string]>;

    const run = async (error: unknown) => {
      const command = defineCommand({
        name: 'failing',
        usage: '',
        summary: 'fails',
        define() {},
        run: () => Promise.reject(error),
      });
      extended['failing'] = async () => ({ command });
      try {
        return await runIn('.', ['failing']);
      } finally {
        delete extended['failing'];
      }
    };

    test('a missing program ends with 3 and what to do', async () => {
      expect(await run(new EnvironmentError('kubectl is not on the PATH', 'install it'))).toEqual({
        exitCode: 3,
        out: '',
        err: 'error: kubectl is not on the PATH\n  fix: install it\n',
      });
    });

    test('a bug of ours keeps its stack', async () => {
      const { exitCode, err } = await run(new TypeError('x is not a function'));
      expect(exitCode).toBe(3);
      expect(err).toContain('TypeError: x is not a function\n    at ');
      expect(err).toContain('This is a bug in cdk8s-karmada.');
    });
  });
});

describe('the program', () => {
  const main = join(__dirname, '../../src/cli/main.ts');
  const program = `"${process.execPath}" --import tsx "${main}"`;

  test('is quiet when the pipe that it prints to is closed', () => {
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; ${program} plan --help | true; echo "ended with $?"`],
      {
        encoding: 'utf8',
      },
    );
    expect([stdout, stderr]).toEqual(['ended with 0\n', '']);
  });

  test('ends with the exit code of the command', () => {
    const { status, stderr } = spawnSync('bash', ['-c', `${program} plan none`], { encoding: 'utf8' });
    expect([status, stderr.split('\n')]).toEqual([
      2,
      [
        'error: --fleet FILE is missing: a plan needs to know the member clusters',
        expect.stringMatching(/^ {2}fix: write one with `kubectl get clusters -o yaml > fleet.yaml`/),
        expect.stringMatching(/^usage: cdk8s-karmada plan /),
        '',
      ],
    ]);
  });

  test.each([
    ['standard output is full', '> /dev/full', 3, /^error: cannot write to standard output: .*ENOSPC.*\n$/],
    ['standard error is full', '2> /dev/full', 3, /^$/],
    ['standard error is closed early', '2> >(true)', 2, /^$/],
    ['standard error is closed', '2>&-', 2, /^$/],
  ])('ends without a stack when %s', (_, redirection, code, message) => {
    const command = redirection.startsWith('>') ? 'plan --help' : 'plan none';
    const { status, stderr } = spawnSync('bash', ['-c', `${program} ${command} ${redirection}`], { encoding: 'utf8' });
    expect(status).toBe(code);
    expect(stderr).toMatch(message);
  });

  test('prints its version without loading a command', () => {
    const loaded = spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        '-e',
        `process.argv[2] = '--version'; require(${JSON.stringify(main)}); console.log(Object.keys(require.cache).filter((file) => /commander|yaml|planner|picocolors/.test(file)).length)`,
      ],
      { encoding: 'utf8' },
    );
    expect(loaded.stdout).toContain('0\n');
  });
});
