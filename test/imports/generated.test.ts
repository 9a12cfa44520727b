import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { PropagationPolicy } from '../../imports/policy.karmada.io';
import { karmadaKinds } from '../../src/admission/schema/tables';
import { apiGroup } from '../../src/model/kubernetes-object';

const folder = join(__dirname, '../../imports');
const header =
  '// From the CustomResourceDefinitions of Karmada v1.18.2 (Apache-2.0), by `npm run import`. Generated; do not edit.\n';

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

describe('imports/', () => {
  test('has a file for each group, and the schema tables', () => {
    expect(readdirSync(folder).sort()).toEqual([...groups.map((group) => `${group}.ts`), 'schema-tables.ts'].sort());
  });

  test.each(readdirSync(folder))('%s says where it comes from, and names no machine', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text.startsWith(header)).toBe(true);
    expect(text).not.toMatch(/\/(home|tmp|root|work|Users)\/|https?:/);
  });

  test.each(karmadaKinds('1.18').map(({ apiVersion, kind }) => [apiVersion, kind]))(
    'types %s %s',
    (apiVersion, kind) => {
      const text = readFileSync(join(folder, `${apiGroup(apiVersion)}.ts`), 'utf8');
      expect(text).toContain(`apiVersion: '${apiVersion}',\n    kind: '${kind}',`);
    },
  );

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
