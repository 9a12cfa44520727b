import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import { afterAll, describe, expect, test } from 'vitest';
import * as karmada from '../src';
import { runCli } from '../src/cli/run-cli';
import { type CodeBlock, codeBlocks, runExample } from './support/doc-examples';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

const blocks = codeBlocks(readme);
const ofLanguage = (language: string): readonly CodeBlock[] => blocks.filter((block) => block.language === language);
const examples = ofLanguage('ts');
const [firstManifest] = ofLanguage('yaml');
const [firstPlan, refusal, findings, demoPlan] = ofLanguage('text');

/** A project as the README's reader has it: the example's output, the demo as plain manifests, and its fleet. */
const project = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));
cpSync(join(root, 'dist'), join(project, 'manifests'), { recursive: true });
cpSync(join(root, 'dist'), join(project, 'manifests-before'), { recursive: true });
cpSync(join(root, 'fleet.yaml'), join(project, 'fleet.yaml'));
const [contract] = /\{ on: [^}]+\}/.exec(readme)!;
writeFileSync(join(project, 'contracts.yaml'), `contracts:\n  - ${contract}\n`);
writeFileSync(
  join(project, 'legacy.yaml'),
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: legacy\nspec:\n  ports:\n    - port: 80\n',
);

function run({ code }: CodeBlock, result = 'undefined'): unknown {
  const before = { folder: process.cwd(), outdir: process.env['CDK8S_OUTDIR'] };
  process.chdir(project);
  process.env['CDK8S_OUTDIR'] = join(project, 'dist');
  try {
    return runExample(code, { cdk8s, 'cdk8s-karmada': karmada, 'cdk8s-plus-33': kplus }, result);
  } finally {
    process.chdir(before.folder);
    process.env['CDK8S_OUTDIR'] = before.outdir;
    if (before.outdir === undefined) delete process.env['CDK8S_OUTDIR'];
  }
}

async function printed(line: string, cwd = project): Promise<{ exitCode: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runCli(line.split(/\s+/), {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: async () => new Uint8Array(),
    cwd,
    env: {},
    width: 160,
    color: { out: false, err: false },
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

describe('README.md', () => {
  test('the first example makes the YAML that it shows, and the plan', async () => {
    run(examples[0]!);
    expect(readFileSync(join(project, 'dist/web.k8s.yaml'), 'utf8')).toBe(firstManifest!.code);
    expect((await printed('plan')).out).toBe(firstPlan!.code);
  });

  test('the second example propagates all that it puts under the app', () => {
    run(examples[1]!);
    const objects: { kind: string; metadata: { name: string }; spec?: { resourceSelectors?: { kind: string }[] } }[] =
      cdk8s.Yaml.load(join(project, 'dist/orders.k8s.yaml'));
    const policy = objects.find(({ kind }) => kind === 'PropagationPolicy');
    expect(policy?.metadata.name).toBe('orders-propagation');
    const selected = policy?.spec?.resourceSelectors?.map(({ kind }) => kind).sort();
    expect(selected).toEqual(['ConfigMap', 'Deployment', 'Queue', 'Service']);
    expect(objects.filter(({ kind }) => kind === 'OverridePolicy')).toHaveLength(1);
  });

  test('the third example fails with the message that it shows', () => {
    expect(() => run(examples[2]!)).toThrow(refusal!.code.trimEnd());
  });

  test('has no example that is not run here', () => {
    expect(examples).toHaveLength(3);
    expect(ofLanguage('yaml')).toHaveLength(1);
    expect(ofLanguage('text')).toHaveLength(4);
    expect(
      blocks
        .map(({ language }) => language)
        .filter((language) => !['ts', 'yaml', 'text', 'sh', 'mermaid'].includes(language)),
    ).toEqual([]);
  });

  test('npm run check and npm run plan print what it shows', async () => {
    const argumentsOf = (script: string) => scripts[script]!.replace('tsx src/cli/main.ts ', '');
    expect((await printed(argumentsOf('check'), root)).out).toBe(findings!.code);
    expect((await printed(argumentsOf('plan'), root)).out).toBe(demoPlan!.code);
    const [picture] = ofLanguage('mermaid');
    expect((await printed(`${argumentsOf('plan')} --mermaid`, root)).out).toBe(
      `\`\`\`mermaid\n${picture!.code}\`\`\`\n`,
    );
  });

  const lines = ofLanguage('sh').flatMap(({ code }) =>
    code
      .trim()
      .split('\n')
      .flatMap((line) => line.split(' && ')),
  );

  test.each(lines.filter((line) => line.startsWith('npm ')))('%s is a command of this repository', (line) => {
    const [, verb, script] = line.split(' ');
    if (['ci', 'install', 'pack'].includes(verb!)) return;
    expect(Object.keys(scripts)).toContain(verb === 'run' ? script : verb);
  });

  test.each(lines.filter((line) => line.startsWith('npx ')))('%s runs', async (line) => {
    const { exitCode, err } = await printed(line.replace('npx cdk8s-karmada ', '').replaceAll("'", ''));
    expect({ exitCode: exitCode <= 1, err: exitCode > 1 ? err : '' }).toEqual({ exitCode: true, err: '' });
  });
});
