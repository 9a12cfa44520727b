import { describe, expect, test } from 'vitest';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith, runIn } from '../support/cli';
import { demo, deployment, weighted } from '../support/report-plans';

const fleet =
  'clusters:\n  k3d-cluster-1: {region: eu}\n  k3d-cluster-2: {region: eu}\n  k3d-cluster-3: {region: us}\n';
const files = {
  'all.yaml': emitYaml(demo()),
  'fleet.yaml': fleet,
  'holds.yaml': 'contracts: [{ on: pipy, keep: 1, losing: cluster }]',
  'broken.yaml': 'contracts:\n  - { on: pipy, keep: 1, losing: cluster }\n  - { on: pipy, keep: 2, losing: cluster }\n',
  'open.yaml': 'contracts: [{ on: pippy, keep: 1, losing: cluster }]',
  'wrong.yaml': 'contracts:\n  - { on: pipy, keep: two, losing: cluster }\n',
  'typo.yaml': 'contracts:\n  - { on: pipy, keep: 1, losing: clutser }\n',
};
const plan = (contracts: string, ...more: string[]) =>
  runIn(folderWith(files), ['plan', 'all.yaml', '--fleet', 'fleet.yaml', '--contracts', contracts, ...more]);

describe('plan --contracts', () => {
  test('prints what is broken after the plan, and exits with 1', async () => {
    const { exitCode, out, err } = await plan('broken.yaml');
    expect([exitCode, err]).toEqual([1, '']);
    expect(out).toMatch(
      /2 certain, 1 one of two results\n+Contracts: 1 broken, 1 holds\n {2}broken {3}pipy keeps 2 replicas/,
    );
  });

  test('exits with 0 where all hold, or where one cannot be told', async () => {
    expect(await plan('holds.yaml')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('Contracts: 1 holds\n'),
    });
    expect(await plan('open.yaml')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('did you mean "pipy"?'),
    });
  });

  test('says the line of a mistake, and exits with 2', async () => {
    const { exitCode, err } = await plan('wrong.yaml');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/wrong\.yaml: line 2: contract: keeps must be a whole number/);
  });

  test('a loss that the fleet does not know is an error', async () => {
    const { exitCode, err } = await plan('typo.yaml');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/the fleet has no cluster "clutser"/);
  });

  test('--json has every answer with its counterexample', async () => {
    const { out } = await plan('broken.yaml', '--json');
    const { contracts, summary } = JSON.parse(out) as { contracts: unknown[]; summary: Record<string, unknown> };
    expect(contracts).toMatchObject([
      { verdict: 'holds', template: 'Deployment/default/pipy' },
      {
        contract: 'pipy keeps 2 replicas when any cluster is lost',
        verdict: 'broken',
        counterexample: { losing: ['k3d-cluster-1'], tie: 'ascending', replicas: { 'k3d-cluster-2': 1 } },
      },
    ]);
    expect(summary['contracts']).toEqual({ holds: 1, broken: 1, cannotTell: 0 });
  });
});

test('lint --contracts reports them as findings', async () => {
  const { exitCode, out } = await runIn(folderWith(files), [
    'lint',
    'all.yaml',
    '--fleet',
    'fleet.yaml',
    '--contracts',
    'broken.yaml',
  ]);
  expect(exitCode).toBe(1);
  expect(out).toContain('no-broken-contract');
});

describe('diff --contracts', () => {
  const web = deployment('web', 4);
  const even = emitYaml([web, weighted('web', { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 }, [web])]);
  const uneven = emitYaml([web, weighted('web', { 'k3d-cluster-1': 3, 'k3d-cluster-2': 1 }, [web])]);
  const contracts = 'contracts: [{ on: web, keep: 2, losing: cluster }]';
  const folder = { 'old.yaml': even, 'new.yaml': uneven, 'fleet.yaml': fleet, 'contracts.yaml': contracts };
  const diff = (from: string, to: string, ...more: string[]) =>
    runIn(folderWith(folder), ['diff', from, to, '--fleet', 'fleet.yaml', '--contracts', 'contracts.yaml', ...more]);

  test('says first what the change breaks', async () => {
    const { exitCode, out } = await diff('old.yaml', 'new.yaml');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^This change breaks 1 contract\n {2}broken {3}web keeps 2 replicas[\s\S]*\nPlacement\n/);
    const markdown = await diff('old.yaml', 'new.yaml', '--markdown');
    expect(markdown.out).toMatch(
      /^### This change breaks 1 contract\n\n- `web keeps 2 replicas when any cluster is lost`/,
    );
    const json = JSON.parse((await diff('old.yaml', 'new.yaml', '--json')).out) as { broken: unknown[] };
    expect(json.broken).toMatchObject([{ verdict: 'broken', template: 'Deployment/default/web' }]);
  });

  test('says nothing of what was broken before, or is mended', async () => {
    expect(await diff('new.yaml', 'new.yaml')).toMatchObject({ exitCode: 0, out: 'nothing changes\n' });
    const mended = await diff('new.yaml', 'old.yaml');
    expect([mended.exitCode, mended.out.startsWith('Placement')]).toEqual([0, true]);
  });
});
