import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { PropagationPolicy } from '../../imports/policy.karmada.io';
import { crdsOfTables } from '../../scripts/import/crds-of-tables';
import { policySpecs } from '../../scripts/import/policy-specs';
import { schemaTables } from '../../scripts/import/schema-tables';
import { generateGroup } from '../../scripts/import/typed-l1';
import { karmadaKinds } from '../../src/admission/schema/tables';
import { defaultKarmadaVersion, karmadaVersions } from '../../src/karmada/release';
import { apiGroup } from '../../src/kubernetes/object';

const folder = join(__dirname, '../../imports');
const [release] = /v\d+\.\d+\.\d+/.exec(readFileSync(join(__dirname, '../../cdk8s.yaml'), 'utf8'))!;
const header = `// From the CustomResourceDefinitions of Karmada ${release} (Apache-2.0), by \`npm run import\`. Generated; do not edit.\n`;

/** The groups that users author or read; cluster and search are aggregated APIs without definitions. */
const groups = [
  'apps.karmada.io',
  'autoscaling.karmada.io',
  'config.karmada.io',
  'multicluster.x-k8s.io',
  'networking.karmada.io',
  'policy.karmada.io',
  'remedy.karmada.io',
  'work.karmada.io',
];

const releases = Object.fromEntries(karmadaVersions.map((karmada) => [karmada, crdsOfTables(karmada)]));

describe('imports/', () => {
  test('comes from the newest release that is modelled', () => {
    expect(release.startsWith(`v${defaultKarmadaVersion}.`)).toBe(true);
  });

  test('has a file for each group, and the schema tables', () => {
    expect(readdirSync(folder).sort()).toEqual(
      [...groups.map((group) => `${group}.ts`), 'policy-specs.ts', 'schema-tables-core.ts', 'schema-tables.ts'].sort(),
    );
  });

  test.each(readdirSync(folder))('%s says where it comes from, and names no machine', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const core =
      /^\/\/ From the OpenAPI of Kubernetes v1\.\d+\.\d+ \(Apache-2\.0\), by `npm run import`\. Generated; do not edit\.\n/;
    expect(name === 'schema-tables-core.ts' ? core.test(text) : text.startsWith(header)).toBe(true);
    expect(text).not.toMatch(/\/(home|tmp|root|work|Users)\/|https?:/);
  });

  test.each(karmadaKinds(defaultKarmadaVersion).map(({ apiVersion, kind }) => [apiVersion, kind]))(
    'types %s %s',
    (apiVersion, kind) => {
      const text = readFileSync(join(folder, `${apiGroup(apiVersion)}.ts`), 'utf8');
      expect(text).toContain(`apiVersion: '${apiVersion}',\n    kind: '${kind}',`);
    },
  );

  test.each(groups)('%s.ts is what cdk8s makes of the schema tables today', (group) => {
    const generated = mkdtempSync(join(tmpdir(), 'imports-'));
    const crds = crdsOfTables(defaultKarmadaVersion).filter(({ spec }) => spec.group === group);
    const name = generateGroup(group, crds, generated, header.trimEnd());
    const text = readFileSync(join(generated, name), 'utf8');
    rmSync(generated, { recursive: true });
    expect(text).toBe(readFileSync(join(folder, name), 'utf8'));
  });

  test('schema-tables.ts is what comes out when its own definitions are imported', () => {
    const text = readFileSync(join(folder, 'schema-tables.ts'), 'utf8');
    expect(schemaTables(releases, header.trimEnd())).toBe(text);
  });

  test('policy-specs.ts is what the schema tables say', () => {
    const text = readFileSync(join(folder, 'policy-specs.ts'), 'utf8');
    expect(policySpecs(releases, defaultKarmadaVersion, header.trimEnd())).toBe(text);
  });

  test('makes constructs that cdk8s synthesizes', () => {
    const chart = new Chart(new App(), 'lab');
    new PropagationPolicy(chart, 'pipy', {
      metadata: { name: 'pipy' },
      spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', name: 'pipy' }] },
    });
    expect(chart.toJson()).toEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'PropagationPolicy',
        metadata: { name: 'pipy' },
        spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', name: 'pipy' }] },
      },
    ]);
  });
});
