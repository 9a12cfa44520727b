import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProgramCall, ProgramResult, RunProgram } from '../../src/process/run-program';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith, runIn } from '../support/cli';
import { demo } from '../support/report-plans';

const clusters = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name },
  spec: { syncMode: 'Push' },
}));
const binding = (name: string, uid: string) => ({
  apiVersion: 'work.karmada.io/v1alpha2',
  kind: 'ResourceBinding',
  metadata: { name: `${name}-deployment`, namespace: 'default' },
  spec: { resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name, uid } },
});
/** Its ties go to the first name. */
const uid = '4858ca61-3ff8-4095-8267-f3d059d8074c';

/** A kubectl with these answers by kind; text is an error. */
function kubectl(answers: Readonly<Record<string, readonly object[] | string>>): {
  run: RunProgram;
  calls: string[];
} {
  const calls: string[] = [];
  const run = async ({ args }: ProgramCall): Promise<ProgramResult> => {
    if (args[0] === 'config') return { exitCode: 0, stdout: 'karmada\n', stderr: '' };
    const kind = args[args.indexOf('get') + 1]?.split('.')[0] ?? '';
    calls.push(kind);
    const answer = answers[kind] ?? [];
    if (typeof answer === 'string') return { exitCode: 1, stdout: '', stderr: answer };
    return { exitCode: 0, stdout: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: answer }), stderr: '' };
  };
  return { run, calls };
}

const folder = () => folderWith({ 'all.yaml': emitYaml(demo()), kubeconfig: '' });
const plan = (run: RunProgram, ...more: readonly string[]) =>
  runIn(folder(), ['plan', 'all.yaml', '--kubeconfig', 'kubeconfig', ...more], { run });
const refusal = (kind: string): string =>
  `Error from server (Forbidden): ${kind} is forbidden: User "dev" cannot list resource "${kind}"`;

describe('--kubeconfig', () => {
  test('reads clusters and the bindings of the manifests', async () => {
    const { run } = kubectl({ clusters, resourcebindings: [binding('pipy', uid), binding('other', uid)] });
    const { exitCode, out, err } = await plan(run);
    expect([exitCode, err]).toEqual([0, '']);
    // The UID in the binding decides the tie, and other applications are left out.
    expect(out).toMatch(/Deployment\/default\/pipy │ pipy-propagation │ +1 +│ +1 +│ +- +│ certain/);
    expect(out).not.toContain('other');
  });

  test('reads only what no file has', async () => {
    const { run, calls } = kubectl({ clusters });
    const cwd = folderWith({
      'all.yaml': emitYaml(demo()),
      kubeconfig: '',
      'bindings.json': JSON.stringify(binding('pipy', uid)),
    });
    const args = ['plan', 'all.yaml', '--kubeconfig', 'kubeconfig', '--bindings', 'bindings.json'];
    expect((await runIn(cwd, args, { run })).exitCode).toBe(0);
    expect(calls).toEqual(['clusters']);
  });

  test('names what the account may not read, and plans without', async () => {
    const { run } = kubectl({ clusters, resourcebindings: refusal('resourcebindings') });
    const { exitCode, out, err } = await plan(run);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^warning: the account may not read bindings \(.*User "dev" cannot list/);
    expect(out).toContain('one of two results');
  });

  test('reads ClusterTaintPolicies for losses with failover', async () => {
    const spec = {
      addOnConditions: [{ conditionType: 'Ready', operator: 'NotIn', statusValues: ['True'] }],
      taints: [{ key: 'gone', effect: 'NoExecute' }],
    };
    const clustertaintpolicies = [
      { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'ClusterTaintPolicy', metadata: { name: 'loss' }, spec },
    ];
    const { run, calls } = kubectl({ clusters, clustertaintpolicies });
    const { out } = await plan(run, '--evicted', 'k3d-cluster-1');
    expect(calls).toContain('clustertaintpolicies');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('The ClusterTaintPolicies add gone:NoExecute.');
  });

  test('a WorkloadRebalancer that exists already does not act again', async () => {
    const rebalancer = {
      apiVersion: 'apps.karmada.io/v1alpha1',
      kind: 'WorkloadRebalancer',
      metadata: { name: 'again' },
      spec: { workloads: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'pipy' }] },
    };
    const placed = binding('pipy', uid);
    const scheduled = { ...placed, status: { lastScheduledTime: '2026-01-02T00:00:00Z' } };
    const cwd = folderWith({ 'all.yaml': emitYaml([...demo(), rebalancer]), kubeconfig: '' });
    const freshIn = async (workloadrebalancers: readonly object[]) => {
      const { run } = kubectl({ clusters, resourcebindings: [scheduled], workloadrebalancers });
      const { out } = await runIn(cwd, ['plan', 'all.yaml', '--kubeconfig', 'kubeconfig', '--json'], { run });
      const { templates } = JSON.parse(out) as { templates: { template: string; look?: { mode: string } }[] };
      return templates.find(({ template }) => template === 'Deployment/default/pipy')?.look?.mode;
    };
    const created = { ...rebalancer, metadata: { name: 'again', creationTimestamp: '2026-01-01T00:00:00Z' } };
    expect([await freshIn([]), await freshIn([created])]).toEqual(['fresh', 'steady']);
  });

  test('needs a fleet file where clusters may not be read', async () => {
    const { run } = kubectl({ clusters: refusal('clusters') });
    const { exitCode, err } = await plan(run);
    expect([exitCode, err]).toEqual([2, expect.stringMatching(/may not read clusters[\s\S]*--fleet FILE is missing/)]);
  });

  test('fails where the server is not Karmada, has no members, or a context alone is given', async () => {
    const other = kubectl({ clusters: 'error: the server doesn\'t have a resource type "clusters"' });
    expect(await plan(other.run)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('not a Karmada API server'),
    });
    expect(await plan(kubectl({}).run)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('no member clusters'),
    });
    const alone = await runIn(folder(), ['plan', 'all.yaml', '--context', 'karmada']);
    expect(alone).toMatchObject({ exitCode: 2, err: expect.stringContaining('--context requires --kubeconfig') });
  });

  test.each([['lint'], ['render', '--out', 'out'], ['diff', 'all.yaml']])('%s takes it too', async (...command) => {
    const { run, calls } = kubectl({ clusters });
    const [name = '', ...rest] = command;
    const { err } = await runIn(folder(), [name, 'all.yaml', '--kubeconfig', 'kubeconfig', ...rest], { run });
    expect(err).not.toContain('error');
    expect(calls[0]).toBe('clusters');
  });

  test('gives a new project its clusters', async () => {
    const { run } = kubectl({ clusters });
    const cwd = folderWith({ kubeconfig: '' });
    const { exitCode, err } = await runIn(cwd, ['init', 'shop', '--kubeconfig', 'kubeconfig', '--yes'], { run });
    expect([exitCode, err]).toEqual([0, '']);
    expect(readFileSync(join(cwd, 'shop/web.ts'), 'utf8')).toContain("{ 'k3d-cluster-1': 2, 'k3d-cluster-2': 1 }");
  });
});
