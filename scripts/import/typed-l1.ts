import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Crd } from './crd';

// The package does not export the path of its command, so it is resolved relative to package.json.
const cdk8s = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');

/**
 * Generates the L1 constructs of one API group into `folder`, in one call of `cdk8s import`: it reads only the first
 * of several files, and files of one group would overwrite each other, so the group goes in as one file.
 *
 * @param header - lines put above the generated text
 * @returns name of the file written, `<group>.ts`
 * @throws Error when the generated file lacks a kind of the group, or more than one file came out
 */
export function generateGroup(group: string, crds: readonly Crd[], folder: string, header: string): string {
  const workspace = join(folder, `.${group}`);
  mkdirSync(workspace);
  const input = join(workspace, `${group}.yaml`);
  // JSON documents are YAML documents.
  writeFileSync(input, crds.map((crd) => `---\n${JSON.stringify(crd)}\n`).join(''));
  execFileSync(
    process.execPath,
    [cdk8s, 'import', input, '--language', 'typescript', '--output', 'out', '--no-save', '--no-check-upgrade'],
    { cwd: workspace, stdio: ['ignore', 'ignore', 'pipe'] },
  );

  const name = `${group}.ts`;
  const written = readdirSync(join(workspace, 'out'));
  if (written.join() !== name) {
    throw new Error(
      `cdk8s import wrote ${written.join(', ') || 'nothing'} for group ${group}, and ${name} was expected`,
    );
  }
  const text = readFileSync(join(workspace, 'out', name), 'utf8').replaceAll('\r\n', '\n');
  const lost = lostKinds(crds, text);
  if (lost.length > 0) throw new Error(`cdk8s import left ${lost.join(', ')} out of ${name}`);
  writeFileSync(join(folder, name), `${header}\n${text}`);
  return name;
}

/** Kinds of the definitions, as `apiVersion Kind`, that the generated text declares no construct for. */
export function lostKinds(crds: readonly Crd[], generated: string): readonly string[] {
  const declared = new Set(
    [...generated.matchAll(/GVK: GroupVersionKind = \{\s*apiVersion: '([^']+)',\s*kind: '([^']+)'/g)].map(
      ([, apiVersion, kind]) => `${apiVersion} ${kind}`,
    ),
  );
  return crds
    .flatMap(({ spec }) => spec.versions.map((version) => `${spec.group}/${version.name} ${spec.names.kind}`))
    .filter((kind) => !declared.has(kind));
}
