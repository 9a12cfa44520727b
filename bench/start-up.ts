import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from './compile';

const root = join(__dirname, '..');
const folder = join(root, '.cache', 'start-up');

/**
 * `npm run bench -- start-up [RUNS]`: start-up times. Plain node processes with the built package run in turn; the results
 * are medians of wall time.
 */
export function run([runs = '15']: readonly string[]): void {
  const library = join(root, 'lib', 'src', 'index.js');
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  const compiled = compile();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  cpSync(join(compiled, 'src', 'apps'), join(folder, 'src', 'apps'), { recursive: true });
  writeFileSync(join(folder, 'src', 'index.js'), `module.exports = require(${JSON.stringify(library)});\n`);

  const [ours, plain] = [join(folder, 'federation'), join(folder, 'cdk8s')];
  const commands = {
    'node -e 0': ['-e', '0'],
    "require('cdk8s')": ['-e', "require('cdk8s')"],
    "require('cdk8s-karmada')": ['-e', `require(${JSON.stringify(library)})`],
    '--version': [join(root, 'lib', 'src', 'cli', 'main.js'), '--version'],
    'demo, plain cdk8s': [join(compiled, 'bench', 'start-up-plain.js'), plain],
    'demo, lint and plan on': [join(folder, 'src', 'apps', 'main.js')],
  } as const;
  type Command = keyof typeof commands;
  const names = Object.keys(commands) as Command[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < Number(runs); round++) {
    for (const name of names) times.get(name)?.push(milliseconds(commands[name], ours));
  }
  if (manifests(ours) !== manifests(plain)) throw new Error(`${ours} and ${plain} must contain the same manifests`);

  const took = (name: Command) => median(times.get(name)!);
  console.log(`start-up, medians of ${runs} runs in milliseconds, node ${process.version}\n`);
  for (const name of names) console.log(`${name.padEnd(28)}${took(name).toFixed(0).padStart(6)}`);
  const above = (name: Command, base: Command) => (took(name) - took(base)).toFixed(0);
  console.log(`
import above require('cdk8s')      ${above("require('cdk8s-karmada')", "require('cdk8s')")} ms, to reach: 35
--version above node -e 0          ${above('--version', 'node -e 0')} ms, to reach: 60
demo over plain cdk8s              ${(took('demo, lint and plan on') / took('demo, plain cdk8s')).toFixed(2)}, to reach: 1.5`);
}

function milliseconds(command: readonly string[], outdir: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  if (status !== 0) throw new Error(`node ${command.join(' ')} failed: ${stderr}`);
  return performance.now() - started;
}

/** All manifests of a folder, to verify that both write the same. */
function manifests(folder: string): string {
  const files = readdirSync(folder).filter((name) => /\.yaml$/.test(name));
  return files.map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
