import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../src/apply/unified-diff';

const names = { before: 'old', after: 'new' };

/** The new text according to a diff. */
function patched(before: readonly string[], diff: string): string[] {
  const after: string[] = [];
  let position = 0;
  for (const line of diff.split('\n').slice(2, -1)) {
    const [, start, count] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (start !== undefined) {
      const first = Number(start) - (count === '0' ? 0 : 1);
      after.push(...before.slice(position, first));
      position = first;
    } else if (line.startsWith('+')) after.push(line.slice(1));
    else {
      expect(before[position]).toBe(line.slice(1));
      if (line.startsWith(' ')) after.push(line.slice(1));
      position++;
    }
  }
  return [...after, ...before.slice(position)];
}

describe('unifiedDiff', () => {
  test('is empty for equal texts', () => {
    expect(unifiedDiff(['a'], ['a'], names)).toBe('');
  });

  /** As `diff -u` of GNU diffutils prints it. */
  test('shows three lines around a change, and separate changes separately', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
    const after = ['a', 'B', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'];
    expect(unifiedDiff(before, after, names)).toBe(
      '--- old\n+++ new\n@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -10,3 +10,4 @@\n j\n k\n l\n+m\n',
    );
    expect(unifiedDiff([], ['a'], names)).toBe('--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n');
    expect(unifiedDiff(['a'], [], names)).toBe('--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n');
  });

  test('turns any text into any other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff(before, after, names);
        expect(diff === '' ? before : patched(before, diff)).toEqual(after);
      }),
    );
  });

  test('is quick for long texts without common lines', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 20_000 }, (_, index) => `b${index}`);
    expect(unifiedDiff(before, after, names).split('\n')).toHaveLength(3 + 40_000 + 1);
  });
});
