import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFolderRecord } from '../../src/manifests/folder-record';
import { type FolderFile, writeFolder } from '../../src/manifests/write-folder';
import { readFolder } from '../support/construct-trees';

let place: string;
let folder: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'write-'));
  folder = join(place, 'dist');
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

const files = (texts: Readonly<Record<string, string>>): FolderFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text }));
const record = () => readFileSync(join(folder, '.cdk8s-karmada'), 'utf8');

describe('writeFolder', () => {
  test('makes the folder and says what it wrote', () => {
    expect(writeFolder(folder, files({ 'a.yaml': 'a\n', 'sub/b.yaml': 'b\n' }), 'app')).toEqual({
      written: ['a.yaml', 'sub/b.yaml'],
      unchanged: [],
      removed: [],
    });
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a\n', 'sub/b.yaml': 'b\n' });
    expect(record()).toBe(
      '# Written by cdk8s-karmada, which removes those of these files that an application no longer makes.\napp: a.yaml\napp: sub/b.yaml\n',
    );
    expect(readdirSync(place)).toEqual(['dist']); // nothing is left beside it
  });

  test('writes a text in pieces, and knows it again', () => {
    const inPieces = [{ path: 'a.yaml', text: ['a\n', '', '\u00e9\n'], mode: 0o600 }];
    expect(writeFolder(folder, inPieces, 'app').written).toEqual(['a.yaml']);
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a\n\u00e9\n' });
    expect(statSync(join(folder, 'a.yaml')).mode & 0o777).toBe(0o600);
    expect(writeFolder(folder, inPieces, 'app').unchanged).toEqual(['a.yaml']);
  });

  test('leaves a file alone that is as it should be', () => {
    writeFolder(folder, files({ 'a.yaml': 'a\n' }), 'app');
    const before = statSync(join(folder, 'a.yaml')).ino;
    expect(writeFolder(folder, files({ 'a.yaml': 'a\n' }), 'app')).toEqual({
      written: [],
      unchanged: ['a.yaml'],
      removed: [],
    });
    expect(statSync(join(folder, 'a.yaml')).ino).toBe(before);
  });

  test('removes what the application no longer makes, and folders that are empty then', () => {
    writeFolder(folder, files({ 'a.yaml': 'a', 'one/b.yaml': 'b', 'two/c.yaml': 'c' }), 'app');
    writeFileSync(join(folder, 'two/mine.txt'), 'mine');
    const { removed } = writeFolder(folder, files({ 'a.yaml': 'a' }), 'app');
    expect(removed).toEqual(['one/b.yaml', 'two/c.yaml']);
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a', 'two/mine.txt': 'mine' });
    expect(readdirSync(folder).sort()).toEqual(['.cdk8s-karmada', 'a.yaml', 'two']);
  });

  test('leaves the files of others alone, and overwrites one that has its name', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.yaml'), 'from plain cdk8s');
    writeFileSync(join(folder, 'README.md'), 'mine');
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'app');
    writeFolder(folder, [], 'app');
    expect(readFolder(folder)).toEqual({ 'README.md': 'mine' });
  });

  test('keeps the files of two applications apart', () => {
    writeFolder(folder, files({ 'a.yaml': 'a', 'both.yaml': '1' }), 'one');
    writeFolder(folder, files({ 'b.yaml': 'b', 'both.yaml': '1' }), 'two');
    writeFolder(folder, files({ 'c.yaml': 'c' }), 'one');
    expect(readFolder(folder)).toEqual({ 'b.yaml': 'b', 'both.yaml': '1', 'c.yaml': 'c' });
  });

  test('writes files with the permissions asked for', () => {
    const secret = { path: 'secret.yaml', text: 's', mode: 0o600 };
    writeFolder(folder, [secret], 'app');
    chmodSync(join(folder, 'secret.yaml'), 0o644);
    writeFolder(folder, [secret], 'app');
    expect(statSync(join(folder, 'secret.yaml')).mode & 0o777).toBe(0o600);
  });

  test('writes through a link to a folder', () => {
    mkdirSync(join(place, 'real'));
    symlinkSync(join(place, 'real'), folder);
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'app');
    expect(readFolder(join(place, 'real'))).toEqual({ 'a.yaml': 'a' });
  });

  test('completes what a killed process left', () => {
    writeFolder(folder, files({ 'a.yaml': 'old', 'stale.yaml': 'old' }), 'app');
    const leftover = join(place, `.dist-cdk8s-karmada-${endedProcess()}`);
    mkdirSync(leftover);
    writeFileSync(join(leftover, '0'), 'half of a fi');
    // As after the first move: the record names the files of before and after, one file is new.
    writeFileSync(join(folder, '.cdk8s-karmada'), 'app: a.yaml\napp: new.yaml\napp: stale.yaml\n');
    writeFileSync(join(folder, 'new.yaml'), 'new');

    writeFolder(folder, files({ 'a.yaml': 'newest' }), 'app');
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'newest' });
    expect(readdirSync(place)).toEqual(['dist']);
  });

  test('each file is old or new, and no other name appears, whenever the process is killed', () => {
    writeFolder(folder, files({ 'a.yaml': 'old\n', 'b.yaml': 'old\n', 'stale.yaml': 'old\n' }), 'app');
    const seen = new Set<string>();
    for (let call = 1; call < 20; call++) {
      killedAtFileCall(call);
      const found = readFolder(folder);
      for (const [name, text] of Object.entries(found)) {
        expect(['a.yaml', 'b.yaml', 'c.yaml', 'stale.yaml']).toContain(name);
        expect([`old\n`, 'new\n'.repeat(2)]).toContain(text);
      }
      seen.add(Object.values(found).join());
      writeFolder(folder, files({ 'a.yaml': 'old\n', 'b.yaml': 'old\n', 'stale.yaml': 'old\n' }), 'app');
      expect(readFolder(folder)).toEqual({ 'a.yaml': 'old\n', 'b.yaml': 'old\n', 'stale.yaml': 'old\n' });
      expect(readdirSync(place)).toEqual(['dist']);
    }
    expect(seen.size).toBeGreaterThan(3); // it was killed in the middle, too
  });

  test('fails when the folder is a file, and leaves it', () => {
    writeFileSync(folder, 'a file');
    expect(() => writeFolder(folder, files({ 'a.yaml': 'a' }), 'app')).toThrow(
      /^cannot write to the folder .*dist, so nothing in it was changed: EEXIST/,
    );
    expect(readFileSync(folder, 'utf8')).toBe('a file');
  });

  test('fails when a file cannot take its name, and puts back the others', () => {
    writeFolder(folder, files({ 'a.yaml': 'old', 'stale.yaml': 'old' }), 'app');
    const before = record();
    mkdirSync(join(folder, 'c.yaml'));
    const change = () => writeFolder(folder, files({ 'a.yaml': 'new', 'b.yaml': 'new', 'c.yaml': 'new' }), 'app');
    expect(change).toThrow('so nothing in it was changed: EISDIR');
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'old', 'stale.yaml': 'old' });
    expect(record()).toBe(before);
    expect(readdirSync(place)).toEqual(['dist']);
  });

  test.each(['../a.yaml', '/a.yaml', 'a/../../b.yaml', 'C:a.yaml', 'a\\b.yaml', '..'])(
    'fails when a file is called %s',
    (path) => {
      expect(() => writeFolder(folder, [{ path, text: '' }], 'app')).toThrow(
        `the file name "${path}" leads out of the folder ${folder}\n  fix: use a name with letters, digits, "-", "_" and "."`,
      );
    },
  );
});

