import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageText } from '../../src/report/terminal-page';

const start = '\u001b[';
const plain = (markdown: string, width = 40): string => pageText(markdown, { width, color: false });
const colored = (markdown: string, width = 40): string => pageText(markdown, { width, color: true });
const withoutColors = (text: string): string =>
  text
    .split(start)
    .map((part, index) => (index === 0 ? part : part.replace(/^\d+m/, '')))
    .join('');

const table = '| option | meaning |\n|---|---|\n| `port` | Port of the Service. |\n| `a \\| b` | One of two. |';

describe('pageText', () => {
  test('underlines headings by level', () => {
    expect(plain('# Title\n\n## Part\n\n### Detail\n\nText.')).toBe(
      'Title\n=====\n\nPart\n----\n\nDetail\n~~~~~~\n\nText.',
    );
  });

  test('joins the lines of a paragraph, and breaks them at the width', () => {
    expect(plain('One two three\nfour five six seven.', 20)).toBe('One two three four\nfive six seven.');
  });

  test('keeps the lines of code, however long', () => {
    const line = `const text = "${'x'.repeat(60)}";`;
    expect(plain(`Before:\n\n\`\`\`ts\n${line}\n\n# no heading\n\`\`\``)).toBe(
      `Before:\n\n    ${line}\n\n    # no heading`,
    );
  });

  test('hangs the items of lists', () => {
    expect(plain('- one two three four\n  five\n- six\n  - seven', 20)).toBe(
      '- one two three four\n  five\n- six\n  - seven',
    );
    expect(plain('1. one\n2. two')).toBe('1. one\n2. two');
  });

  test('aligns a table that has room', () => {
    expect(plain(table)).toBe(
      [
        'option   meaning',
        '-------  --------------------',
        '`port`   Port of the Service.',
        '`a | b`  One of two.',
      ].join('\n'),
    );
  });

  test('puts the cells of a row below each other where there is no room', () => {
    expect(plain(table, 20)).toBe('`port`\n    Port of the\n    Service.\n\n`a | b`\n    One of two.');
    const wide = '| a | b | c |\n|---|---|---|\n| one | two three four five six | |';
    expect(plain(wide, 24)).toBe('one\n    b: two three four\n    five six');
  });

  test('keeps the meaning of marks without colours', () => {
    expect(
      plain('**Fix:** write `port`, see [ports](ports.md), [`x`](y.md) and [RFC](https://example.com/rfc).', 200),
    ).toBe('Fix: write `port`, see ports, `x` and RFC (https://example.com/rfc).');
  });

  test('omits comments', () => {
    expect(plain('<!-- written by\na script -->\nText.')).toBe('Text.');
  });

  test('colours each word on its own, so that no colour crosses a line', () => {
    const text = colored('Write `npm run build now` **soon enough**.', 20);
    for (const line of text.split('\n')) expect(line.split(start).length % 2).toBe(1);
    expect(withoutColors(text)).toBe('Write npm run build\nnow soon enough.');
  });

  test('breaks lines with colours where it breaks them without', () => {
    const words = fc.array(fc.constantFrom('one', '**two**', 'three', '[four](x.md)', 'fifteen'), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 60 }), (some, width) => {
        expect(withoutColors(colored(some.join(' '), width))).toBe(plain(some.join(' '), width));
      }),
    );
  });
});
