import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readApplicationRecords, readFolderRecord } from '../../src/manifests/folder-record';
import { type FolderFile, writeFolder } from '../../src/manifests/write-folder';
import { readFolder } from '../support/construct-trees';

/** `writeFolder` in JavaScript: a compiler in each of the processes below would take ten times as long as their work. */
const compiled = join(mkdtempSync(join(tmpdir(), 'compiled-')), 'write-folder.cjs');

beforeAll(async () => {
  const input = join(__dirname, '../../src/manifests/write-folder.ts');
  const bundle = await rolldown({ input, platform: 'node', external: /^node:/ });
  await bundle.write({ file: compiled, format: 'cjs' });
});
afterAll(() => rmSync(join(compiled, '..'), { recursive: true }));

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
/** Every file and folder below the folder, our record too. */
const everything = () => readdirSync(folder, { recursive: true }).map(String).sort();
const modeOf = (path: string) => statSync(join(folder, path)).mode & 0o777;

describe('writeFolder', () => {
  test('makes the folder and says what it wrote', () => {
    expect(writeFolder(folder, files({ 'a.yaml': 'a\n', 'sub/b.yaml': 'b\n' }), 'app')).toEqual({
      written: ['a.yaml', 'sub/b.yaml'],
      unchanged: [],
      removed: [],
      kept: [],
    });
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a\n', 'sub/b.yaml': 'b\n' });
    expect(record()).toBe(
      '# Written by cdk8s-karmada. It removes files in this list when their application no longer makes them.\napp: a.yaml\napp: sub/b.yaml\n',
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
      kept: [],
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
    const before = { 'a.yaml': 'old\n', 'b.yaml': 'old\n', 'stale/s.yaml': 'old\n' };
    const entries = ['.cdk8s-karmada', 'a.yaml', 'b.yaml', 'stale', 'stale/s.yaml'];
    writeFolder(folder, files(before), 'app');
    const seen = new Set<string>();
    for (let call = 1; call < 30; call++) {
      killedAtFileCall(call);
      const found = readFolder(folder);
      for (const [name, text] of Object.entries(found)) {
        expect(['a.yaml', 'b.yaml', 'new/c.yaml', 'stale/s.yaml']).toContain(name);
        expect([`old\n`, 'new\n'.repeat(2)]).toContain(text);
      }
      seen.add(`${everything()}${Object.values(found)}`);
      writeFolder(folder, files(before), 'app');
      expect(readFolder(folder)).toEqual(before);
      expect(everything()).toEqual(entries); // no empty folder either
      expect(readdirSync(place)).toEqual(['dist']);
    }
    expect(seen.size).toBeGreaterThan(5); // it was killed in the middle, too
  });

  test('fails when the folder is a file, and leaves it', () => {
    writeFileSync(folder, 'a file');
    expect(() => writeFolder(folder, files({ 'a.yaml': 'a' }), 'app')).toThrow(
      /^cannot write to the folder .*dist; nothing in it was changed: EEXIST/,
    );
    expect(readFileSync(folder, 'utf8')).toBe('a file');
  });

  test('fails when a file cannot take its name, and puts back the others', () => {
    writeFolder(folder, files({ 'a.yaml': 'old', 'stale.yaml': 'old' }), 'app');
    const before = record();
    mkdirSync(join(folder, 'c.yaml'));
    const change = () => writeFolder(folder, files({ 'a.yaml': 'new', 'b.yaml': 'new', 'c.yaml': 'new' }), 'app');
    expect(change).toThrow('nothing in it was changed: EISDIR');
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'old', 'stale.yaml': 'old' });
    expect(record()).toBe(before);
    expect(readdirSync(place)).toEqual(['dist']);
  });

  test('removes the folders that it made when it fails', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'b'), 'mine');
    expect(() => writeFolder(folder, files({ 'a/deep/x.yaml': 'x', 'b/y.yaml': 'y' }), 'app')).toThrow('EEXIST');
    expect(everything()).toEqual(['b']);
  });

  test('removes the folder itself when it made it and fails', () => {
    const broken: FolderFile = {
      path: 'a.yaml',
      get text(): string {
        throw new Error('no text');
      },
    };
    expect(() => writeFolder(join(folder, 'deep'), [broken], 'app')).toThrow('no text');
    expect(readdirSync(place)).toEqual([]);
  });

  test('puts back a stale folder, with its permissions, when it fails', () => {
    writeFolder(folder, files({ 'a.yaml': 'old', 'one/b.yaml': 'b' }), 'app');
    chmodSync(join(folder, 'one'), 0o770);
    mkdirSync(join(folder, 'c.yaml'));
    expect(() => writeFolder(folder, files({ 'a.yaml': 'new', 'c.yaml': 'new' }), 'app')).toThrow('EISDIR');
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'old', 'one/b.yaml': 'b' });
    expect(modeOf('one')).toBe(0o770);
  });

  const anything = 'use a name of at most 255 letters, digits, "-", "_" and "."';
  test.each([
    ...['../a.yaml', '/a.yaml', 'a/../../b.yaml', 'C:a.yaml', 'a\\b.yaml', '..'].map((path) => ({
      path,
      problem: `the file name "${path}" leads out of the folder`,
    })),
    ...['.', '', 'a/', 'a//b', './a'].map((path) => ({
      path,
      problem: `the file name "${path}" is not the normalized path of a file`,
    })),
    ...['.cdk8s-karmada', '.cdk8s-karmada/a', '.cdk8s-karmada-1-x/a'].map((path) => ({
      path,
      problem: `the file name "${path}" is reserved by cdk8s-karmada`,
    })),
    ...[
      ['a\0b', 'a\\u0000b'],
      ['a\nb', 'a\\u000ab'],
      ['a\x7f', 'a\\u007f'],
      ['\ud800', '\\ud800'],
    ].map(([path, shown]) => ({
      path: path!,
      problem: `the file name "${shown}" has a control character, a line break or a broken character`,
    })),
    {
      path: `sub/${'ü'.repeat(128)}`,
      problem: `the file name "sub/${'ü'.repeat(56)}…" has a part of 256 bytes, and the maximum is 255`,
    },
  ])('fails before it writes anything when $problem', ({ path, problem }) => {
    const change = () => writeFolder(folder, [...files({ 'a.yaml': 'a' }), { path, text: '' }], 'app');
    expect(change).toThrow(`${problem}, so nothing is written to ${folder}\n  fix: ${anything}`);
    expect(existsSync(folder)).toBe(false);
  });

  test('fails before it writes anything when a file has the name of a folder', () => {
    expect(() => writeFolder(folder, files({ 'a.yaml': 'a', 'a.yaml/b/c': 'b' }), 'app')).toThrow(
      `the file name "a.yaml" is also the name of a folder, for "a.yaml/b/c", so nothing is written to ${folder}\n  fix: give one of them another name`,
    );
    expect(existsSync(folder)).toBe(false);
  });

  test('can write a folder whose record names what no file system takes', () => {
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'app');
    writeFileSync(join(folder, '.cdk8s-karmada'), `${record()}app: ${'x'.repeat(260)}\napp: a.yaml/b\n`);
    writeFolder(folder, files({ 'b.yaml': 'b' }), 'app');
    expect(everything()).toEqual(['.cdk8s-karmada', 'b.yaml']);
  });

  test('can write a folder whose record names the folder, or the record', () => {
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'app');
    writeFileSync(join(folder, '.cdk8s-karmada'), 'app: a.yaml\napp: .\napp: .cdk8s-karmada\napp: sub/\n');
    writeFolder(folder, files({ 'b.yaml': 'b' }), 'app');
    expect(everything()).toEqual(['.cdk8s-karmada', 'b.yaml']);
    expect(record()).toContain('\napp: b.yaml\n');
  });

  test('a folder that took the name of a stale file is left alone, and forgotten', () => {
    writeFolder(folder, files({ 'a.yaml': 'a', 'b.yaml': 'b' }), 'app');
    rmSync(join(folder, 'b.yaml'));
    mkdirSync(join(folder, 'b.yaml'));
    writeFileSync(join(folder, 'b.yaml/precious.txt'), 'mine');
    expect(writeFolder(folder, files({ 'a.yaml': 'a' }), 'app').removed).toEqual([]);
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a', 'b.yaml/precious.txt': 'mine' });
    expect(record()).not.toContain('b.yaml');
  });

  test('nothing is removed behind a link, and a link itself is removed', () => {
    writeFolder(folder, files({ 'a.yaml': 'a', 'link.yaml': 'x', 'sub/b.yaml': 'b', 'sub/deep/c.yaml': 'c' }), 'app');
    mkdirSync(join(place, 'else/deep'), { recursive: true });
    for (const name of ['b.yaml', 'd.yaml']) writeFileSync(join(place, 'else', name), 'mine');
    rmSync(join(folder, 'sub'), { recursive: true });
    rmSync(join(folder, 'link.yaml'));
    symlinkSync('../else', join(folder, 'sub'));
    symlinkSync('../else/d.yaml', join(folder, 'link.yaml'));
    expect(writeFolder(folder, files({ 'a.yaml': 'a' }), 'app').removed).toEqual(['link.yaml']);
    expect(readdirSync(folder)).toEqual(['.cdk8s-karmada', 'a.yaml', 'sub']);
    expect(readdirSync(join(place, 'else')).sort()).toEqual(['b.yaml', 'd.yaml', 'deep']);
  });

  test('fails when a link is where a folder is needed, and writes nothing behind it', () => {
    mkdirSync(join(place, 'else'));
    mkdirSync(folder);
    symlinkSync('../else', join(folder, 'sub'));
    expect(() => writeFolder(folder, files({ 'sub/deep/b.yaml': 'b' }), 'app')).toThrow('EEXIST');
    expect(readdirSync(join(place, 'else'))).toEqual([]);
    expect(everything()).toEqual(['sub']);
  });

  test('replaces a link, and leaves what it leads to', () => {
    mkdirSync(folder);
    writeFileSync(join(place, 'mine.yaml'), 'a');
    symlinkSync('../mine.yaml', join(folder, 'a.yaml'));
    symlinkSync('../nowhere', join(folder, 'b.yaml'));
    expect(writeFolder(folder, files({ 'a.yaml': 'a', 'b.yaml': 'b' }), 'app').written).toEqual(['a.yaml', 'b.yaml']);
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a', 'b.yaml': 'b' }); // links are no files for it
    expect(readFileSync(join(place, 'mine.yaml'), 'utf8')).toBe('a');
    expect(readdirSync(place).sort()).toEqual(['dist', 'mine.yaml']);
  });

  test('puts back a link when it fails', () => {
    mkdirSync(join(folder, 'c.yaml'), { recursive: true });
    symlinkSync('../nowhere', join(folder, 'a.yaml'));
    expect(() => writeFolder(folder, files({ 'a.yaml': 'a', 'c.yaml': 'c' }), 'app')).toThrow('EISDIR');
    expect(readlinkSync(join(folder, 'a.yaml'))).toBe('../nowhere');
  });

  test('keeps the permissions of a file that it replaces', () => {
    writeFolder(folder, files({ 'a.yaml': 'old', 'b.yaml': 'old', 'c.yaml': 'old' }), 'app');
    chmodSync(join(folder, 'a.yaml'), 0o600);
    chmodSync(join(folder, 'b.yaml'), 0o666); // wider than what the process gives to new files
    chmodSync(join(folder, '.cdk8s-karmada'), 0o640);
    writeFolder(
      folder,
      [...files({ 'a.yaml': 'new', 'b.yaml': 'new' }), { path: 'd.yaml', text: 'd', mode: 0o666 }],
      'app',
    );
    expect(['a.yaml', 'b.yaml', 'd.yaml', '.cdk8s-karmada'].map(modeOf)).toEqual([0o600, 0o666, 0o666, 0o640]);
  });

  test('a stale file gives way to a folder, and a stale folder to a file', () => {
    writeFolder(folder, files({ 'one/deep/a.yaml': 'a', two: 'b' }), 'app');
    writeFolder(folder, files({ one: 'a', 'two/deep/b.yaml': 'b' }), 'app');
    expect(readFolder(folder)).toEqual({ one: 'a', 'two/deep/b.yaml': 'b' });
    mkdirSync(join(folder, 'c.yaml'));
    expect(() => writeFolder(folder, files({ 'one/deep/a.yaml': 'a', two: 'b', 'c.yaml': 'c' }), 'app')).toThrow(
      'EISDIR',
    );
    expect(readFolder(folder)).toEqual({ one: 'a', 'two/deep/b.yaml': 'b' });
  });

  test('keeps in the record what another application writes meanwhile', () => {
    writeFolder(folder, files({ 'stale.yaml': 'old' }), 'one');
    let isFirst = true;
    const slow: FolderFile = {
      path: 'a.yaml',
      get text(): string {
        if (isFirst) writeFolder(folder, files({ 'b.yaml': 'b' }), 'two');
        isFirst = false;
        return 'a';
      },
    };
    writeFolder(folder, [slow], 'one');
    expect(readFolderRecord(folder)).toEqual(
      new Map([
        ['one', new Set(['a.yaml'])],
        ['two', new Set(['b.yaml'])],
      ]),
    );
    expect(readFolder(folder)).toEqual({ 'a.yaml': 'a', 'b.yaml': 'b' });
    expect(readdirSync(place)).toEqual(['dist']);
  });

  test('threads of one process write into one folder', { timeout: 30_000 }, async () => {
    await Promise.all(['one', 'two', 'two'].map(threadThatWrites));
    expect(Object.keys(readFolder(folder)).sort()).toEqual(['one/a.yaml', 'one/b.yaml', 'two/a.yaml', 'two/b.yaml']);
    expect(readdirSync(place)).toEqual(['dist']);
  });

  test('leaves alone what living processes are writing, this one too', () => {
    const others = [process.pid, process.ppid].map((pid) => `.dist-cdk8s-karmada-${pid}-x`);
    for (const name of others) mkdirSync(join(place, name));
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'app');
    expect(readdirSync(place).sort()).toEqual([...others, 'dist'].sort());
  });
});

