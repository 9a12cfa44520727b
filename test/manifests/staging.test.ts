import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Staging } from '../../src/manifests/staging';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'staging-')), 'dist');
  mkdirSync(folder);
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

describe('Staging', () => {
  test('takes back what it can, says what it could not, and keeps the files of that', () => {
    const [first, blocked, made, last] = ['1', '2', '3', '4'].map((name) => join(folder, name)) as [
      string,
      ...string[],
    ];
    for (const file of [first, blocked!, last!]) writeFileSync(file, 'old');
    const staging = new Staging(folder);
    staging.write(first, 'new', { mayReplace: true })();
    staging.write(blocked!, 'new', { mayReplace: true })();
    staging.write(made!, 'new', { mayReplace: false })();
    staging.take(last!);
    // Somebody is faster than we are.
    for (const file of [blocked!, made!]) {
      rmSync(file);
      mkdirSync(join(file, 'theirs'), { recursive: true });
    }

    const errors = staging.undo();
    staging.remove();
    expect(errors).toHaveLength(2);
    expect(readFileSync(first, 'utf8')).toBe('old');
    expect(readFileSync(last!, 'utf8')).toBe('old');
    expect(readdirSync(blocked!)).toEqual(['theirs']);
    expect(readdirSync(made!)).toEqual(['theirs']);
    const kept = /rename '(.*)' -> '.*2'/.exec(String(errors[1]))?.[1];
    expect(readFileSync(kept!, 'utf8')).toBe('old');
  });

  test('leaves nothing behind when it takes back everything', () => {
    const staging = new Staging(folder);
    staging.makeFolder(join(folder, 'a/b'));
    staging.write(join(folder, 'a/b/c'), 'new', { mayReplace: false })();
    expect(staging.undo()).toEqual([]);
    staging.remove();
    expect(readdirSync(join(folder, '..'), { recursive: true })).toEqual(['dist']);
  });
});
