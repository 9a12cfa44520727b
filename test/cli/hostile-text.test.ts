import { describe, expect, test } from 'vitest';
import { folderWith, runIn } from '../support/cli';

const hostile = 'a\u001b[31mRED\u001b]0;title\u0007\u009b\u202e\n::error file=x::forged annotation';
const named = (kind: string) =>
  JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: hostile, namespace: 'default' } });
const map = (data: object) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm', namespace: 'default' }, data })}\n---\n${policy}`;
const policy = JSON.stringify({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: 'p', namespace: 'default' },
  spec: {
    resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap' }],
    placement: { clusterAffinity: { clusterNames: ['m1'] } },
  },
});
const key = 'a\r\r# Approved\r\rping @octocat ![x](http://evil.example/p.png) <b>html</b>\r';
const cwd = folderWith({
  'fleet.yaml': 'clusters: {m1: {}}\n',
  'all.json': named('ConfigMap'),
  'kind.json': named('::error file=x::forged\nkind'),
  'sent.json': `${named('ConfigMap')}\n---\n${policy}`,
  'old.json': map({ a: 'v' }),
  'cr.json': map({ [key]: 'v' }),
  'bar.json': map({ 'a\\| @octocat [click](http://evil.example) `x`': 'v' }),
  'fleet-hostile.yaml': `${JSON.stringify({ clusters: { [hostile]: {} } })}\n`,
  'capacities.json': JSON.stringify({ [hostile]: { [hostile]: 1 } }),
});

/** What a terminal obeys, or hides, and lines that GitHub Actions obeys. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\s*::/m;

describe('user data in text output is escaped', () => {
  test.each([
    ['lint', 'all.json'],
    ['lint', 'kind.json'],
    ['lint', 'all.json', '--fleet', 'fleet-hostile.yaml'],
    ['lint', 'all.json', '--config', 'a\u001b[31m\n::error::b'],
    ['plan', 'all.json', '--fleet', 'fleet.yaml'],
    ['plan', 'kind.json', '--fleet', 'fleet.yaml'],
    ['plan', 'sent.json', '--fleet', 'fleet.yaml', '--capacities', 'capacities.json'],
    ['plan', 'sent.json', '--fleet', 'fleet.yaml', '--lose', 'm1'],
    ['plan', 'a\u001b[31m\n::error::b', '--fleet', 'fleet.yaml'],
    ['plan', '--fleet', 'fleet.yaml', '--a\u001b[31m\n::error::b'],
    ['diff', 'old.json', 'cr.json', '--fleet', 'fleet.yaml'],
    ['diff', 'old.json', 'sent.json', '--fleet', 'fleet.yaml'],
    ['render', 'all.json', 'kind.json', '--fleet', 'fleet.yaml', '--out', 'out'],
    ['a\u001b[31m\n::error::b'],
  ])('%j %j %j %j %j', async (...args) => {
    const { out, err } = await runIn(cwd, args);
    expect(`${out}${err}`).not.toMatch(obeyed);
    expect(`${out}${err}`).not.toBe('');
  });

  test.each(['all.json', 'kind.json'])('lint --format github of %s has a line for each finding', async (file) => {
    const { out } = await runIn(cwd, ['lint', file, '--fleet', 'fleet.yaml', '--format', 'github']);
    const json = JSON.parse((await runIn(cwd, ['lint', file, '--fleet', 'fleet.yaml', '--json'])).out);
    const lines = out.split('\n').slice(0, -1);
    expect(lines).toHaveLength(json.findings.length + json.problems.length);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning|notice) /);
      expect(line.slice(2)).not.toMatch(obeyed);
    }
  });
});

const doubled = `local s = "x" ${'s=s..s '.repeat(60)}`;

describe('a hostile interpreter script is a finding or a note', () => {
  const files = (luaScript: string) => {
    const customization = {
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterCustomization',
      metadata: { name: 'r' },
      spec: {
        target: { apiVersion: 'apps/v1', kind: 'Deployment' },
        customizations: { replicaResource: { luaScript }, replicaRevision: { luaScript } },
      },
    };
    const web = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'a', image: 'b' }] } },
      },
    };
    const sent = policy.replace('"v1","kind":"ConfigMap"', '"apps/v1","kind":"Deployment"');
    return {
      'fleet.yaml': 'clusters: {m1: {}, m2: {}}\n',
      'all.yaml': [customization, web].map((object) => `${JSON.stringify(object)}\n---\n`).join('') + sent,
    };
  };

  test.each([
    ['```lua\nfunction GetReplicas(obj) return 1 end\n```'],
    ['\u0000\u001b[31m end end (('],
    [`function GetReplicas(o) ${doubled} return 1 end function ReviseReplica(o, r) ${doubled} return o end`],
    ['function GetReplicas(o) return 1 end function ReviseReplica(o, r) o.spec = o return o end'],
    ['function GetReplicas(o) return 1, {nodeClaim = 5, resourceRequest = {cpu = {}}} end'],
    ['function GetReplicas(o) return 1 end function ReviseReplica(o, r) return {} end'],
    ['function GetReplicas(o) return 1 end function ReviseReplica(o, r) o.metadata = nil o.kind = 5 return o end'],
    [`return ${'{'.repeat(20_000)}`],
  ])('%.60j', async (script) => {
    const folder = folderWith(files(script));
    for (const command of [['lint'], ['plan'], ['render', '--out', 'out']]) {
      const { exitCode, out, err } = await runIn(folder, [...command, 'all.yaml', '--fleet', 'fleet.yaml']);
      expect(`${out}${err}`).not.toMatch(/This is a bug/);
      expect(exitCode).toBeLessThan(3);
      expect(`${out}${err}`).not.toMatch(obeyed);
    }
  });
});

describe('diff --markdown', () => {
  test.each(['cr.json', 'bar.json'])('keeps a hostile key of %s in its cell', async (file) => {
    const { out } = await runIn(cwd, ['diff', 'old.json', file, '--fleet', 'fleet.yaml', '--markdown']);
    const lines = out.split(/\r\n|\r|\n/);
    expect(lines.filter((line) => /^(# |ping|!\[)/.test(line))).toEqual([]);
    for (const row of lines.filter((line) => line.startsWith('|'))) expect(row.split(/(?<!\\)\|/).length - 2).toBe(4);
  });

  test('mentions nobody and links nowhere through a key with a bar behind a backslash', async () => {
    const { out } = await runIn(cwd, ['diff', 'old.json', 'bar.json', '--fleet', 'fleet.yaml', '--markdown']);
    expect(out).not.toMatch(/\\\||@octocat|http:\/\/|(?<!\\)\]\(/);
    expect(out).toContain('<code>data\\[');
  });
});