describe('readFolderRecord', () => {
  test('does not believe a line that leads out of the folder', () => {
    mkdirSync(folder);
    writeFileSync(
      join(folder, '.cdk8s-karmada'),
      '# comment\napp: a.yaml\r\napp: ../../etc/passwd\napp: /etc/passwd\nnonsense\n',
    );
    expect(readFolderRecord(folder)).toEqual(new Map([['app', new Set(['a.yaml'])]]));
  });

  test('a folder without a record is nobody’s', () => {
    expect(readFolderRecord(join(place, 'none'))).toEqual(new Map());
  });
});

function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** Lets another process write into the folder, and end without notice just before a call to the file system. */
function killedAtFileCall(call: number): void {
  const script = `
    const fs = require('node:fs');
    let left = ${call};
    for (const name of ['renameSync', 'linkSync', 'writeFileSync', 'rmSync']) {
      const original = fs[name];
      fs[name] = (...args) => {
        if (--left === 0) process.kill(process.pid, 'SIGKILL');
        return original(...args);
      };
    }
    require('tsx/cjs');
    const { writeFolder } = require(${JSON.stringify(join(__dirname, '../../src/manifests/write-folder.ts'))});
    const text = 'new\\n'.repeat(2);
    writeFolder(${JSON.stringify(folder)}, ['a.yaml', 'b.yaml', 'c.yaml'].map((path) => ({ path, text })), 'app');`;
  spawnSync(process.execPath, ['-e', script], { cwd: join(__dirname, '../..') });
}
