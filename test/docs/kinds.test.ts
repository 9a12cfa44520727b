import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as cdk8s from 'cdk8s';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as karmada from '../../src';
import { karmadaKinds } from '../../src/admission/schema/tables';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { codeBlocks, runExample } from '../support/doc-examples';

const project = join(__dirname, '../..');
const folder = join(project, 'docs/kinds');
const pages = readdirSync(folder).filter((name) => name !== 'README.md');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The chart that README.md sets the examples in. */
const prelude = codeBlocks(read('README.md')).find(({ language }) => language === 'ts')!.code;
/** Pages about topics, with examples in the same chart. */
const topics = ['placements.md', 'overrides.md', 'failover.md', 'autoscaling.md', 'federation.md'].map(
  (name) => `../${name}`,
);

const titleOf = (name: string): string => /^# (\w+)$/m.exec(read(name))![1]!;

/** Kinds that Karmada writes by itself. */
const written = ['ResourceBinding', 'ClusterResourceBinding', 'Work'];

describe('docs/kinds', () => {
  test('has a page for every kind that users author, and for FederatedApp', () => {
    const authored = karmadaKinds(defaultKarmadaVersion).map(({ kind }) => kind);
    const expected = ['FederatedApp', ...authored.filter((kind) => !written.includes(kind))];
    expect(pages.map(titleOf).sort()).toEqual(expected.sort());
  });

  test('lists every page, and nothing else, in its README', () => {
    const linked = [...read('README.md').matchAll(/\]\((\S+\.md)\)/g)].map(([, name]) => name);
    expect(linked.sort()).toEqual([...pages].sort());
  });

  test.each(pages)('%s has the parts of a page', (name) => {
    const headings = [...read(name).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['When to use it', 'Smallest example', 'Options', 'Pitfalls']);
  });

  test.each(pages)('%s makes the YAML that it shows', (name) => {
    const blocks = codeBlocks(read(name));
    const shown = parseAllDocuments(blocks.find(({ language }) => language === 'yaml')!.code).map((one) => one.toJS());
    expect(made(blocks[0]!.code).filter((object) => belongsTo(titleOf(name), object))).toEqual(shown);
  });

  test.each(pages)('%s has no example that fails', (name) => {
    const examples = codeBlocks(read(name)).filter(({ language }) => language === 'ts');
    for (const { code } of examples) expect(made(code).length).toBeGreaterThan(2);
  });

  test('has no example that does not compile', () => {
    expect(compileProblems([...pages, ...topics]).join('\n')).toBe('');
  });
});

describe('the pages about topics', () => {
  test.each(topics)('%s: each example makes the YAML below it', (name) => {
    let last = '';
    for (const { language, code } of codeBlocks(read(name))) {
      if (language === 'ts') last = code;
      if (language !== 'yaml') continue;
      const shown = parseAllDocuments(code).map((one) => one.toJS() as KubernetesObject);
      const names = shown.map(({ kind, metadata }) => `${kind} ${metadata?.name}`);
      expect(made(last).filter(({ kind, metadata }) => names.includes(`${kind} ${metadata?.name}`))).toEqual(shown);
    }
  });

  test.each(topics)('%s has no example that fails', (name) => {
    const examples = codeBlocks(read(name)).filter(({ language }) => language === 'ts');
    expect(examples.length).toBeGreaterThan(0);
    for (const { code } of examples) expect(made(code).length).toBeGreaterThan(1);
  });
});

/** The objects of an example and of the chart around it. */
function made(example: string): KubernetesObject[] {
  const app = runExample(`${prelude}\n${example}`, { cdk8s, 'cdk8s-karmada': karmada }, 'app') as cdk8s.App;
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as KubernetesObject);
}

/** A page shows the objects of its kind; that of FederatedApp all that it makes. */
function belongsTo(title: string, { kind, metadata }: KubernetesObject): boolean {
  return title === 'FederatedApp' ? metadata?.name !== 'web' : kind === title;
}

/** Compiles each example as a strict module, with `cdk8s-karmada` standing for our sources. */
function compileProblems(names: readonly string[]): string[] {
  const sources = new Map<string, string>();
  for (const name of names) {
    const examples = codeBlocks(read(name)).filter(({ language }) => language === 'ts');
    for (const [index, { code }] of examples.entries()) {
      const used = prelude.replace(/^(const \w+ = new ApiObject)/gm, 'export $1');
      sources.set(join(folder, `${basename(name)}.${index}.ts`), `${used}\n${code}`);
    }
  }
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, project);
  options.paths = { 'cdk8s-karmada': [join(project, 'src/index.ts')] };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => sources.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => sources.has(path) || fileExists.call(host, path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const text = sources.get(path);
    return text === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return program
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}
