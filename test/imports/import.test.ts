import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenApiSchema } from '../../scripts/import/crd';
import { schemaTables } from '../../scripts/import/schema-tables';
import { lostKinds } from '../../scripts/import/typed-l1';
import { karmadaVersions } from '../../src/karmada/release';

const project = join(__dirname, '../..');

function crd(kind: string, schema: OpenApiSchema = { type: 'object' }, group = 'fruit.example.com') {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition' as const,
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced' as const,
      names: { kind, plural },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}

const spec: OpenApiSchema = {
  type: 'object',
  properties: { spec: { type: 'object', properties: { color: { type: 'string', enum: ['red', 'green'] } } } },
};

/** Releases before the newest, which the complete folder is of. */
const earlier = karmadaVersions.slice(0, -1);

describe('npm run import', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    for (const name of ['crds', ...earlier.map((version) => `crds-v${version}`)]) mkdirSync(join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function give(name: string, ...documents: object[]): void {
    writeFileSync(join(folder, name), documents.map((document) => `---\n${JSON.stringify(document)}\n`).join(''));
  }

  function run(): { status: number | null; stderr: string } {
    const args = ['--import', 'tsx', 'scripts/import.ts', join(folder, 'crds'), '--output', join(folder, 'out')];
    return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  }

  function written(): Record<string, string> {
    const names = readdirSync(join(folder, 'out')).sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, 'out', name), 'utf8')]));
  }

  test('keeps every kind of a group that is spread over files, and changes nothing when run again', () => {
    give('crds/apple.yaml', crd('Apple', spec), { apiVersion: 'v1', kind: 'ConfigMap' });
    give('crds/others.yml', { kind: 'List', items: [crd('Pear'), crd('Oak', spec, 'tree.example.com')] });
    give('crds-v1.16/apple.json', crd('Apple'));
    for (const version of earlier.slice(1)) give(`crds-v${version}/apple.json`, crd('Apple', spec));

    expect(run()).toMatchObject({ status: 0 });
    const first = written();
    expect(Object.keys(first)).toEqual(['fruit.example.com.ts', 'schema-tables.ts', 'tree.example.com.ts']);
    expect(first['fruit.example.com.ts']).toContain('export class Apple extends ApiObject');
    expect(first['fruit.example.com.ts']).toContain('export class Pear extends ApiObject');
    expect(first['tree.example.com.ts']).toContain('export class Oak extends ApiObject');

    expect(run()).toMatchObject({ status: 0 });
    expect(written()).toEqual(first);
  });

  test('fails when the folder holds no definition, and leaves what was imported before', () => {
    mkdirSync(join(folder, 'out'));
    give('out/fruit.example.com.ts');
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toBe(
      `import failed, imports/ is unchanged: no CustomResourceDefinition in ${join(folder, 'crds')}; name a folder of Karmada's CRDs in YAML or JSON\n`,
    );
    expect(written()).toEqual({ 'fruit.example.com.ts': '' });
  });

  test('fails when two files hold one definition', () => {
    give('crds/a.yaml', crd('Apple'));
    give('crds/b.yaml', crd('Apple'));
    expect(run()).toMatchObject({
      status: 1,
      stderr:
        'import failed, imports/ is unchanged: CustomResourceDefinition apples.fruit.example.com is in a.yaml and in b.yaml; keep one of them\n',
    });
  });
});

describe('lostKinds', () => {
  test('names the kinds that the generated text lacks', () => {
    const generated =
      "  public static readonly GVK: GroupVersionKind = {\n    apiVersion: 'fruit.example.com/v1',\n    kind: 'Apple',\n  }";
    expect(lostKinds([crd('Apple'), crd('Pear')], generated)).toEqual(['fruit.example.com/v1 Pear']);
  });
});

describe('schemaTables', () => {
  test('stores what kinds and releases share once', () => {
    const text = schemaTables(
      { '1.17': [crd('Apple', spec)], '1.18': [crd('Apple', spec), crd('Pear', spec)] },
      '// From tests.',
    );
    expect(text.match(/"red","green"/g)).toHaveLength(1);
  });

  test('fails when a schema uses a keyword that the check does not know', () => {
    const schema = { type: 'object', properties: { spec: { oneOf: [] } } };
    expect(() => schemaTables({ '1.18': [crd('Apple', schema)] }, '')).toThrow(
      'Apple v1.spec uses the keyword oneOf, which the schema check does not know; teach it first',
    );
  });
});
