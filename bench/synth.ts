import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { compile } from './compile';
import type { ChildResult, ContenderName } from './synth-child';

/**
 * Output folder, in a memory file system if there is one. The time that a disk needs to create a file would hide the
 * differences; ext4 is ten times slower if other files were removed shortly before.
 */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Contenders that do the same work, in the order of the table. */
const inTable: readonly ContenderName[] = [
  'JSON.stringify',
  'Federation, raw objects',
  'Federation, typed policies',
  'Federation, FederatedApp',
  'Federation, FederatedApp, linted',
  'cdk8s, raw objects',
  'cdk8s, L1',
  'cdk8s-plus',
  'yaml',
  'js-yaml',
  'kubernetes-models, validated',
];

/** Contenders whose time grows with the square of the number of charts. */
const slowWithCharts: readonly ContenderName[] = ['cdk8s, raw objects', 'cdk8s, L1', 'cdk8s-plus'];

interface Measured extends ChildResult {
  /** Of the whole process. */
  readonly wallMilliseconds: number;
}

type Results = ReadonlyMap<ContenderName, Measured>;

const usage = `npm run bench -- synth [--sizes 10,100,1000] [--rounds 3] [--charts one,many] [--most-charts 1000] [--only TEXT] [--full]
  --full         sizes 10,100,1000,10000 and 5 rounds, up to 2,000 charts of plain cdk8s: takes a quarter of an hour
  --most-charts  apps in a chart each, for those whose time grows with the square of that
  --only         contenders whose name has this text`;

/**
 * Times of creating and writing the same objects with different libraries, each in a separate node process. The rounds are
 * interleaved, so that load on the machine affects all equally. Prints medians as Markdown.
 */
