import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readApplicationRecords } from '../../src/manifests';
import type { ContractSpec } from '../../src/model/contract-spec';
import { type Example, type Inputs, noInputs } from '../../src/site/playground/inputs';
import { emitYaml } from '../../src/yaml/emit';

/** What a Federation says in the record of its folder, as far as the files of the playground say it as well. */
interface Recorded {
  readonly fleet?: object;
  readonly calls?: readonly object[];
  readonly contracts?: readonly ContractSpec[];
  readonly featureGates?: readonly string[];
}

/** The demo, and each example as its program writes it. */
export async function examplesIn(root: string): Promise<readonly Example[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-site-'));
  try {
    const demo = { ...filesOf(root), manifests: yamlIn(join(root, 'dist')) };
    const examples: Example[] = [{ id: 'demo', title: 'the demo: two replicas over three clusters', inputs: demo }];
    for (const name of namesIn(join(root, 'examples'))) {
      const folder = join(root, 'examples', name);
      if (!existsSync(join(folder, 'README.md'))) continue;
      const title = /^# (.*)/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1] ?? name;
      const program = join(folder, 'main.ts');
      if (existsSync(program)) {
        await synthesized(program, join(scratch, name));
        for (const { id, inputs } of foldersOf(join(scratch, name, 'dist'), name)) {
          examples.push({ id, title: id === name ? title : `${title}: ${id.slice(name.length + 1)}`, inputs });
        }
      } else {
        const manifests = yamlIn(join(folder, 'manifests'));
        examples.push({ id: name, title, inputs: { ...filesOf(folder), manifests } });
      }
    }
    return examples;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs a cdk8s program, which reads files of its folder and writes below the current one. */
async function synthesized(program: string, folder: string): Promise<void> {
  const before = process.cwd();
  cpSync(dirname(program), folder, { recursive: true, filter: (path) => !/[\\/](node_modules|dist)$/.test(path) });
  process.chdir(folder);
  try {
    await import(program);
  } finally {
    process.chdir(before);
  }
}

/** One example for each folder that a Federation wrote. */
function foldersOf(out: string, id: string): { readonly id: string; readonly inputs: Inputs }[] {
  const [record] = readApplicationRecords(out);
  if (record?.settings === undefined) {
    return namesIn(out).flatMap((name) => foldersOf(join(out, name), `${id}-${name}`));
  }
  const { fleet, calls, contracts, featureGates } = JSON.parse(record.settings) as Recorded;
  const settings = { ...(calls && { calls }), ...(featureGates && { featureGates }) };
  const inputs = {
    manifests: yamlIn(out),
    fleet: fleet ? emitYaml([fleet]) : '',
    settings: Object.keys(settings).length > 0 ? emitYaml([settings]) : '',
    contracts: contracts ? emitYaml([{ contracts: contracts.flatMap(contractEntries) }]) : '',
  };
  return [{ id, inputs }];
}

/** A contract of a program in the form of a contracts file, which names the workloads below a construct. */
function contractEntries(spec: ContractSpec): readonly object[] {
  if (spec.kind !== 'keeps' || typeof spec.replicas !== 'number') {
    throw new Error(`an example has a contract of the kind ${spec.kind}, which the playground does not write yet`);
  }
  const { on, replicas: keep, losing, mode } = spec;
  const templates = 'name' in on ? [on.name] : (on.templates ?? []);
  return templates
    .filter((template) => /^(Deployment|StatefulSet|Job)\b/.test(template))
    .map((template) => ({
      on: template.replace(/^(\w+)\.[^/]*/, '$1'),
      keep,
      losing,
      ...(mode !== 'lost' && { mode }),
    }));
}

function filesOf(folder: string): Inputs {
  const text = (name: string) => {
    const file = join(folder, name);
    if (!existsSync(file)) return '';
    // The schema of the first line is a file that the playground does not have, and so is the fleet of the settings.
    return readFileSync(file, 'utf8')
      .replace(/^# yaml-language-server:.*\n/, '')
      .replace(/^fleet:.*\n/m, '');
  };
  return { ...noInputs, fleet: text('fleet.yaml'), settings: text('lint.yaml'), contracts: text('contracts.yaml') };
}

/** The manifests of a folder as one text. */
function yamlIn(folder: string): string {
  const files = namesIn(folder).filter((name) => name.endsWith('.yaml'));
  return files.map((name) => `# ${name}\n${readFileSync(join(folder, name), 'utf8').trim()}\n`).join('---\n');
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}
