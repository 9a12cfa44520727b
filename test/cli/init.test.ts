import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runIn } from '../support/cli';
import { cli } from '../support/cli-run';

const all = [
  'package.json',
  'tsconfig.json',
  'cdk8s.yaml',
  '.gitignore',
  'README.md',
  'fleet.ts',
  'main.ts',
  'web.ts',
  'web.test.ts',
];

const read = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');

describe('init', () => {
  test('writes a project and says what to run', async () => {
    const cwd = folderWith({});
    const { exitCode, out, err } = await runIn(cwd, ['init', 'My Shop', '--yes']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toBe(
      [
        'My Shop: 9 files written',
        ...all.map((name) => `  ${name}`),
        '',
        'next',
        '  cd "My Shop"',
        '  npm install',
        '  npm test',
        '  npm run plan',
        '',
      ].join('\n'),
    );
    expect(readdirSync(join(cwd, 'My Shop')).sort()).toEqual([...all].sort());
    expect(JSON.parse(read(cwd, 'My Shop/package.json')).name).toBe('my-shop');
    expect(read(cwd, 'My Shop/main.ts')).toContain("name: 'my-shop'");
  });

  test('takes the clusters from a file, as the command `fleet` writes them', async () => {
    const cwd = folderWith({ 'clusters.yaml': 'clusters: { eu-1: { region: eu }, us-1: { region: us } }\n' });
    await runIn(cwd, ['init', 'shop', '--fleet', 'clusters.yaml']);
    expect(read(cwd, 'shop/web.ts')).toContain("fleet.weighted({ 'eu-1': 2, 'us-1': 1 })");
    const again = await runIn(cwd, ['fleet', '--from', 'clusters.yaml', '--out', 'shop/fleet.ts', '--check']);
    expect(again).toMatchObject({ exitCode: 0, out: 'shop/fleet.ts: 2 clusters, up to date\n' });
  });

  test('changes no file that exists', async () => {
    const packageJson =
      '{ "dependencies": { "cdk8s": "^2.60.0" }, "scripts": { "test": "jest" }, "devDependencies": { "jest": "29" } }';
    const cwd = folderWith({ 'package.json': packageJson, 'main.ts': '// mine\n', 'src/other.ts': '' });
    symlinkSync('nowhere', join(cwd, 'README.md'));
    const { exitCode, out } = await runIn(cwd, ['init', '--name', 'shop']);
    expect(exitCode).toBe(0);
    expect(read(cwd, 'package.json')).toBe(packageJson);
    expect(read(cwd, 'main.ts')).toBe('// mine\n');
    expect(existsSync(join(cwd, 'README.md'))).toBe(false);
    expect(read(cwd, 'web.test.ts')).not.toContain('vitest');
    expect(out).toContain('left alone, because they exist\n  package.json\n  README.md\n  main.ts\n');
    expect(out).toContain('  npm install "cdk8s-karmada@^');
    expect(out).toContain('  npm pkg set "scripts.plan=npm run synth && cdk8s-karmada plan"\n');
    expect(out).not.toContain('scripts.test');
    expect(out).toContain("  new Web(app, 'web');\n");

    const again = await runIn(cwd, ['init', '--json']);
    expect(JSON.parse(again.out)).toMatchObject({
      command: 'init',
      folder: '.',
      written: [],
      kept: all,
      missing: { dependencies: { constructs: expect.any(String) } },
      summary: { written: 0, kept: 9 },
    });
  });

  test('writes into the folder that a link names', async () => {
    const cwd = folderWith({ 'real/README.md': '' });
    symlinkSync('real', join(cwd, 'shop'));
    expect((await runIn(cwd, ['init', 'shop'])).exitCode).toBe(0);
    expect(readdirSync(join(cwd, 'real')).sort()).toEqual([...all].sort());
  });

  test('asks in a terminal, until the answer is valid', async () => {
    const cwd = folderWith({});
    const answers = ['Shop', 'shop', 'eu-1, eu-1', 'eu-1 us_1', 'eu-1, us-1'];
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return answers.shift() ?? '';
    };
    const { exitCode } = await cli(['init', 'x'], { cwd, terminal: { ask } });
    expect(exitCode).toBe(0);
    expect(questions).toEqual([
      'Name of the project [x]: ',
      'the name must be lower case letters, digits and "-", with a letter or digit at both ends\nName of the project [x]: ',
      'Names of the member clusters [member1 member2 member3]: ',
      '"eu-1" is named twice\nNames of the member clusters [member1 member2 member3]: ',
      expect.stringMatching(/^"us_1" must be .*\nNames/),
    ]);
    expect(read(cwd, 'x/fleet.ts')).toContain("  'eu-1': {},\n  'us-1': {},\n");
    expect(read(cwd, 'x/package.json')).toContain('"name": "shop"');
  });

  test('asks nothing that is given, and nothing with --yes', async () => {
    const cwd = folderWith({ 'fleet.yaml': 'clusters: { a: {} }\n' });
    const ask = () => Promise.reject(new Error('asked'));
    const world = { cwd, terminal: { ask } };
    expect((await cli(['init', 'one', '--yes'], world)).exitCode).toBe(0);
    expect((await cli(['init', 'two', '--json'], world)).exitCode).toBe(0);
    expect((await cli(['init', 'three', '--name', 'three', '--fleet', 'fleet.yaml'], world)).exitCode).toBe(0);
  });

  test.each(['cdk8s-karmada', 'vitest', 'render', '日本'])('finds a name for a folder named %s', async (folder) => {
    const cwd = folderWith({});
    expect((await runIn(cwd, ['init', folder])).exitCode).toBe(0);
    const { name } = JSON.parse(read(cwd, folder, 'package.json'));
    expect(name).toBe(folder === '日本' ? 'app' : `${folder}-app`);
  });

  test('refuses what it cannot use, and writes nothing', async () => {
    const cwd = folderWith({
      file: '',
      'fleet.yaml': 'clusters: { a: { taints: [{ key: x, effect: NoSchedule }] } }\n',
    });
    for (const [args, code] of [
      [['--name', 'My Shop'], 'cli.usage'],
      [['--name', 'cdk8s'], 'cli.usage'],
      [['--context', 'x'], 'cli.usage'],
      [['--fleet', 'fleet.yaml', '--kubeconfig', 'x'], 'cli.usage'],
      [['--fleet', 'fleet.yaml'], 'init.no-cluster'],
      [['--fleet', 'none.yaml'], 'read.unreadable'],
    ] as const) {
      const { exitCode, out } = await runIn(cwd, ['init', 'new', '--json', ...args]);
      expect([exitCode, JSON.parse(out).error.code]).toEqual([2, code]);
    }
    for (const folder of ['file', 'file/below']) {
      const { exitCode, err } = await runIn(cwd, ['init', folder]);
      expect(exitCode).toBe(2);
      expect(err).toContain(`cannot write to ${folder}: `);
    }
    expect(readdirSync(cwd).sort()).toEqual(['file', 'fleet.yaml']);
  });

  test.skipIf(process.getuid?.() === 0)('writes nothing into a folder that is not writable (not as root)', async () => {
    const cwd = folderWith({ 'shop/README.md': '' });
    chmodSync(join(cwd, 'shop'), 0o555);
    const { exitCode } = await runIn(cwd, ['init', 'shop']);
    expect(exitCode).toBe(2);
    expect(readdirSync(join(cwd, 'shop'))).toEqual(['README.md']);
  });
});
