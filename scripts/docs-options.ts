// npm run docs:options: writes the tables of options into the pages, from the doc comments of the public types.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pagesIn, withOptionTables } from './docs/option-tables';

const root = resolve(__dirname, '..');
const docs = join(root, 'docs');
const pages = pagesIn(docs);
for (const [path, markdown] of withOptionTables(pages, root)) {
  if (markdown !== pages.get(path)) writeFileSync(join(docs, path), markdown);
}
