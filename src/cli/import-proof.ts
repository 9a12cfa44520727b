import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImportedProgram } from '../import';
import { itemsOf } from '../import/items';
import { firstDifference, normalForm } from '../import/normal-form';
import { type Demotion, importForms, rankOf } from '../import/rungs';
import type { Manifest } from '../kubernetes/manifest';
import { canonicalText } from '../kubernetes/plain-data';
import { readManifests } from '../manifests';
import type { FleetLike } from '../planner';
import { outcomeJson, planOf } from '../planner';
import type { RunProgram } from '../process/run-program';

/** The tools of a project that run its programs. */
export interface ProjectTools {
  /** Script of the TypeScript compiler. */
  readonly compiler: string;
  /** Folders of the packages that a program needs, by name. */
  readonly packages: Readonly<Record<string, string>>;
}

const needed = ['cdk8s', 'constructs', 'cdk8s-karmada'];

/**
 * The tools that are installed for a folder.
 *
 * @returns the names of missing packages otherwise
 */
export function projectTools(folder: string): ProjectTools | readonly string[] {
  const require = createRequire(join(folder, 'main.js'));
  const packages: Record<string, string> = {};
  for (const name of [...needed, 'typescript', '@types/node']) {
    const found = folderOf(name, require);
    if (found !== undefined) packages[name] = found;
  }
  const missing = [...needed, 'typescript', '@types/node'].filter((name) => !Object.hasOwn(packages, name));
  if (missing.length > 0) return missing;
  const { bin } = JSON.parse(readFileSync(join(packages['typescript']!, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  return { compiler: join(packages['typescript']!, bin['tsc']!), packages };
}

function folderOf(name: string, require: NodeJS.Require): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
  }
  // A package may refer to itself by its name.
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** The kind of modules that a folder has: that of the nearest package.json. */
export function moduleKindOf(folder: string): 'commonjs' | 'esm' {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) {
      try {
        return (JSON.parse(readFileSync(file, 'utf8')) as { type?: string }).type === 'module' ? 'esm' : 'commonjs';
      } catch {
        return 'commonjs';
      }
    }
    if (dirname(at) === at) return 'commonjs';
  }
}

/** What came of running a program. */
export interface Proof {
  /** Objects that are not made as they came in, with what is wrong. Empty: the program is right. */
  readonly failures: ReadonlyMap<string, string>;
  /** Lint rules that stop the synthesis. */
  readonly rules: readonly string[];
  /** What is wrong with the program as a whole. @default - nothing */
  readonly problem?: string;
}

/** What a proof needs in addition to the program. */
export interface ProofOptions {
  readonly run: RunProgram;
  /** Member clusters for which plans are compared. @default - plans are not compared */
  readonly fleet?: FleetLike | undefined;
  readonly defaultNamespace: string;
}

const seconds = 120;

/**
 * Compiles a program strictly with the tools of a project, runs it, and compares the objects that it makes with those that came
 * in. Everything happens in a temporary folder.
 */
