/**
 * Generates imports/ from a folder of Karmada's CustomResourceDefinitions (YAML or JSON):
 *
 *   npm run import -- FOLDER [--definitions 1.17=FOLDER]... [--output FOLDER]
 *   npm run import -- --kubernetes v1.36.2=FOLDER [--output FOLDER]
 *
 * FOLDER contains all definitions of one release. For the other modelled releases, a folder needs only the definitions that
 * differ; without an option, FOLDER-v1.16 and so on are used if they exist. Writes the typed L1 of each API
 * group for the release that cdk8s.yaml names, the tables of the schema check for all releases
 * together, and the types of the policies' `spec`.
 *
 * With --kubernetes, FOLDER contains the OpenAPI v3 documents of an API server of that release (`kubectl get --raw
 * /openapi/v3/apis/apps/v1` and so on), and the tables of Kubernetes' own kinds are written.
 *
 * Everything is generated and checked before the first file of imports/ is changed.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { type KarmadaVersion, karmadaVersions } from '../src/karmada/release';
import { knownScope } from '../src/kubernetes/scope';
import { amended } from './import/amendments';
import { coreTables, readOpenApi } from './import/core-tables';
import { type Crd, readCrds } from './import/crd';
import { policySpecs } from './import/policy-specs';
import { schemaTables } from './import/schema-tables';
import { generateGroup } from './import/typed-l1';

const project = resolve(__dirname, '..');
const usage =
  'usage: npm run import -- FOLDER [--definitions 1.17=FOLDER]... [--output FOLDER], or --kubernetes v1.36.2=FOLDER';

function main(args: string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      definitions: { type: 'string', multiple: true, default: [] },
      kubernetes: { type: 'string' },
      output: { type: 'string', default: join(project, 'imports') },
    },
  });
  const [folder] = positionals;
  if (values.kubernetes !== undefined && folder === undefined) {
    importCore(values.kubernetes, resolve(values.output));
    return;
  }
  if (folder === undefined || positionals.length > 1) throw new Error(usage);

  const release = importedRelease();
  const complete = readCrds(folder);
  const differing = differingDefinitions(folder, values.definitions);
  const definitionsOf = (version: KarmadaVersion) => amended(overlaid(complete, differing.get(version) ?? []), version);
  const crds = definitionsOf(minorOf(release));
  const output = resolve(values.output);
  mkdirSync(output, { recursive: true });
  // Next to the result, so that the files can be renamed into place.
  const workspace = mkdtempSync(join(output, '.import-'));
  try {
    const names = groupsOf(crds).map(([group, members]) => generateGroup(group, members, workspace, header(release)));
    const missing = karmadaVersions.filter((version) => !differing.has(version));
    // The release of FOLDER does not need another folder.
    if (missing.length <= 1) {
      const releases = Object.fromEntries(karmadaVersions.map((version) => [version, definitionsOf(version)]));
      const texts = {
        'schema-tables.ts': schemaTables(releases, header(release)),
        'policy-specs.ts': policySpecs(releases, minorOf(release), header(release)),
      };
      for (const [name, text] of Object.entries(texts)) {
        if (text === undefined) continue;
        writeFileSync(join(workspace, name), text);
        names.push(name);
      }
    } else {
      process.stderr.write(
        `schema tables are not changed: there is no folder with the differences of ${missing.join(', ')}, and ${folder} is of one of these releases\n`,
      );
    }
    for (const name of names) renameSync(join(workspace, name), join(output, name));
    process.stdout.write(`${crds.length} definitions of Karmada ${release}: wrote ${names.join(', ')}\n`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Writes the tables of Kubernetes' own kinds. */
function importCore(option: string, output: string): void {
  const [release, folder] = option.split('=', 2);
  if (!release || !folder) throw new Error(usage);
  const isClusterScoped = ({ group, version, kind }: { group: string; version: string; kind: string }) =>
    knownScope({ apiVersion: group === '' ? version : `${group}/${version}`, kind }) === 'cluster';
  const text = coreTables(
    readOpenApi(folder),
    isClusterScoped,
    `// From the OpenAPI of Kubernetes ${release} (Apache-2.0), by \`npm run import\`. Generated; do not edit.`,
  );
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'schema-tables-core.ts'), text);
  process.stdout.write(`Kubernetes ${release}: wrote schema-tables-core.ts\n`);
}

/** The release in cdk8s.yaml, such as `v1.18.2`. */
function importedRelease(): string {
  const { imports = [] } = parse(readFileSync(join(project, 'cdk8s.yaml'), 'utf8')) as { imports?: string[] };
  const release = imports
    .map((entry) => /^github:karmada-io\/karmada@(v\d+\.\d+\.\d+)$/.exec(entry)?.[1])
    .find(Boolean);
  if (!release)
    throw new Error('cdk8s.yaml has no import github:karmada-io/karmada@vX.Y.Z; add the release of the definitions');
  return release;
}

function minorOf(release: string): KarmadaVersion {
  const minor = release.slice(1).split('.').slice(0, 2).join('.');
  const version = karmadaVersions.find((known) => known === minor);
  if (!version)
    throw new Error(`cdk8s.yaml names Karmada ${release}, and src/karmada/release.ts has no row for ${minor}`);
  return version;
}

function header(release: string): string {
  return `// From the CustomResourceDefinitions of Karmada ${release} (Apache-2.0), by \`npm run import\`. Generated; do not edit.`;
}

function groupsOf(crds: readonly Crd[]): (readonly [string, readonly Crd[]])[] {
  const groups = [...new Set(crds.map(({ spec }) => spec.group))].sort();
  return groups.map((group) => [group, crds.filter(({ spec }) => spec.group === group)] as const);
}

/** The differing definitions by release: from options, and from folders next to FOLDER. */
function differingDefinitions(folder: string, given: readonly string[]): ReadonlyMap<string, readonly Crd[]> {
  const folders = new Map(given.map((option) => option.split('=', 2) as [string, string]));
  for (const version of karmadaVersions) {
    const neighbour = `${folder.replace(/[/\\]+$/, '')}-v${version}`;
    if (!folders.has(version) && existsSync(neighbour)) folders.set(version, neighbour);
  }
  return new Map([...folders].map(([version, path]) => [version, readCrds(path)]));
}

/** The definitions of a release: the differing ones, otherwise those of FOLDER. */
function overlaid(crds: readonly Crd[], differing: readonly Crd[]): readonly Crd[] {
  const byName = new Map([...crds, ...differing].map((crd) => [crd.metadata.name, crd]));
  return [...byName.values()];
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    `import failed, imports/ is unchanged: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
