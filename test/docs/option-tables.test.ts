import { join } from 'node:path';
import { slug } from 'github-slugger';
import { describe, expect, test } from 'vitest';
import { pagesIn, withOptionTables } from '../../scripts/docs/option-tables';

const root = join(__dirname, '../..');
const pages = pagesIn(join(root, 'docs'));

describe('the tables of options', () => {
  test('are those of the doc comments; npm run docs:options writes them', () => {
    for (const [path, markdown] of withOptionTables(pages, root)) {
      expect({ path, markdown: pages.get(path) }).toEqual({ path, markdown });
    }
  });

  test('link to headings that exist', () => {
    for (const [path, markdown] of pages) {
      for (const [, page = '', anchor] of markdown.matchAll(/^\| `\w+` \| \[`.*?`\]\(([\w./-]*)#([\w-]+)\)/gm)) {
        const target = pages.get(page === '' ? path : join(path, '..', page).replaceAll('\\', '/'));
        const anchors = [...(target ?? '').matchAll(/^##+ (.*)$/gm)].map(([, heading]) => slug(heading!));
        expect({ path, page, anchors }).toMatchObject({ anchors: expect.arrayContaining([anchor]) });
      }
    }
  });

  test('have a default for every option', () => {
    for (const [path, markdown] of pages) {
      const rows = [...markdown.matchAll(/^<!-- (?:own )?options[\s\S]*?<!-- end -->$/gm)].flatMap(([table]) =>
        table.split('\n').filter((line) => line.startsWith('| `')),
      );
      for (const row of rows) expect({ path, row, empty: / \| {2}\|/.test(row) }).toEqual({ path, row, empty: false });
    }
  });
});
