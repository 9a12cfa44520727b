import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applicationNameOf } from '../../src/apply/application-name';
import { writeFolder } from '../../src/manifests';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'application-')), 'shop');
  mkdirSync(join(folder, 'dist'), { recursive: true });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

test('is the name that the folder was written under', () => {
  writeFolder(join(folder, 'dist'), [{ path: 'a.yaml', text: 'a: 1\n' }], 'till');
  expect(applicationNameOf('dist', folder)).toBe('till');
});

test('is the package around the folder, where nobody gave the application a name', () => {
  writeFileSync(join(folder, 'package.json'), '{"name":"@acme/shop"}');
  writeFolder(join(folder, 'dist'), [{ path: 'a.yaml', text: 'a: 1\n' }], 'app');
  expect(applicationNameOf('dist', folder)).toBe('@acme/shop');
  expect(applicationNameOf(join(folder, 'dist', 'a.yaml'), '/')).toBe('@acme/shop');
});

test('is the folder around the manifests, where there is no package', () => {
  expect(applicationNameOf('dist', folder)).toBe('shop');
  expect(applicationNameOf(join(folder, 'dist'), '/')).toBe('shop');
  expect(applicationNameOf('-', folder)).toBe('shop');
});