export function run(flags: readonly string[]): void {
  const { values } = parseArgs({
    args: [...flags],
    options: {
      sizes: { type: 'string' },
      rounds: { type: 'string' },
      charts: { type: 'string', default: 'one,many' },
      'most-charts': { type: 'string' },
      only: { type: 'string', default: '' },
      full: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const sizes = (values.sizes ?? (values.full ? '10,100,1000,10000' : '10,100,1000')).split(',').map(Number);
  const sizesOfCharts = values.full && values.sizes === undefined ? [10, 100, 1000, 2000, 10_000] : sizes;
  const rounds = Number(values.rounds ?? (values.full ? 5 : 3));
  const mostCharts = Number(values['most-charts'] ?? (values.full ? 2000 : 200));
  const names = inTable.filter((name) => name.includes(values.only));
  const child = join(compile(), 'bench', 'synth-child.js');
  checkSameObjects(child);

  console.log(
    `node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${rounds} rounds, medians`,
  );
  for (const charts of values.charts.split(',')) {
    const bySize = new Map<number, Results>();
    const inCharts = charts === 'one' ? 'one chart' : 'a chart each';
    for (const apps of charts === 'one' ? sizes : sizesOfCharts) {
      const fast = names.filter((name) => charts === 'one' || apps <= mostCharts || !slowWithCharts.includes(name));
      const results = measureAll(child, fast, apps, charts, rounds);
      bySize.set(apps, results);
      printTable(`${apps.toLocaleString('en')} apps, ${inCharts}`, results);
    }
    printGrowth(inCharts, bySize);
  }
  printLayers(child, rounds);
}

/** Interleaved: a round runs every contender once. */
function measureAll(
  child: string,
  names: readonly ContenderName[],
  apps: number,
  charts: string,
  rounds: number,
): Results {
  const results = new Map<ContenderName, Measured[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results.get(name)?.push(measure(child, name, apps, charts));
  }
  return new Map([...results].map(([name, all]) => [name, medians(all)]));
}

function measure(
  child: string,
  name: ContenderName,
  apps: number,
  charts: string,
  outdir = mkdtempSync(join(scratch, 'bench-')),
): Measured {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [child, name, String(apps), charts, outdir], {
    encoding: 'utf8',
  });
  const wallMilliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${name} failed\n${stderr}`);
  rmSync(outdir, { recursive: true, force: true });
  return { ...(JSON.parse(stdout) as ChildResult), wallMilliseconds };
}

function medians(all: readonly Measured[]): Measured {
  const median = (of: (one: Measured) => number): number =>
    all.map(of).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
  return {
    wallMilliseconds: median((one) => one.wallMilliseconds),
    ownMilliseconds: median((one) => one.ownMilliseconds),
    peakMegabytes: median((one) => one.peakMegabytes),
  };
}

function printTable(title: string, results: Results): void {
  const limit = results.get('JSON.stringify')?.wallMilliseconds ?? Number.NaN;
  const plain = results.get('cdk8s, L1')?.wallMilliseconds ?? Number.NaN;
  console.log(`\n### ${title}\n`);
  console.log(
    '| | wall, ms | own, ms | peak, MB | wall over JSON | wall over cdk8s L1 |\n|---|---:|---:|---:|---:|---:|',
  );
  for (const [name, { wallMilliseconds: wall, ownMilliseconds: own, peakMegabytes: peak }] of results) {
    const cells = [wall.toFixed(0), own.toFixed(0), peak.toFixed(0), ratio(wall / limit), ratio(wall / plain)];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

/** Growth of own time for ten times as many apps. */
function printGrowth(inCharts: string, bySize: ReadonlyMap<number, Results>): void {
  const steps = [...bySize.keys()].filter((apps) => bySize.has(10 * apps));
  if (steps.length === 0) return;
  console.log(`\n### Growth of own time with ten times as many apps, ${inCharts}\n`);
  console.log(
    `| | ${steps.map((apps) => `${apps.toLocaleString('en')} to ${(10 * apps).toLocaleString('en')}`).join(' | ')} |`,
  );
  console.log(`|---|${steps.map(() => '---:|').join('')}`);
  for (const name of bySize.get(steps[0]!)!.keys()) {
    const own = (apps: number) => bySize.get(apps)?.get(name)?.ownMilliseconds ?? Number.NaN;
    console.log(`| ${name} | ${steps.map((apps) => ratio(own(10 * apps) / own(apps))).join(' | ')} |`);
  }
}

const ratio = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(2));

/** Growth of the time with layers of three objects that each depend on the whole previous layer. */
function printLayers(child: string, rounds: number): void {
  console.log('\n### Layers of 3 objects, each dependent on the layer before\n');
  console.log('| | layers | own, ms |\n|---|---:|---:|');
  const cases = [
    ['Federation, layers', 18],
    ['Federation, layers', 1000],
    ['cdk8s, layers', 10],
    ['cdk8s, layers', 12],
  ] as const;
  for (const [name, layers] of cases) {
    const { ownMilliseconds } = medians(Array.from({ length: rounds }, () => measure(child, name, layers, 'one')));
    console.log(`| ${name.replace(', layers', '')} | ${layers.toLocaleString('en')} | ${ownMilliseconds.toFixed(0)} |`);
  }
}

/** Verifies that all contenders write the same objects. */
function checkSameObjects(child: string): void {
  const written = (name: ContenderName): string => {
    const outdir = mkdtempSync(join(scratch, 'bench-'));
    const { status, stderr } = spawnSync(process.execPath, [child, name, '4', 'one', outdir], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} failed\n${stderr}`);
    const text = readdirSync(outdir)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => readFileSync(join(outdir, file), 'utf8'))
      .join('---\n');
    rmSync(outdir, { recursive: true, force: true });
    const objects = parseAllDocuments(text).map((document) => JSON.stringify(document.toJS(), sortedKeys));
    return objects.sort().join('\n');
  };
  const expected = written('cdk8s, L1');
  for (const name of inTable) {
    // cdk8s-plus writes additional fields, and JSON texts are not YAML documents.
    if (name === 'cdk8s-plus' || name === 'JSON.stringify') continue;
    if (written(name) !== expected) throw new Error(`${name} does not write the objects that cdk8s L1 writes`);
  }
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
