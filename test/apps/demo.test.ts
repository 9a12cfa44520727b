import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Testing, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Curl } from '../../src/apps/curl';
import { Pipy } from '../../src/apps/pipy';
import { objectKey } from '../../src/kubernetes/object';
// The objects that the demo has to be, as they were written down before there was any code.
import expected from '../fixtures/demo/expected.json';

const root = join(__dirname, '../..');
const inOrder = (objects: readonly { kind: string; metadata: { name: string } }[]) =>
  [...objects].sort((one, other) => (objectKey(one) < objectKey(other) ? -1 : 1));
const manifests = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const readFolder = (folder: string) => manifests(folder).flatMap((file) => Yaml.load(join(folder, file)));

/** Runs main.ts as `cdk8s synth` does, into a folder of its own. */
function synthesize(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'demo-'));
  const tsx = createRequire(__filename).resolve('tsx');
  execFileSync(process.execPath, ['--import', tsx, join(root, 'src/apps/main.ts')], {
    cwd: root,
    env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  return outdir;
}

describe('the demo', () => {
  test('is exactly the objects asked for, no field more or less', () => {
    const app = new App();
    const pipy = new Pipy(app, 'pipy');
    const curl = new Curl(app, 'curl', pipy.app);
    const objects = [...Testing.synth(pipy), ...Testing.synth(curl)];
    expect(inOrder(objects)).toStrictEqual(inOrder(expected));
  });

  test('names the server that the client calls', () => {
    const app = new App();
    const pipy = new Pipy(app, 'pipy');
    const curl = new Curl(app, 'curl', pipy.app);
    expect(curl.app.calls).toStrictEqual([pipy.app]);
  });

  test('dist/ is what the demo synthesizes to', () => {
    const outdir = synthesize();
    const files = manifests(outdir);
    expect(files).toStrictEqual(['curl.k8s.yaml', 'pipy.k8s.yaml']);
    for (const file of files) {
      expect(readFileSync(join(root, 'dist', file), 'utf8')).toBe(readFileSync(join(outdir, file), 'utf8'));
    }
  });

  test('dist/ holds exactly the objects asked for', () => {
    expect(inOrder(readFolder(join(root, 'dist')))).toStrictEqual(inOrder(expected));
  });

  const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
  const name = kubectl
    ? 'kubectl reads the objects asked for from dist/'
    : 'kubectl is missing here, so what it reads from dist/ is not compared';
  test(name, () => {
    if (!kubectl) return;
    const args = ['label', '--local', '-f', join(root, 'dist'), 'x=y', '-o', 'json', '--dry-run=client'];
    const printed = execFileSync('kubectl', args, { encoding: 'utf8' });
    const objects = JSON.parse(`[${printed.replaceAll(/\}\s*\{/g, '},{')}]`).flatMap((printedObject: unknown) =>
      itemsOf(printedObject),
    );
    for (const { metadata } of objects) {
      expect(metadata.labels.x).toBe('y');
      delete metadata.labels.x;
      if (Object.keys(metadata.labels).length === 0) delete metadata.labels;
    }
    expect(inOrder(objects)).toStrictEqual(inOrder(expected));
  });
});

function itemsOf(printed: unknown): unknown[] {
  const { items } = printed as { items?: unknown[] };
  return items ?? [printed];
}
