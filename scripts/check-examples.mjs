// Installs the packed package with the tools of a cdk8s project once, and checks each project in examples/ with them: its types,
// its tests, the commands of its README, and the output that the README shows.
// usage: node scripts/check-examples.mjs [--update] [--tarball FILE] [EXAMPLE...]
// --update writes the output into the READMEs. Without a tarball, lib/ is packed as `npm run build` left it.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { update: { type: 'boolean', default: false }, tarball: { type: 'string' } },
  allowPositionals: true,
});
const started = Date.now();
const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-examples-'));
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (positionals.length === 0 || positionals.includes(entry.name)))
  .map(({ name }) => name);
if (examples.length === 0) throw new Error(`no example is named ${positionals.join(', ')}`);

// Progress bars and colours of the tools depend on the environment of this process; the width of tables as well.
const { COLUMNS, FORCE_COLOR, ...inherited } = process.env;
const env = {
  ...inherited,
  NO_COLOR: '1',
  PATH: `${join(scratch, 'node_modules/.bin')}${delimiter}${inherited.PATH}`,
};

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} failed in ${cwd}\n${stdout}${stderr}`);
}

/** Blocks of code of a page, in order; `start` and `end` are the offsets of the code. */
function blocksOf(page) {
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const start = match.index + match[0].indexOf('\n') + 1;
    return { language: match[1], code: match[2], start, end: start + match[2].length };
  });
}

/** What is not run: packages are installed once for all, tests of programs run in one process, and there is no control plane. */
const isSkipped = (line, isProgram) =>
  /^(#|$|npm install)|--kubeconfig/.test(line) || (isProgram && line === 'npm test');

/** Runs the commands of a README, and compares what the last one of a block prints with the text that follows. */
function checkReadme(name) {
  const folder = join(scratch, name);
  const file = join(root, 'examples', name, 'README.md');
  const page = readFileSync(file, 'utf8');
  const blocks = blocksOf(page);
  let updated = page;
  let compared = 0;
  for (const [index, { language, code }] of blocks.entries()) {
    if (language !== 'sh') continue;
    let printed = '';
    for (const line of code.split('\n').map((each) => each.trim())) {
      if (isSkipped(line, existsSync(join(folder, 'tsconfig.json')))) continue;
      const [, command, , exitCode = '0'] = /^(.*?)( +# exit code (\d+))?$/.exec(line);
      const result = spawnSync('bash', ['-c', command.replaceAll(/\bnpx /g, '')], {
        cwd: folder,
        encoding: 'utf8',
        env,
      });
      if (result.status !== Number(exitCode) && !(command.startsWith('diff ') && result.status === 1)) {
        throw new Error(
          `examples/${name}: ${command} exits with ${result.status}, not ${exitCode}\n${result.stdout}${result.stderr}`,
        );
      }
      printed = result.stdout;
    }
    const shown = blocks[index + 1];
    if (shown === undefined || !['text', 'diff', 'markdown', 'json'].includes(shown.language)) continue;
    compared++;
    const wanted = `${printed.replaceAll(/[ \t]+$/gm, '').trimEnd()}\n`;
    if (shown.code === wanted) continue;
    if (values.update)
      updated = updated.replace(
        `\`\`\`${shown.language}\n${shown.code}\`\`\``,
        () => `\`\`\`${shown.language}\n${wanted}\`\`\``,
      );
    else
      throw new Error(
        `examples/${name}/README.md shows another output of ${code.trim()}. It prints\n${wanted}\nrun this with --update, and read the difference`,
      );
  }
  if (compared === 0) throw new Error(`examples/${name}/README.md shows no output`);
  if (updated !== page) writeFileSync(file, updated);
  return compared;
}

const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)}s`;

try {
  const tarball = values.tarball ?? packed();
  const manifests = examples.map((name) =>
    JSON.parse(readFileSync(join(root, 'examples', name, 'package.json'), 'utf8')),
  );
  const dependencies = Object.assign({}, ...manifests.flatMap((each) => [each.dependencies, each.devDependencies]));
  writeFileSync(
    join(scratch, 'package.json'),
    JSON.stringify({ private: true, dependencies: { ...dependencies, 'cdk8s-karmada': `file:${resolve(tarball)}` } }),
  );
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'], scratch);
  for (const name of examples) {
    const filter = (source) => !/[\\/](node_modules|dist|members|before|proposed)$/.test(source);
    cpSync(join(root, 'examples', name), join(scratch, name), { recursive: true, filter });
  }
  console.log(`examples: installed (${seconds()})`);

  // The projects have the same settings and versions as a new one, so that one compilation serves all.
  run('cdk8s-karmada', ['init', 'new', '--yes'], scratch);
  const read = (name, file) => readFileSync(join(scratch, name, file), 'utf8');
  const settings = read('new', 'tsconfig.json');
  const versionsOf = ({ dependencies, devDependencies }) => ({ ...dependencies, ...devDependencies });
  const versions = versionsOf(JSON.parse(read('new', 'package.json')));
  const programs = examples.filter((name) => existsSync(join(scratch, name, 'tsconfig.json')));
  for (const name of programs) {
    if (read(name, 'tsconfig.json') !== settings)
      throw new Error(`examples/${name}/tsconfig.json differs from that of a new project`);
  }
  for (const name of examples) {
    const own = versionsOf(JSON.parse(read(name, 'package.json')));
    const other = Object.keys(own).find((each) => versions[each] !== undefined && versions[each] !== own[each]);
    if (other) throw new Error(`examples/${name}/package.json has another version of ${other} than a new project`);
  }
  if (programs.length > 0) {
    writeFileSync(join(scratch, 'tsconfig.json'), settings);
    run('tsc', ['-p', '.'], scratch);
    const report = run('vitest', ['run', '--root', '.', '--reporter=json'], scratch);
    const { numPassedTests, testResults } = JSON.parse(report);
    const untested = programs.filter((name) => !testResults.some((file) => file.name.includes(`/${name}/`)));
    if (untested.length > 0) throw new Error(`no tests in ${untested.join(', ')}`);
    console.log(`examples: types, and ${numPassedTests} tests (${seconds()})`);
  }
  for (const name of examples) {
    console.log(`examples: ${name}, ${checkReadme(name)} outputs as its README shows (${seconds()})`);
  }
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function packed() {
  if (!existsSync(join(root, 'lib'))) throw new Error('lib/ is missing: run `npm run build` first');
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  return join(scratch, filename);
}
