import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as karmada from '../../src';
import { objectKey } from '../../src/kubernetes/object';
import { codeBlocks, runExample } from '../support/doc-examples';

const page = readFileSync(join(__dirname, '../../docs/from-yaml.md'), 'utf8');
const byHand = page.slice(page.indexOf('## By hand'), page.indexOf('### What becomes what'));
const [beginning, ...forms] = byHand.split(/^### /m);
const [prelude] = codeBlocks(beginning!);

interface Shown {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const objectsOf = (text: string): Shown[] => parseAllDocuments(text).map((one) => one.toJS() as Shown);
const inOrder = (objects: readonly Shown[]): Shown[] =>
  [...objects].sort((one, other) => objectKey(one).localeCompare(objectKey(other)));

/** Runs an example in a folder with the file of its YAML, without the policies, which the example makes. */
function made(code: string, yaml: string): Shown[] {
  const folder = mkdtempSync(join(tmpdir(), 'from-yaml-'));
  const path = /^# (\S+)$/m.exec(yaml)?.[1];
  if (path !== undefined) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    const templates = objectsOf(yaml).filter(({ apiVersion }) => !apiVersion.startsWith('policy.karmada.io/'));
    writeFileSync(join(folder, path), templates.map((object) => JSON.stringify(object)).join('\n---\n'));
  }
  const before = process.cwd();
  process.chdir(folder);
  try {
    const app = runExample(`${prelude!.code}\n${code}`, { cdk8s, 'cdk8s-karmada': karmada }, 'app') as cdk8s.App;
    return objectsOf(app.synthYaml());
  } finally {
    process.chdir(before);
  }
}

describe('docs/from-yaml.md', () => {
  test('has the six forms', () => {
    expect(forms.map((form) => form.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.', '5.', '6.']);
  });

  test.each(forms.map((form) => [form.slice(0, form.indexOf('\n')), form]))(
    '%s makes the objects of its YAML',
    (_, form) => {
      const blocks = codeBlocks(form);
      const yaml = blocks.find(({ language }) => language === 'yaml')!.code;
      const code = blocks.find(({ language }) => language === 'ts')!.code;
      expect(inOrder(made(code, yaml))).toEqual(inOrder(objectsOf(yaml)));
    },
  );

  test('every placement of its table is one', () => {
    const placements = [...page.matchAll(/`(Placement\.\w+\([^`]*\))`/g)].map(([, call]) => call!);
    expect(placements.length).toBeGreaterThan(5);
    for (const call of placements) new Function('Placement', `return ${call}`)(karmada.Placement);
  });
});
