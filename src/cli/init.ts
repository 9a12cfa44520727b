import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { existingPackage, type PackageParts, toolVersions } from '../import/project/package-json';
import { projectFiles } from '../import/project/project-files';
import { clusterNameProblems, dnsLabelProblems } from '../kubernetes/names';
import { readText } from '../manifests';
import { type NewFiles, writeNewFiles } from '../manifests/write-files';
import type { FleetData } from '../model/fleet-data';
import { counted, firstTwice, printable, printableLines, quoted } from '../problem/words';
import { UsageError } from './cli-error';
import { contextHelp, defineCommand } from './command';
import type { ControlPlaneOptions } from './control-plane-options';
import { fleetFrom, statable } from './fleet-source';
import { printJson } from './print-json';
import { processTerminal } from './terminal';
import { ownVersion } from './version';

interface InitOptions extends ControlPlaneOptions {
  readonly fleet?: string;
  readonly name?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `init`: a cdk8s project with a fleet, an application and a test. */
export const command = defineCommand<InitOptions>({
  name: 'init',
  usage: '[FOLDER] [--fleet FILE] [--name NAME] [--yes]',
  summary: 'write a cdk8s project with a fleet, an application and a test',
  define(command) {
    command
      .description(
        'Writes a cdk8s TypeScript project with a fleet, an application, a test and scripts. Files that exist are not changed.',
      )
      .argument('[folder]', 'folder of the project', '.')
      .option('-f, --fleet <file>', 'member clusters: a fleet file, or what `kubectl get clusters -o yaml` prints')
      .option('--kubeconfig <file>', 'Karmada API server to read the clusters from')
      .option('--context <name>', contextHelp)
      .option('--name <name>', 'name of the project (default: that of the folder)')
      .option('-y, --yes', 'ask nothing')
      .option('--json', 'print JSON, and ask nothing (docs/formats.md)');
  },
  async run({ paths, options }, io) {
    const given = paths[0] ?? '.';
    const folder = resolve(io.cwd, given);
    const { ask } = options.yes || options.json ? {} : (io.terminal ?? processTerminal());
    const live = await fleetFrom({ ...options, option: '--fleet', file: options.fleet }, io);
    const fleet = live && statable(live, { capacity: true, source: options.fleet ?? 'the control plane' }, io);
    const name = options.name === undefined ? await nameOf(folder, ask) : projectName(options.name);
    const text = textOfPackage(folder);
    const existing = text === undefined ? undefined : existingPackage(text);

    const files = projectFiles({
      name,
      fleet: fleet ?? (await namedClusters(ask)),
      version: ownVersion(),
      ...(existing && { existing }),
    });
    const { written, kept } = writeNewFiles(
      folder,
      Array.from(files, ([path, text]) => ({ path, text })),
      given,
    );
    // The app of an existing cdk8s.yaml runs without tsx.
    const unneeded = kept.includes('cdk8s.yaml') ? ['tsx'] : [];
    const missing =
      text === undefined ? undefined : (existing ?? existingPackage('{}')!).missing(ownVersion(), unneeded);
    const next = [
      ...(folder === io.cwd ? [] : [`cd ${/^[\w./\\-]+$/.test(given) ? given : JSON.stringify(given)}`]),
      'npm install',
      'npm test',
      'npm run plan',
    ];
    if (options.json) {
      const summary = { written: written.length, kept: kept.length };
      printJson(io, 'init', { folder: given, written, kept, ...(missing && { missing }), next, summary });
      return 0;
    }
    io.out(printableLines(resultText({ folder: given, written, kept, missing, next })));
    return 0;
  },
});

type Ask = (question: string) => Promise<string>;

/** Names that npm refuses, because the project depends on a package of that name, or that a Federation may not have. */
const reservedNames: readonly string[] = [...Object.keys(toolVersions), 'cdk8s-karmada', 'render'];

function nameProblem(name: string): string | undefined {
  const [problem] = dnsLabelProblems(name);
  if (problem !== undefined) return problem;
  return reservedNames.includes(name) ? 'is taken by a package of the project, or reserved' : undefined;
}

function projectName(name: string): string {
  const problem = nameProblem(name);
  if (problem === undefined) return name;
  throw new UsageError(`the name of the project ${problem}, got ${quoted(name)}`, 'choose a name such as "shop"');
}

/** A name like that of the folder, or what the user answers. */
async function nameOf(folder: string, ask: Ask | undefined): Promise<string> {
  const close = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  const name = nameProblem(close) === undefined ? close : [close, 'app'].filter(Boolean).join('-');
  return answer(ask, 'Name of the project', name, (text) => {
    const problem = nameProblem(text);
    return problem === undefined ? { value: text } : { problem: `the name ${problem}` };
  });
}

/** Clusters as `hack/local-up-karmada.sh` of Karmada names them, or those that the user answers. */
async function namedClusters(ask: Ask | undefined): Promise<FleetData> {
  const names = await answer(ask, 'Names of the member clusters', 'member1 member2 member3', (text) => {
    const words = text.split(/[\s,]+/).filter(Boolean);
    const twice = firstTwice(words);
    if (twice !== undefined) return { problem: `${quoted(twice)} is named twice` };
    const [bad] = words.flatMap((word) => clusterNameProblems(word).map((why) => `${quoted(word)} ${why}`));
    if (bad !== undefined) return { problem: bad };
    return words.length > 0 ? { value: words } : { problem: 'name at least one cluster' };
  });
  return { clusters: Object.fromEntries(names.map((name) => [name, {}])) };
}

/** The answer to a question, which is asked until it is valid; the default if nothing can be asked. */
async function answer<Value>(
  ask: Ask | undefined,
  question: string,
  byDefault: string,
  read: (text: string) => { readonly value: Value } | { readonly problem: string },
): Promise<Value> {
  for (let problem = ''; ; ) {
    const text = (await ask?.(`${problem}${question} [${byDefault}]: `))?.trim() || byDefault;
    const result = read(text);
    if ('value' in result) return result.value;
    problem = `${printable(result.problem)}\n`;
  }
}

/** The text of package.json in a folder; undefined if there is none. */
function textOfPackage(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  const text = readText(path);
  return typeof text === 'string' ? text : '';
}

interface InitResult extends NewFiles {
  readonly folder: string;
  readonly missing: PackageParts | undefined;
  readonly next: readonly string[];
}

function resultText({ folder, written, kept, missing, next }: InitResult): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}\n`).join('');
  const add = missing ? commandsToAdd(missing) : [];
  return [
    written.length > 0
      ? `${folder}: ${counted(written.length, 'file')} written\n${indented(written)}`
      : `${folder}: every file exists, nothing written\n`,
    kept.length > 0 && `left alone, because they exist\n${indented(kept)}`,
    add.length > 0 && `package.json lacks what the project needs: to add it, run\n${indented(add)}`,
    kept.includes('main.ts') &&
      written.includes('web.ts') &&
      `to deploy the example, add to your program\n${indented(useOfChart)}`,
    `next\n${indented(next)}`,
  ]
    .filter(Boolean)
    .join('\n');
}

const useOfChart = ['const app = new Federation({ fleet });  // in place of new App()', "new Web(app, 'web');"];

/** Commands that add packages and scripts to an existing package.json. */
function commandsToAdd({ scripts, dependencies, devDependencies }: PackageParts): readonly string[] {
  const packages = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).map(([name, version]) => `"${name}@${version}"`);
  const install = (option: string, wanted: readonly string[]) =>
    wanted.length > 0 ? [['npm install', option, ...wanted].filter(Boolean).join(' ')] : [];
  return [
    ...install('', packages(dependencies)),
    ...install('--save-dev', packages(devDependencies)),
    ...Object.entries(scripts).map(([name, script]) => `npm pkg set "scripts.${name}=${script}"`),
  ];
}
