// npm run rules: writes what follows from the rules: docs/rules/README.md and schemas/lint-config.schema.json.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleCatalog } from '../src/lint';
import { lintConfigSchema } from '../src/lint/engine/config-schema';
import { rulesOverview } from './rules/overview';

const root = resolve(__dirname, '..');
const folder = join(root, 'docs/rules');
const pages = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => [name.replace(/\.md$/, ''), readFileSync(join(folder, name), 'utf8')]),
);
mkdirSync(join(root, 'schemas'), { recursive: true });
writeFileSync(join(folder, 'README.md'), rulesOverview(ruleCatalog, pages));
writeFileSync(join(root, 'schemas/lint-config.schema.json'), `${JSON.stringify(lintConfigSchema(), null, 2)}\n`);
