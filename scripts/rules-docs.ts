// npm run rules, second step: generates docs/rules/README.md and schemas/lint-config.schema.json from the rules.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleCatalog } from '../src/lint';
import { lintConfigSchema } from '../src/lint/engine/config-schema';
import { rules } from '../src/lint/rules';
import { rulesOverview } from './rules/overview';

const root = resolve(__dirname, '..');
mkdirSync(join(root, 'schemas'), { recursive: true });
writeFileSync(join(root, 'docs/rules/README.md'), rulesOverview(ruleCatalog, rules));
writeFileSync(join(root, 'schemas/lint-config.schema.json'), `${JSON.stringify(lintConfigSchema(), null, 2)}\n`);
