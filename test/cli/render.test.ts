import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emitYaml } from '../../src/yaml/emit';
import { parseYaml } from '../../src/yaml/parse';
import { folderWith, runIn } from '../support/cli';
import { demo, deployment, policy, secret, service, weighted } from '../support/report-plans';

const fleetFile = 'clusters: {k3d-cluster-1: {}, k3d-cluster-2: {}, k3d-cluster-3: {}}\n';

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

const render = (cwd: string, ...args: string[]) =>
  runIn(cwd, ['render', 'm', '--fleet', 'fleet.yaml', '--out', 'out', ...args]);

describe('render', () => {
  test('writes a folder for each member, with what it will receive', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'fleet.yaml': fleetFile });
    const { exitCode, out, err } = await render(cwd);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toBe('out: 7 files for 3 clusters, 7 written, 0 unchanged, 0 removed\n');
    expect(filesIn(join(cwd, 'out'))).toEqual([
      '.cdk8s-karmada',
      'k3d-cluster-1/default/deployment-pipy.yaml',
      'k3d-cluster-1/default/service-pipy.yaml',
      'k3d-cluster-2/default/deployment-pipy.yaml',
      'k3d-cluster-2/default/service-pipy.yaml',
      'k3d-cluster-3/default/deployment-curl.yaml',
      'k3d-cluster-3/default/deployment-pipy.yaml',
      'k3d-cluster-3/default/service-pipy.yaml',
    ]);
    const text = readFileSync(join(cwd, 'out/k3d-cluster-1/default/deployment-pipy.yaml'), 'utf8');
    expect(text.split('\n')[0]).toBe(
      '# One of two results: this one comes if ties go to the first name, which the UID of Deployment/default/pipy decides.',
    );
    expect(parseYaml(text).documents[0]?.value).toMatchObject({ kind: 'Deployment', spec: { replicas: 1 } });
  });

  test('writes each object without a name, under the same names every time', async () => {
    const job = (generateName: string, image: string) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { generateName, namespace: 'default' },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image }] } } },
    });
    const jobs = [job('once-', 'x:1'), job('once-', 'y:1'), job('twice-', 'z:1')];
    const spec = {
      resourceSelectors: [{ apiVersion: 'batch/v1', kind: 'Job' }],
      placement: { clusterAffinity: { clusterNames: ['k3d-cluster-1'] } },
    };
    const cwd = folderWith({
      'm/all.yaml': emitYaml([...jobs, { ...policy('jobs', [], {}), spec }]),
      'fleet.yaml': fleetFile,
    });
    await render(cwd);
    const files = filesIn(join(cwd, 'out'));
    expect(files).toHaveLength(4);
    const texts = files.map((file) => readFileSync(join(cwd, 'out', file), 'utf8'));
    for (const image of ['x:1', 'y:1', 'z:1']) expect(texts.filter((text) => text.includes(image))).toHaveLength(1);
    expect((await render(cwd)).out).toContain('0 written, 3 unchanged, 0 removed');
  });

  test('--tie writes one of the two results', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'fleet.yaml': fleetFile });
    await render(cwd, '--tie', 'descending');
    expect(
      filesIn(join(cwd, 'out')).filter((file) => file.endsWith('pipy.yaml') && file.includes('deployment')),
    ).toEqual(['k3d-cluster-2/default/deployment-pipy.yaml', 'k3d-cluster-3/default/deployment-pipy.yaml']);
  });

  test('writes two files where both results bring different numbers', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo(5)), 'fleet.yaml': fleetFile });
    await render(cwd);
    expect(filesIn(join(cwd, 'out')).filter((file) => file.includes('k3d-cluster-1/default/deployment'))).toEqual([
      'k3d-cluster-1/default/deployment-pipy.ascending.yaml',
      'k3d-cluster-1/default/deployment-pipy.descending.yaml',
    ]);
  });

  test('removes what is no longer sent, and leaves the rest untouched', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'fleet.yaml': fleetFile });
    await render(cwd);
    writeFileSync(join(cwd, 'm/all.yaml'), emitYaml(demo().slice(0, 3)));
    expect((await render(cwd)).out).toBe('out: 6 files for 3 clusters, 0 written, 6 unchanged, 1 removed\n');
  });

  test('writes Secrets for their owner only', async () => {
    const login = secret('login', { password: 'hunter2' });
    const objects = [login, weighted('login', { 'k3d-cluster-1': 1 }, [login])];
    const cwd = folderWith({ 'm/all.yaml': emitYaml(objects), 'fleet.yaml': fleetFile });
    const { out, err } = await render(cwd, '--json');
    expect(out + err).not.toContain('hunter2');
    const { mode } = statSync(join(cwd, 'out/k3d-cluster-1/default/secret-login.yaml'));
    if (process.platform !== 'win32') expect((mode & 0o777).toString(8)).toBe('600');
  });

  test('names files so that every file system takes them', async () => {
    const names = ['system:node', 'Admin', 'admin', 'a'.repeat(241)];
    const roles = names.map((name) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [],
    }));
    const sent = {
      ...policy('all', roles, { clusterAffinity: { clusterNames: ['k3d-cluster-1'] } }),
      kind: 'ClusterPropagationPolicy',
      metadata: { name: 'all' },
    };
    const auxiliary = { ...service('x'), metadata: { name: 'x', namespace: 'aux' } };
    const serviceSent = {
      ...policy('aux', [auxiliary], { clusterAffinity: { clusterNames: ['k3d-cluster-1'] } }),
      metadata: { name: 'aux', namespace: 'aux' },
    };
    const cwd = folderWith({
      'm/all.yaml': emitYaml([...roles, sent, auxiliary, serviceSent]),
      'fleet.yaml': fleetFile,
    });
    await render(cwd);
    const files = filesIn(join(cwd, 'out/k3d-cluster-1'));
    expect(files.length).toBe(5);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(5);
    for (const file of files) expect(file).toMatch(/^(x-aux-[0-9a-f]{8}\/)?[a-z0-9._-]{1,200}\.yaml$/);
    expect(files).toContain('clusterrole-admin.yaml');
  });

  test('gives each object a file, whatever the spelling of its kind and name', async () => {
    const kinds = ['Widget', 'WIDGET', 'A', 'A-b'];
    const names: Record<string, string> = { A: 'b-c', 'A-b': 'c' };
    const objects = kinds.map((kind) => ({
      apiVersion: 'example.com/v1',
      kind,
      metadata: { name: names[kind] ?? 'w', namespace: 'default' },
    }));
    const all = [...objects, policy('all', objects, { clusterAffinity: { clusterNames: ['k3d-cluster-1'] } })];
    const cwd = folderWith({
      'm/all.yaml': emitYaml(all),
      'fleet.yaml': emitYaml([
        { clusters: { 'k3d-cluster-1': { apiEnablements: [{ groupVersion: 'example.com/v1', kinds }] } } },
      ]),
    });
    const { out } = await render(cwd, '--json');
    const { objects: listed } = JSON.parse(out);
    expect(new Set(listed.map(({ file }: { file: string }) => file)).size).toBe(kinds.length);
    expect(filesIn(join(cwd, 'out'))).toHaveLength(kinds.length + 1);
  });

  test('does not read its own result again when that lies among the manifests', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'fleet.yaml': fleetFile });
    const run = () => runIn(cwd, ['render', 'm', '--fleet', 'fleet.yaml', '--out', 'm/members']);
    const first = await run();
    expect(first.out).toBe('m/members: 7 files for 3 clusters, 7 written, 0 unchanged, 0 removed\n');
    expect((await run()).out).toBe('m/members: 7 files for 3 clusters, 0 written, 7 unchanged, 0 removed\n');
    const { exitCode, err } = await runIn(cwd, ['lint', 'm/members']);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('a folder that `render` wrote')]);
  });

  test('fails when the folder holds something else, and leaves it alone', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'fleet.yaml': fleetFile, 'out/mine.txt': 'x' });
    const { exitCode, err } = await render(cwd);
    expect([exitCode, err]).toEqual([
      2,
      'error: out is not empty, and render did not write it\n  fix: choose an empty folder, or one that does not exist yet\n',
    ]);
    expect(filesIn(join(cwd, 'out'))).toEqual(['mine.txt']);
  });

  test('fails when something cannot be read, and writes nothing', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'm/bad.yaml': 'a: [', 'fleet.yaml': fleetFile });
    const { exitCode, err } = await render(cwd);
    expect([exitCode, err.endsWith('nothing is written\n')]).toEqual([2, true]);
    expect(readdirSync(cwd).sort()).toEqual(['fleet.yaml', 'm']);
  });

  test('ends with 1 when something is sent nowhere', async () => {
    const cwd = folderWith({ 'm/all.yaml': emitYaml([...demo(), deployment('alone', 1)]), 'fleet.yaml': fleetFile });
    const { exitCode, err } = await render(cwd);
    expect([exitCode, err]).toEqual([1, 'error: Deployment/default/alone is sent to no cluster; plan says why\n']);
  });

  test.each([[['--tie', 'first'], '--tie first is not understood: use ascending or descending']])(
    'fails when %j is not understood',
    async (args, message) => {
      const cwd = folderWith({ 'm/all.yaml': emitYaml(demo()), 'fleet.yaml': fleetFile });
      expect((await render(cwd, ...args)).err.split('\n')[0]).toBe(`error: ${message}`);
    },
  );

  test('fails when no folder is named', async () => {
    const { exitCode, err } = await runIn('.', ['render', 'm', '--fleet', 'fleet.yaml']);
    expect([exitCode, err.split('\n')[0]]).toEqual([2, 'error: --out DIR is missing: the folder to write']);
  });
});
