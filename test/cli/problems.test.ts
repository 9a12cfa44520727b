import { describe, expect, test } from 'vitest';
import { tellProblems } from '../../src/cli/problems';
import type { ReadProblem } from '../../src/manifests';

const problem = (file: string, line: number): ReadProblem => ({
  code: 'read.object',
  severity: 'error',
  message: 'an object without kind',
  why: 'kubectl cannot determine its type and rejects it',
  fix: 'add the missing field',
  file,
  line,
  column: 1,
});

const told = (problems: readonly ReadProblem[]): string => {
  const err: string[] = [];
  const io = {
    out: () => {},
    err: (text: string) => void err.push(text),
    stdin: async () => new Uint8Array(),
    cwd: '/',
    env: {},
    width: 100,
    color: { out: false, err: false },
  };
  expect(tellProblems(problems, io)).toBe(true);
  return err.join('');
};

describe('tellProblems', () => {
  test('a file with many problems does not hide another file', () => {
    const text = told([
      ...Array.from({ length: 5000 }, (_, index) => problem('a.yaml', index + 1)),
      problem('b.yaml', 1),
    ]);
    expect(text.match(/a\.yaml/g)).toHaveLength(20);
    expect(text).toContain('b.yaml:1:1');
    expect(text.endsWith('4980 more problems in reading, not shown\n')).toBe(true);
  });

  test('many files with problems are counted', () => {
    const text = told(Array.from({ length: 1001 }, (_, index) => problem(`${index}.yaml`, 1)));
    expect(text.match(/\.yaml/g)).toHaveLength(200);
    expect(text.endsWith('801 more problems in reading, not shown\n')).toBe(true);
  });
});
