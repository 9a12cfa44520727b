/**
 * Generates imports/ from a folder of Karmada's CustomResourceDefinitions (YAML or JSON):
 *
 *   npm run import -- FOLDER [--karmada-1.16 FOLDER] [--karmada-1.17 FOLDER] [--output FOLDER]
 *
 * Writes the typed L1 of each API group, and from the releases together the tables of the schema check. The folders of the
 * earlier releases need only the definitions that differ; without an option, FOLDER-v1.16 and FOLDER-v1.17 are taken.
 * Everything is generated and checked before the first file of imports/ changes.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { type Crd, readCrds } from './import/crd';
import { schemaTables } from './import/schema-tables';
import { generateGroup } from './import/typed-l1';

const project = resolve(__dirname, '..');
const usage = 'usage: npm run import -- FOLDER [--karmada-1.16 FOLDER] [--karmada-1.17 FOLDER] [--output FOLDER]';

/** Minor versions before the one that cdk8s.yaml names, of which the tables tell what differed. */
const earlierReleases = ['1.16', '1.17'] as const;

function main(args: string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'karmada-1.16': { type: 'string' },
      'karmada-1.17': { type: 'string' },
      output: { type: 'string', default: join(project, 'imports') },
    },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new Error(usage);

  const release = importedRelease();
  const crds = readCrds(folder);
  const output = resolve(values.output);
  mkdirSync(output, { recursive: true });
  // Beside the result, so that the files can be renamed into place.
  const workspace = mkdtempSync(join(output, '.import-'));
  try {
    const names = groupsOf(crds).map(([group, members]) => generateGroup(group, members, workspace, header(release)));
    const earlier = earlierFolders(folder, values);
    if (earlier.length === earlierReleases.length) {
      const releases = Object.fromEntries(earlier.map(([minor, path]) => [minor, overlaid(crds, readCrds(path))]));
      const text = schemaTables({ ...releases, [minorOf(release)]: crds }, header(release));
      writeFileSync(join(workspace, 'schema-tables.ts'), text);
      names.push('schema-tables.ts');
    } else {
      process.stderr.write('schema tables left as they are: they need the definitions of 1.16 and 1.17 as well\n');
    }
    for (const name of names) renameSync(join(workspace, name), join(output, name));
    process.stdout.write(`${crds.length} definitions of Karmada ${release}: wrote ${names.join(', ')}\n`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** The release that cdk8s.yaml says we import, such as `v1.18.2`. */
function importedRelease(): string {
  const { imports = [] } = parse(readFileSync(join(project, 'cdk8s.yaml'), 'utf8')) as { imports?: string[] };
  const release = imports
    .map((entry) => /^github:karmada-io\/karmada@(v\d+\.\d+\.\d+)$/.exec(entry)?.[1])
    .find(Boolean);
  if (!release)
    throw new Error('cdk8s.yaml names no import github:karmada-io/karmada@vX.Y.Z; say which release this is');
  return release;
}

function minorOf(release: string): string {
  return release.slice(1).split('.').slice(0, 2).join('.');
}

function header(release: string): string {
  return `// From the CustomResourceDefinitions of Karmada ${release} (Apache-2.0), by \`npm run import\`. Generated; do not edit.`;
}

function groupsOf(crds: readonly Crd[]): (readonly [string, readonly Crd[]])[] {
  const groups = [...new Set(crds.map(({ spec }) => spec.group))].sort();
  return groups.map((group) => [group, crds.filter(({ spec }) => spec.group === group)] as const);
}

function earlierFolders(folder: string, options: Readonly<Record<string, string | undefined>>): [string, string][] {
  return earlierReleases.flatMap((minor): [string, string][] => {
    const given = options[`karmada-${minor}`];
    const path = given ?? `${folder.replace(/[/\\]+$/, '')}-v${minor}`;
    return given !== undefined || existsSync(path) ? [[minor, path]] : [];
  });
}

/** The definitions of an earlier release: those given for it, and for the others what did not change since. */
function overlaid(crds: readonly Crd[], changed: readonly Crd[]): readonly Crd[] {
  const byName = new Map([...crds, ...changed].map((crd) => [crd.metadata.name, crd]));
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