describe('the settings of an application', () => {
  const settings = {
    version: 1,
    fleet: { clusters: { a: { region: 'eu\u2028' } } },
    calls: [{ client: 'x', server: 'y' }],
  };

  test('are read as they were written, also after another application wrote', () => {
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'one', { settings });
    writeFolder(folder, files({ 'b.yaml': 'b' }), 'two', { settings: {} });
    writeFolder(folder, files({ 'c.yaml': 'c' }), 'three');
    const records = readApplicationRecords(folder);
    expect(records.map(({ application, settings: text }) => [application, JSON.parse(text!)])).toEqual([
      ['one', settings],
      ['two', {}],
    ]);
    expect([...readFolderRecord(folder).keys()].sort()).toEqual(['one', 'three', 'two']);
  });

  test('change the record, but no file', () => {
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'one', { settings });
    const { ino } = statSync(join(folder, '.cdk8s-karmada'));
    expect(writeFolder(folder, files({ 'a.yaml': 'a' }), 'one', { settings }).written).toEqual([]);
    expect(statSync(join(folder, '.cdk8s-karmada')).ino).toBe(ino);
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'one', { settings: { version: 2 } });
    expect(readApplicationRecords(folder)[0]!.settings).toBe('{\n  "version": 2\n}');
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'one');
    expect(readApplicationRecords(folder)).toEqual([]);
  });

  test('that are broken stay broken until their application writes', () => {
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'one', { settings });
    writeFileSync(join(folder, '.cdk8s-karmada'), record().replace('  "calls"', '<<<<<<< HEAD\n  "calls"'));
    writeFolder(folder, files({ 'b.yaml': 'b' }), 'two', { settings: {} });
    expect(readApplicationRecords(folder).map(({ settings: text }) => text)).toEqual([undefined, '{\n}']);
    writeFolder(folder, files({ 'a.yaml': 'a' }), 'one', { settings });
    expect(readApplicationRecords(folder).map(({ settings: text }) => JSON.parse(text!))).toEqual([settings, {}]);
  });
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

  test('a name may end in a space', () => {
    writeFolder(folder, files({ 'a.yaml ': 'a' }), 'app');
    expect(readFolderRecord(folder)).toEqual(new Map([['app', new Set(['a.yaml '])]]));
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
    for (const name of ['renameSync', 'linkSync', 'writeFileSync', 'rmSync', 'mkdirSync', 'mkdtempSync', 'rmdirSync']) {
      const original = fs[name];
      fs[name] = (...args) => {
        if (--left === 0) process.kill(process.pid, 'SIGKILL');
        return original(...args);
      };
    }
    const { writeFolder } = require(${JSON.stringify(compiled)});
    const text = 'new\\n'.repeat(2);
    writeFolder(${JSON.stringify(folder)}, ['a.yaml', 'b.yaml', 'new/c.yaml'].map((path) => ({ path, text })), 'app');`;
  spawnSync(process.execPath, ['-e', script], { cwd: join(__dirname, '../..') });
}

/** Lets a thread write two files into the folder, again and again. */
function threadThatWrites(application: string): Promise<void> {
  const script = `
    const { writeFolder } = require(${JSON.stringify(compiled)});
    for (let i = 0; i < 100; i++) {
      const files = ['a', 'b'].map((name) => ({ path: '${application}/' + name + '.yaml', text: 'x: ' + i }));
      writeFolder(${JSON.stringify(folder)}, files, '${application}');
    }`;
  const worker = new Worker(script, { eval: true });
  return new Promise((done, failed) => {
    worker.on('error', failed);
    worker.on('exit', () => done());
  });
}
