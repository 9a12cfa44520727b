// npm run rules, first step: generates src/lint/rules/index.ts.

import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ruleRegistry } from './rules/registry';

const folder = resolve(__dirname, '../src/lint/rules');
const ids = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();
writeFileSync(join(folder, 'index.ts'), ruleRegistry(ids));
