import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { rulesOverview } from '../../scripts/rules/overview';
import { ruleRegistry } from '../../scripts/rules/registry';
import { ruleCatalog } from '../../src/lint';
import { lintConfigSchema } from '../../src/lint/engine/config-schema';
import { rules } from '../../src/lint/rules';

const root = resolve(__dirname, '../..');
const ids = ruleCatalog.map(({ id }) => id);
const pageOf = (id: string): string => readFileSync(join(root, `docs/rules/${id}.md`), 'utf8');

function names(folder: string, end: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(end) && name !== `README${end}` && name !== `index${end}`)
    .map((name) => name.slice(0, -end.length))
    .sort();
}

describe('the rules', () => {
  test('have a page and a test each, and no others are there', () => {
    expect(names('docs/rules', '.md')).toEqual([...ids].sort());
    expect(names('test/lint/rules', '.test.ts')).toEqual([...ids].sort());
    expect(names('src/lint/rules', '.ts')).toEqual(rules.map(({ id }) => id).sort());
  });

  test('have ids of the four families, each once, in order', () => {
    expect(ids.filter((id) => !/^(no|require|valid|prefer)-[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(rules.map(({ id }) => id)).toEqual([...new Set(rules.map(({ id }) => id))].sort());
  });

  test('are described in one sentence, and their rationale continues one', () => {
    expect(ruleCatalog.filter(({ summary }) => !/^[A-Z].*[^.]\.$/.test(summary)).map(({ id }) => id)).toEqual([]);
    expect(ruleCatalog.filter(({ rationale }) => /\.$/.test(rationale)).map(({ id }) => id)).toEqual([]);
  });

  test('are listed in src/lint/rules/index.ts, which npm run rules writes', () => {
    const registry = readFileSync(join(root, 'src/lint/rules/index.ts'), 'utf8');
    expect(registry).toBe(ruleRegistry(names('src/lint/rules', '.ts')));
  });

  test('have ranks of their own', () => {
    const ranks = rules.flatMap(({ rank }) => rank ?? []);
    expect(ranks).toHaveLength(new Set(ranks).size);
  });
});

describe('the pages', () => {
  test.each(ruleCatalog)(
    'of $id says what the rule says, under the same headings as all',
    ({ id, summary, severity, layer }) => {
      const page = pageOf(id);
      const [title, , first, , facts] = page.split('\n');
      expect({ title, first }).toEqual({ title: `# ${id}`, first: summary });
      expect(facts).toMatch(/^Covers: .+\. Default: .+\. Layer: .+\.$/);
      expect(facts).toContain(`Default: ${severity}`);
      expect(facts).toContain(`Layer: ${layer}.`);
      expect(page.match(/^## .+$/gm)).toEqual(['## Why', '## Wrong', '## Right', '## When to switch it off']);
    },
  );

  test.each(rules)('of $id names the pitfalls that the rule is about', ({ id, pitfalls = [] }) => {
    const covers = /^Covers: .*Default:/m.exec(pageOf(id))?.[0] ?? '';
    expect(covers.match(/P\d\d/g) ?? []).toEqual(pitfalls);
  });

  test('are listed in the overview, which npm run rules writes', () => {
    expect(readFileSync(join(root, 'docs/rules/README.md'), 'utf8')).toBe(rulesOverview(ruleCatalog, rules));
  });

  test('cover every pitfall of Karmada', () => {
    const rows = readFileSync(join(root, 'docs/rules/README.md'), 'utf8').match(/^\| P\d\d .*$/gm) ?? [];
    expect(rows).toHaveLength(60);
    expect(rows.filter((row) => !row.includes('.md)'))).toEqual([]);
  });
});

describe('the schema of the configuration file', () => {
  const file = join(root, 'schemas/lint-config.schema.json');

  test('is the published one, which npm run rules writes', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(lintConfigSchema());
  });

  test('takes what the linter takes, and refuses what it refuses', () => {
    const validate = new Ajv().compile(lintConfigSchema());
    const calls = [{ client: 'Deployment/default/curl', server: 'Service/default/pipy' }];
    const config = {
      rules: { 'valid-schema': 'off' },
      calls,
      featureGates: ['Failover', 'PropagateDeps=false'],
      karmada: '1.17',
    };
    expect([validate(config), validate.errors]).toEqual([true, null]);
    expect(validate({ ...config, karmada: 1.18 })).toBe(true);
    expect(validate({ ...config, karmada: 1.1 })).toBe(false);
    expect(validate({ ...config, rules: { 'valid-schemas': 'off' } })).toBe(false);
    expect(validate({ ...config, rules: { 'valid-schema': 'warn' } })).toBe(false);
    expect(validate({ ...config, rule: {} })).toBe(false);
    expect(validate({ ...config, featureGates: ['Fallover'] })).toBe(false);
    expect(existsSync(file)).toBe(true);
  });
});