export async function prove(
  program: ImportedProgram,
  module: 'commonjs' | 'esm',
  { compiler, packages }: ProjectTools,
  { run, fleet, defaultNamespace }: ProofOptions,
): Promise<Proof> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-karmada-import-')));
  try {
    for (const { path, text } of program.files) write(join(folder, path), text);
    for (const [name, target] of Object.entries(packages)) link(join(folder, 'node_modules', name), target);
    write(join(folder, 'package.json'), JSON.stringify({ type: module === 'esm' ? 'module' : 'commonjs' }));
    write(join(folder, 'tsconfig.json'), JSON.stringify(compilerSettings(module)));
    const env = { ...process.env, CDK8S_OUTDIR: join(folder, 'dist'), NODE_OPTIONS: '' };
    const compiled = await run({
      program: process.execPath,
      args: [compiler, '-p', folder, '--pretty', 'false'],
      timeLimit: seconds,
      env,
    });
    const errors = compilerErrors(compiled.stdout, program, folder);
    if (compiled.exitCode !== 0) {
      return {
        failures: errors.failures,
        rules: [],
        ...(errors.failures.size === 0 && { problem: errors.first ?? 'the TypeScript compiler failed' }),
      };
    }
    const { exitCode, stderr } = await run({
      program: process.execPath,
      args: ['--enable-source-maps', join(folder, 'main.js')],
      timeLimit: seconds,
      env,
    });
    if (exitCode !== 0) return failedRun(stderr, program, folder);
    const { manifests: made } = readManifests([join(folder, 'dist')]);
    const failures = differences(program.manifests, made);
    const moved = failures.size === 0 && fleet ? movedTemplates(program.manifests, made, fleet, defaultNamespace) : [];
    return { failures, rules: [], ...(moved.length > 0 && { problem: `${moved[0]} would reach other clusters` }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Templates that the two do not send to the same clusters, or not in the same form. */
function movedTemplates(
  before: readonly Manifest[],
  after: readonly Manifest[],
  fleet: FleetLike,
  defaultNamespace: string,
): readonly string[] {
  const [one, other] = [before, after].map((manifests) => {
    const plan = planOf(manifests, { fleet, defaultNamespace });
    const outcomes = plan.templates.map((template): [string, string] => [
      template.key,
      JSON.stringify([
        outcomeJson(template.outcome),
        plan.clusters.map(({ name }) =>
          template
            .objectsIn(name)
            .map((copy) =>
              'object' in copy ? canonicalText({ ...copy, object: normalForm(copy.object) }) : canonicalText(copy),
            ),
        ),
      ]),
    ]);
    return new Map(outcomes);
  });
  return [...one!].filter(([key, outcome]) => other!.get(key) !== outcome).map(([key]) => key);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
}

function link(path: string, target: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

function compilerSettings(module: 'commonjs' | 'esm'): object {
  return {
    compilerOptions: {
      strict: true,
      noUnusedLocals: true,
      noImplicitOverride: true,
      skipLibCheck: true,
      target: 'ES2022',
      types: ['node'],
      sourceMap: true,
      ...(module === 'esm'
        ? { module: 'NodeNext', moduleResolution: 'NodeNext' }
        : { module: 'CommonJS', esModuleInterop: true }),
    },
    include: ['**/*.ts'],
  };
}

function compilerErrors(
  output: string,
  program: ImportedProgram,
  folder: string,
): { readonly failures: ReadonlyMap<string, string>; readonly first: string | undefined } {
  const failures = new Map<string, string>();
  let first: string | undefined;
  for (const match of output.matchAll(/^(\S.*?)\((\d+),\d+\): error (TS\d+): (.*)$/gm)) {
    const [, file = '', line = '0', code, message] = match;
    first ??= `${file}(${line}): ${code}: ${message}`;
    const path = file
      .replaceAll('\\', '/')
      .replace(`${folder.replaceAll('\\', '/')}/`, '')
      .replace(/^.*\/(?=apps\/)/, '');
    for (const key of keysAt(program, path, Number(line))) failures.set(key, `TypeScript refuses it (${code})`);
  }
  return { failures, first };
}

function keysAt({ lines }: ImportedProgram, path: string, line: number): readonly string[] {
  const here = Object.hasOwn(lines, path) ? lines[path]! : [];
  return here.find(({ from, to }) => from <= line && line <= to)?.keys ?? [];
}

/** What stopped a program: lint rules, or the statement that threw. */
function failedRun(stderr: string, program: ImportedProgram, folder: string): Proof {
  const failures = new Map<string, string>();
  for (const match of stderr.matchAll(/(apps\/[\w-]+\.ts):(\d+):\d+/g)) {
    for (const key of keysAt(program, match[1]!, Number(match[2]))) failures.set(key, 'its construct refuses it');
  }
  // cdk8s names the object that it cannot write, but not the statement.
  for (const [, path, name] of stderr.matchAll(/Failed serializing construct at path '(.*)' with name '(.*?)'/g)) {
    const named = program.report.objects.filter((object) => object.name === name);
    const ofKind = named.filter(({ kind }) => path!.includes(`-${kind.toLowerCase()}`));
    for (const { key } of ofKind.length > 0 ? ofKind : named) failures.set(key, 'cdk8s cannot write it');
  }
  const rules = [...new Set([...stderr.matchAll(/^error +([a-z0-9-]+) /gm)].map((match) => match[1]!))];
  const first = stderr.split('\n').find((line) => /^\s*(\w*Error|\[)/.test(line)) ?? stderr.split('\n')[0] ?? '';
  const problem = failures.size === 0 && rules.length === 0 ? first.replaceAll(folder, '').slice(0, 300) : undefined;
  return { failures, rules: failures.size > 0 ? [] : rules, ...(problem !== undefined && { problem }) };
}

/** Objects that differ, are missing, or are too many. */
export function differences(before: readonly Manifest[], after: readonly Manifest[]): ReadonlyMap<string, string> {
  const failures = new Map<string, string>();
  const made = new Map(itemsOf(after, {}).map((item) => [item.key, item]));
  for (const item of itemsOf(before, {})) {
    const twin = made.get(item.key);
    made.delete(item.key);
    if (twin === undefined) {
      failures.set(item.key, 'the program does not make it');
      continue;
    }
    const difference = firstDifference(normalForm(item.object), normalForm(twin.object));
    if (difference !== undefined) failures.set(item.key, `${difference} would differ`);
  }
  for (const item of made.values()) failures.set(item.key, 'the program makes it, but it did not come in');
  return failures;
}

/** What the objects that failed become in the next attempt. */
export interface NextForms {
  /** Those of all attempts, with one step down for each object that has one. */
  readonly demotions: ReadonlyMap<string, Demotion>;
  /** Objects that failed in their last form, with what is wrong. */
  readonly impossible: ReadonlyMap<string, string>;
  /** Whether another attempt differs from the last one. */
  readonly isChanged: boolean;
}

/** One step down for each object that failed. */
export function nextForms(
  { report }: ImportedProgram,
  failures: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, Demotion>,
): NextForms {
  const demotions = new Map(before);
  const impossible = new Map<string, string>();
  let isChanged = false;
  for (const { key, form } of report.objects) {
    const why = failures.get(key);
    if (why === undefined) continue;
    isChanged = true;
    const atBest = importForms[rankOf(form) + 1];
    if (atBest === undefined || before.get(key)?.atBest === atBest) impossible.set(key, why);
    else demotions.set(key, { atBest, why });
  }
  return { demotions, impossible, isChanged };
}
