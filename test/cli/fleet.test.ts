import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fleet } from '../../src';
import { fleetData } from '../../src/model/fleet-data';
import { emitYaml } from '../../src/yaml/emit';
import { anyFleetClusters } from '../support/arbitrary-fleet';
import { folderWith, runIn } from '../support/cli';
import { propertyRuns } from '../support/property-runs';

function cluster(name: string, spec: object = {}, status: object = {}, metadata: object = {}): object {
  return { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', metadata: { name, ...metadata }, spec, status };
}

const list = (...items: readonly object[]) => emitYaml([{ apiVersion: 'v1', kind: 'List', items }]);

const member1 = cluster(
  'member1',
  { region: 'eu', taints: [{ key: 'maintenance', value: 'yes', effect: 'NoSchedule' }] },
  { nodeSummary: { totalNum: 3 }, resourceSummary: { allocatable: { cpu: '8' } } },
  { labels: { tier: 'edge' } },
);

const mark = 'Written by `cdk8s-karmada fleet`. Run it again when clusters come and go: it replaces this file.';

describe('fleet', () => {
  test('writes TypeScript', async () => {
    const cwd = folderWith({ 'clusters.yaml': list(member1, cluster('member2')) });
    expect(await runIn(cwd, ['fleet', '--from', 'clusters.yaml', '--out', 'src/fleet.ts'])).toEqual({
      exitCode: 0,
      out: 'src/fleet.ts: 2 clusters, written\n',
      err: '',
    });
    expect(readFileSync(join(cwd, 'src/fleet.ts'), 'utf8')).toBe(`\
// ${mark}
import { Fleet } from 'cdk8s-karmada';

/** The member clusters. */
export const fleet = Fleet.of({
  member1: {
    region: 'eu',
    labels: { tier: 'edge' },
    taints: [{ key: 'maintenance', effect: 'NoSchedule', value: 'yes' }],
    nodes: 3,
    resourceSummary: { allocatable: { cpu: '8' } },
  },
  member2: { resourceSummary: {} },
});
`);
  });

  test('writes a fleet file that plans like the clusters', async () => {
    await fc.assert(
      fc.asyncProperty(anyFleetClusters, async (clusters) => {
        const cwd = folderWith({ 'from.yaml': emitYaml([{ clusters }]) });
        for (const out of ['fleet.yaml', 'fleet.ts']) {
          const args = ['fleet', '--from', 'from.yaml', '--out', out];
          expect((await runIn(cwd, args)).exitCode).toBe(0);
          const text = readFileSync(join(cwd, out), 'utf8');
          expect((await runIn(cwd, [...args, '--check'])).exitCode).toBe(0);
          expect((await runIn(cwd, args)).out).toMatch(/unchanged\n$/);
          expect(readFileSync(join(cwd, out), 'utf8')).toBe(text);
        }
        const written = Fleet.parse(readFileSync(join(cwd, 'fleet.yaml'), 'utf8'));
        expect(written.clusters).toEqual(Fleet.parse(emitYaml([{ clusters }])).clusters);
        expect(fleetData(written.clusters)).toEqual(fleetData(Fleet.of(clusters).clusters));
      }),
      { numRuns: propertyRuns(100) },
    );
  });

  test.each(['fleet.ts', 'fleet.yaml'])('says what changed since %s was written', async (out) => {
    const cwd = folderWith({ 'clusters.yaml': list(member1, cluster('member2'), cluster('member3')) });
    const args = ['fleet', '--from', 'clusters.yaml', '--out', out];
    await runIn(cwd, args);
    const moved = cluster(
      'member1',
      { region: 'us', zones: ['us-1'], taints: [{ key: 'gpu', effect: 'NoExecute' }] },
      { nodeSummary: { totalNum: 4 }, resourceSummary: { allocatable: { cpu: '9' } } },
      { labels: { tier: 'core', 'example.com/a': '' } },
    );
    writeFileSync(join(cwd, 'clusters.yaml'), list(moved, cluster('member2'), cluster('member4')));
    const told = `\
new      member4
gone     member3
changed  member1: region eu → us; label tier edge → core; taint maintenance=yes:NoSchedule is gone; nodes 3 → 4; resourceSummary; zones us-1 is new; label example.com/a "" is new; taint gpu:NoExecute is new
`;
    expect(await runIn(cwd, [...args, '--check'])).toEqual({
      exitCode: 1,
      out: `${told}${out}: 3 clusters, the file differs: run this without --check\n`,
      err: '',
    });
    expect((await runIn(cwd, args)).out).toBe(`${told}${out}: 3 clusters, written\n`);
    expect((await runIn(cwd, args)).out).toBe(`${out}: 3 clusters, unchanged\n`);
    expect(readdirSync(cwd).sort()).toEqual(['clusters.yaml', out].sort());
  });

  test('--no-capacity leaves out what changes all the time', async () => {
    const cwd = folderWith({ 'clusters.yaml': list(member1) });
    const args = ['fleet', '--from', 'clusters.yaml', '--out', 'fleet.ts', '--no-capacity'];
    await runIn(cwd, args);
    const text = readFileSync(join(cwd, 'fleet.ts'), 'utf8');
    expect(text).not.toMatch(/nodes|resource/);
    writeFileSync(join(cwd, 'clusters.yaml'), list(member1).replace('cpu: "8"', 'cpu: "7"'));
    expect((await runIn(cwd, [...args, '--check'])).exitCode).toBe(0);
  });

  test('does not replace a file that it did not write', async () => {
    const own =
      "import { Fleet } from 'cdk8s-karmada';\nexport const fleet = Fleet.of({ member1: { region: 'eu' } });\n";
    const cwd = folderWith({ 'clusters.yaml': list(member1), 'fleet.ts': own });
    const args = ['fleet', '--from', 'clusters.yaml', '--out', 'fleet.ts'];
    expect(await runIn(cwd, args)).toEqual({
      exitCode: 2,
      out: '',
      err: 'error: fleet.ts was not written by `cdk8s-karmada fleet`\n  fix: pass --force to replace it, or choose another file\n',
    });
    expect((await runIn(cwd, [...args, '--check'])).exitCode).toBe(1);
    expect(readFileSync(join(cwd, 'fleet.ts'), 'utf8')).toBe(own);
    expect((await runIn(cwd, [...args, '--force'])).out).toContain('label tier edge is new');
    expect(readFileSync(join(cwd, 'fleet.ts'), 'utf8')).toContain(mark);
  });

  test('a cluster that is being removed is left out; one that is not ready is named', async () => {
    const gone = cluster('member2', {}, {}, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    const unready = cluster('member3', {}, { conditions: [{ type: 'Ready', status: 'False' }] });
    const cwd = folderWith({ 'clusters.yaml': list(member1, gone, unready) });
    const { err } = await runIn(cwd, ['fleet', '--from', 'clusters.yaml', '--out', 'fleet.yaml']);
    expect(err).toBe(
      'note: left out, because they are being removed: member2\nnote: not ready, so their taints and capacity may be unusual: member3\n',
    );
    expect(Fleet.parse(readFileSync(join(cwd, 'fleet.yaml'), 'utf8')).names).toEqual(['member1', 'member3']);
  });

  test('--json and standard input', async () => {
    const cwd = folderWith({});
    const args = ['fleet', '--from', '-', '--out', 'fleet.ts', '--json'];
    const first = await runIn(cwd, args, { stdin: list(member1) });
    expect(JSON.parse(first.out)).toEqual({
      version: 1,
      command: 'fleet',
      out: 'fleet.ts',
      summary: { clusters: 1, written: true, differs: false },
    });
    const second = await runIn(cwd, [...args, '--check'], { stdin: list(cluster('member2')) });
    expect([second.exitCode, JSON.parse(second.out)]).toMatchObject([
      1,
      {
        changes: { added: ['member2'], removed: ['member1'], changed: [] },
        summary: { written: false, differs: true },
      },
    ]);
  });

  test.each([
    ['no source', ['--out', 'fleet.ts'], 'nothing to read the clusters from'],
    ['two sources', ['--from', 'a', '--kubeconfig', 'b', '--out', 'fleet.ts'], 'exclude each other'],
    ['no file', ['--from', 'clusters.yaml'], '--out FILE is missing'],
    ['another extension', ['--from', 'clusters.yaml', '--out', 'fleet.json'], 'must end in .ts'],
    ['a declaration file', ['--from', 'clusters.yaml', '--out', 'fleet.d.ts'], 'must end in .ts'],
    ['a missing file', ['--from', 'none.yaml', '--out', 'fleet.ts'], 'none.yaml: '],
    ['an empty fleet', ['--from', 'empty.yaml', '--out', 'fleet.ts'], 'the fleet has no clusters'],
    ['a name that Karmada refuses', ['--from', 'hostile.yaml', '--out', 'fleet.ts'], 'hostile.yaml: '],
    ['a folder', ['--from', 'clusters.yaml', '--out', 'folder.ts'], 'folder.ts: '],
  ])('%s is an error, and nothing is written', async (_, args, message) => {
    const cwd = folderWith({
      'clusters.yaml': list(member1),
      'empty.yaml': 'clusters: {}\n',
      'hostile.yaml': list(cluster("x'}); process.exit(1); //")),
      'folder.ts/a': '',
    });
    const { exitCode, err } = await runIn(cwd, ['fleet', ...args]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(join(cwd, 'fleet.ts'))).toBe(false);
  });

  test('--kubeconfig without such a file is an error of the environment', async () => {
    const { exitCode, err } = await runIn(folderWith({}), ['fleet', '--kubeconfig', 'none', '--out', 'fleet.ts']);
    expect([exitCode, err]).toEqual([3, expect.stringContaining('there is no kubeconfig')]);
  });
});
