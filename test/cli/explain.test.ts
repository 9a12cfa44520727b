import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findSubject, subjectsOf } from '../../src/cli/page-index';
import { packPages, readPages } from '../../src/cli/pages';
import { ruleCatalog } from '../../src/lint';
import { pageText } from '../../src/report/terminal-page';
import { runIn } from '../support/cli';

const root = join(__dirname, '../..');
const subjects = subjectsOf(readPages());
const explain = (...args: string[]) => runIn('.', ['explain', ...args], { width: 80 });
const firstLine = async (...args: string[]) => (await explain(...args)).out.split('\n')[0];

describe('explain', () => {
  test('prints the page of every rule', async () => {
    for (const { id, summary } of ruleCatalog) {
      expect(findSubject(subjects, id)).toMatchObject({ type: 'rule', name: id, summary });
    }
    expect(await firstLine('no-dead-selector')).toBe('no-dead-selector');
  });

  test.each([
    'PropagationPolicy',
    'propagationpolicy',
    'PROPAGATIONPOLICIES',
    'propagation-policy',
    'pp',
    'docs/kinds/propagation-policy.md',
    'propagationpolicies.policy.karmada.io',
  ])('%s is the PropagationPolicy', async (name) => {
    expect(await firstLine(name)).toBe('PropagationPolicy');
  });

  test('knows the plurals that the API server knows', async () => {
    expect(await firstLine('remedies')).toBe('Remedy');
    expect(await firstLine('multiclusteringresses')).toBe('MultiClusterIngress');
  });

  test('takes a name of several words', async () => {
    expect(await firstLine('Propagation', 'Policy')).toBe('PropagationPolicy');
  });

  test('names the pages that a page links to', async () => {
    expect((await explain('OverridePolicy')).out.trimEnd().split('\n').at(-1)).toBe(
      'see also: cdk8s-karmada explain overrides or FederatedApp',
    );
  });

  test('names no page of kinds for the overview of rules', async () => {
    expect((await explain('errors')).out.trimEnd().split('\n').at(-1)).not.toMatch(/\bkinds\b/);
    expect((await explain('failover')).out.trimEnd().split('\n').at(-1)).toMatch(/\bkinds\b/);
  });

  test('lists what there is', async () => {
    const { exitCode, out } = await explain();
    expect(exitCode).toBe(0);
    for (const { name, type } of subjects) if (type !== 'error') expect(out).toMatch(new RegExp(`^${name}\\b`, 'm'));
  });

  test('lists the rules alone', async () => {
    const { out } = await explain('rules');
    expect(out.startsWith('Rules\n-----\n')).toBe(true);
    expect(out).not.toContain('FederatedApp  ');
  });

  test('explains every code of an error', async () => {
    for (const { name, markdown } of subjects.filter(({ type }) => type === 'error')) {
      expect({ name, markdown }).toEqual({
        name,
        markdown: expect.stringMatching(/^# \S+\n\n\*\*When:\*\* .+\n\n\*\*Fix:\*\* ./),
      });
    }
    expect((await explain('fleet.empty')).out).toBe(
      'fleet.empty\n===========\n\nWhen: the fleet has no cluster.\n\nFix: declare at least one.\n',
    );
  });

  test.each([
    ['no-ded-selector', 'no-dead-selector'],
    ['propagatonpolicy', 'PropagationPolicy'],
    ['selector', 'no-dead-selector'],
  ])('fails when there is no page about %s, and suggests one', async (name, meant) => {
    const { exitCode, out, err } = await explain(name);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(`error: there is no page about "${name}"\n  fix: did you mean `);
    expect(err).toContain(meant);
  });

  test('fails when nothing is similar', async () => {
    expect((await explain('qqq')).err).toBe(
      'error: there is no page about "qqq"\n  fix: `cdk8s-karmada explain` lists everything that has a page\n',
    );
  });

  test('--json prints the page as Markdown, or the list', async () => {
    expect(JSON.parse((await explain('pp', '--json')).out)).toEqual({
      version: 1,
      command: 'explain',
      type: 'kind',
      name: 'PropagationPolicy',
      page: 'docs/kinds/propagation-policy.md',
      about: 'Defines the clusters for objects of one namespace, and how their replicas are divided.',
      markdown: readFileSync(join(root, 'docs/kinds/propagation-policy.md'), 'utf8'),
      summary: { topics: 0, kinds: 1, rules: 0, errors: 0 },
    });
    const { subjects: listed, summary } = JSON.parse((await explain('--json')).out);
    expect(listed).toHaveLength(subjects.length);
    expect(summary.rules).toBe(ruleCatalog.length);
  });

  test('fits in 40 columns, except code', async () => {
    for (const { name, type, markdown } of subjects.filter((subject) => subject.type !== 'error')) {
      const lines = pageText(markdown, { width: 40, color: false }).split('\n');
      const long = lines.filter((line) => !line.startsWith('    ') && line.length > 40 && line.includes(' '));
      expect({ name, type, long: long.filter((line) => !/\S{32,}/.test(line)) }).toEqual({ name, type, long: [] });
    }
  });
});

const packed = packPages(join(root, 'docs'));

describe('the pages', () => {
  test('are the same from the package as from a clone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'lib/docs.json.br'), packed);
    expect([...readPages(folder)]).toEqual([...readPages(root)]);
  });

  test('are small when packed', () => {
    expect(packed.length).toBeLessThan(70_000);
  });

  test('fail when they are missing, with what to do', () => {
    expect(() => readPages(mkdtempSync(join(tmpdir(), 'pages-')))).toThrow('the pages of cdk8s-karmada cannot be read');
  });

  test('have names of their own', () => {
    for (const subject of subjects) expect(findSubject(subjects, subject.name)).toBe(subject);
    expect(readdirSync(join(root, 'docs/rules'))).toHaveLength(
      subjects.filter(({ type }) => type === 'rule').length + 1,
    );
  });
});
