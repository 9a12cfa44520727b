// npm run docs:options: writes the tables of options into the pages, from the doc comments of the public types.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withOptionTables } from './docs/option-tables';

const root = resolve(__dirname, '..');
const docs = join(root, 'docs');
const paths = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
const pages = new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(docs, path), 'utf8')]));
for (const [path, markdown] of withOptionTables(pages, root)) {
  if (markdown !== pages.get(path)) writeFileSync(join(docs, path), markdown);
}
