import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { statedCodes } from '../support/error-codes';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const rows = [...page.matchAll(/^\| (`.*?`) \| (.*?) \| (.*?) \|$/gm)];
const listed = rows.flatMap(([, names]) => names!.split(', ').map((name) => name.replaceAll('`', '')));
const { codes, patterns } = statedCodes(join(root, 'src'));

/** Codes without a dot are those of admission. */
const [dotted, others] = [listed.filter((code) => code.includes('.')), listed.filter((code) => !code.includes('.'))];

describe('docs/errors.md', () => {
  test('lists every code that the sources state', () => {
    expect([...codes].filter((code) => !listed.includes(code))).toEqual([]);
  });

  test('lists a code for every code that ends in a name', () => {
    for (const pattern of patterns)
      expect({ pattern, known: dotted.some((code) => pattern.test(code)) }).toMatchObject({ known: true });
  });

  test('lists no code that no source states', () => {
    const isStated = (code: string): boolean => codes.has(code) || patterns.some((pattern) => pattern.test(code));
    expect(listed.filter((code) => !isStated(code))).toEqual([]);
  });

  test('lists each code once, in a section of its area', () => {
    expect(new Set(listed).size).toBe(listed.length);
    const admission = page.slice(page.indexOf('## Admission'));
    expect(others.filter((code) => !admission.includes(`\`${code}\``))).toEqual([]);
  });

  test('says when and what to do for each', () => {
    for (const [row, , when, fix] of rows)
      expect({ row, ok: when!.length > 5 && fix!.length > 3 }).toMatchObject({ ok: true });
  });
});
