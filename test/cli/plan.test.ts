import { describe, expect, test } from 'vitest';
import { karmadaVersions } from '../../src/karmada/release';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith, runIn } from '../support/cli';
import { demo, deployment, policy, service } from '../support/report-plans';

const fleetFile =
  'clusters:\n  k3d-cluster-1: {region: eu}\n  k3d-cluster-2: {region: eu}\n  k3d-cluster-3: {region: us}\n';
const manifests = emitYaml(demo());

const clusters = emitYaml([
  {
    apiVersion: 'v1',
    kind: 'List',
    items: ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name },
      spec: { syncMode: 'Push' },
    })),
  },
]);

const aBinding = {
  apiVersion: 'work.karmada.io/v1alpha2',
  kind: 'ResourceBinding',
  metadata: { name: 'x', namespace: 'default' },
  spec: { resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'pipy' } },
};

describe('plan', () => {
  test('prints the table of the manifests in dist', async () => {
    const cwd = folderWith({ 'dist/all.yaml': manifests, 'fleet.yaml': fleetFile });
    const { exitCode, out, err } = await runIn(cwd, ['plan', '--fleet', 'fleet.yaml']);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain(
      '│ Deployment/default/pipy │ pipy-propagation │    0 or 1     │       1       │    0 or 1     │ one of two results │',
    );
  });

  test('reads standard input, and clusters as kubectl prints them beside the manifests', async () => {
    const cwd = folderWith({ 'clusters.yaml': clusters, 'all.yaml': manifests });
    const fromStdin = await runIn(cwd, ['plan', '-', '--fleet', 'clusters.yaml'], { stdin: manifests });
    const fromFolder = await runIn(cwd, ['plan', '.', '--fleet', 'clusters.yaml']);
    const fleetFromStdin = await runIn(cwd, ['plan', 'all.yaml', '--fleet', '-'], { stdin: clusters });
    expect(fromStdin.exitCode).toBe(0);
    expect(fromFolder).toEqual(fromStdin);
    expect(fleetFromStdin).toEqual(fromStdin);
  });

  test('--lost and --evicted show losses, of regions as well', async () => {
    const cwd = folderWith({ 'all.yaml': manifests, 'fleet.yaml': fleetFile });
    const plan = (...args: string[]) => runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml', ...args]);
    const lost = await plan('--lost', 'region=eu');
    expect([lost.exitCode, lost.err]).toEqual([0, '']);
    expect(lost.out).toMatch(
      /^lost region=eu \(k3d-cluster-1 and k3d-cluster-2\)\n {2}replicas 2 before, 0 to 1 left\n/,
    );
    const both = await plan('--lost', 'k3d-cluster-1', '--evicted', 'k3d-cluster-3', '--json');
    const json = JSON.parse(both.out) as { losses: { name: string; kind: string; affected: { template: string }[] }[] };
    expect(json.losses.map(({ name, kind }) => [name, kind])).toEqual([
      ['k3d-cluster-1', 'lost'],
      ['k3d-cluster-3', 'evicted'],
    ]);
    // The client runs in k3d-cluster-3 only.
    expect([both.exitCode, json.losses[1]?.affected.map(({ template }) => template)]).toEqual([
      1,
      ['Deployment/default/pipy', 'Service/default/pipy', 'Deployment/default/curl'],
    ]);
    const scaled = await plan('--lost', 'k3d-cluster-2', '--replicas', 'pipy=6');
    expect(scaled.out).toContain(
      '  pipy=6   4 of 6 run: 2 each in k3d-cluster-1 and k3d-cluster-3; bound without running: 2 in k3d-cluster-2\n',
    );
    const typo = await plan('--evicted', 'region=ue');
    expect([typo.exitCode, typo.err]).toEqual([2, expect.stringContaining('no cluster of the fleet has region=ue')]);
  });

  test('--template, --cluster and --only narrow what is printed, not what is counted', async () => {
    const alone = emitYaml([service('alone')]);
    const cwd = folderWith({ 'all.yaml': `${manifests}---\n${alone}`, 'fleet.yaml': fleetFile });
    const plan = (...args: string[]) => runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml', ...args]);
    const curl = await plan('--template', 'curl', '--json');
    const json = JSON.parse(curl.out) as { templates: { template: string }[]; summary: { templates: number } };
    expect(json.templates.map(({ template }) => template)).toEqual(['Deployment/default/curl']);
    expect([json.summary.templates, curl.exitCode]).toEqual([4, 1]);
    const problems = await plan('--only', 'problems');
    expect(problems.out).toMatch(/^1 template over 3 clusters of 4 templates over 3, /);
    const whatIf = await plan('--without', 'k3d-cluster-3', '--template', 'pipy');
    expect(whatIf.out).toContain('Deployment/default/pipy');
    expect(whatIf.out).not.toContain('Deployment/default/curl');
    const wrong = await plan('--only', 'problem');
    expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('write --only problems')]);
    const changes = await plan('--only', 'changes');
    expect([changes.exitCode, changes.err]).toEqual([2, expect.stringContaining('needs the current bindings')]);
    const unknown = await plan('--cluster', 'k3d-cluster-9');
    expect([unknown.exitCode, unknown.err]).toEqual([2, expect.stringContaining('no cluster "k3d-cluster-9"')]);
  });

  test('--json prints one object of the documented shape', async () => {
    const cwd = folderWith({ 'all.yaml': manifests, 'fleet.yaml': fleetFile });
    const { exitCode, out } = await runIn(cwd, [
      'plan',
      'all.yaml',
      '--fleet',
      'fleet.yaml',
      '--json',
      '--karmada',
      'v1.17.5',
    ]);
    const json = JSON.parse(out);
    expect(exitCode).toBe(0);
    expect(Object.keys(json)).toEqual([
      'version',
      'command',
      'karmada',
      'clusters',
      'templates',
      'leftovers',
      'problems',
      'summary',
    ]);
    expect(json).toMatchObject({
      version: 1,
      command: 'plan',
      karmada: '1.17',
      clusters: ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'],
      problems: [],
      summary: {
        templates: 3,
        clusters: 3,
        certain: 2,
        either: 1,
        atRunTime: 0,
        unschedulable: 0,
        unmatched: 0,
        failing: 0,
      },
    });
    expect(json.templates[0].outcome).toEqual({
      kind: 'either',
      ascending: { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 },
      descending: { 'k3d-cluster-2': 1, 'k3d-cluster-3': 1 },
      guaranteed: { 'k3d-cluster-2': 1 },
      decidedBy: 'Deployment/default/pipy',
    });
  });

  test('ends with 1 when something is unmatched or has no place', async () => {
    const cwd = folderWith({ 'all.yaml': emitYaml([service('alone')]), 'fleet.yaml': fleetFile });
    expect((await runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml'])).exitCode).toBe(1);
  });

  test('--replicas and --without show what if', async () => {
    const cwd = folderWith({ 'all.yaml': manifests, 'fleet.yaml': fleetFile });
    const plan = (...args: string[]) => runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml', ...args]);
    const { exitCode, out } = await plan('--replicas', 'pipy=1..6');
    expect(exitCode).toBe(0);
    expect(out).toContain('│ k3d-cluster-1 │ 0 or 1 │ 0 or 1 │ 0 or 1 │    1    │ 1 or 2 │ 1 or 2 │    2    │');
    const lost = await plan('--without', 'k3d-cluster-3');
    expect(lost.exitCode).toBe(1);
    expect(lost.out).toContain('nowhere  Deployment/default/curl has nowhere to go:');
    const json = JSON.parse(
      (await plan('--without', 'k3d-cluster-3,k3d-cluster-2', '--replicas', 'Deployment/default/pipy=3', '--json')).out,
    );
    expect(json.variants.map(({ name, summary }: { name: string; summary: object }) => [name, summary])).toEqual([
      [
        'Deployment/default/pipy=3',
        { templates: 3, clusters: 3, certain: 3, either: 0, atRunTime: 0, unschedulable: 0, unmatched: 0, failing: 0 },
      ],
      [
        'without k3d-cluster-3 and k3d-cluster-2',
        { templates: 3, clusters: 1, certain: 2, either: 0, atRunTime: 0, unschedulable: 1, unmatched: 0, failing: 0 },
      ],
    ]);
  });

  test.each([
    [['--replicas', 'pipy'], '--replicas pipy is not understood: write pipy=3, pipy=1..6 or pipy=1,5'],
    [
      ['--replicas', 'pipy=6..1'],
      '--replicas pipy=6..1 is not understood: "6..1" is neither a number nor a range such as 1..6',
    ],
    [
      ['--replicas', 'pipy=1..1000000'],
      '--replicas pipy=1..1000000 asks for 1000000 variants, at most 40 can be shown',
    ],
    [
      ['--replicas', 'web=1'],
      '--replicas web: no template has this name; with replicas there are Deployment/default/pipy, Deployment/default/curl',
    ],
    [['--replicas', 'Service/default/pipy=1'], '--replicas Service/default/pipy: Service/default/pipy has no replicas'],
    [
      ['--without', 'member9'],
      '--without member9: the fleet has no cluster "member9"; write one of k3d-cluster-1, k3d-cluster-2, k3d-cluster-3',
    ],
    [
      ['--without', 'k3d-cluster-1,k3d-cluster-2,k3d-cluster-3'],
      '--without k3d-cluster-1,k3d-cluster-2,k3d-cluster-3: no cluster would be left',
    ],
    [
      ['-n', '../x'],
      'namespace "../x" must be lower case letters, digits and "-", with a letter or digit at both ends',
    ],
    [['--karmada', '1.15'], `Karmada "1.15" is not modelled; use one of ${karmadaVersions.join(', ')}`],
  ])('fails when %j is not understood', async (args, message) => {
    const cwd = folderWith({ 'all.yaml': manifests, 'fleet.yaml': fleetFile });
    expect(await runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml', ...args])).toEqual({
      exitCode: 2,
      out: '',
      err: `error: ${message}\nusage: cdk8s-karmada plan [PATH...] [--fleet FILE], or plan --help\n`,
    });
  });

  test('capacities and bindings decide what is else left to run time', async () => {
    const web = deployment('web', 3);
    const placement = {
      clusterAffinity: { clusterNames: ['k3d-cluster-1', 'k3d-cluster-2'] },
      replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
    };
    const binding = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: 'web-deployment', namespace: 'default' },
      spec: {
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
        replicas: 3,
        clusters: [{ name: 'k3d-cluster-2', replicas: 3 }],
      },
    };
    const cwd = folderWith({
      'all.yaml': emitYaml([web, policy('web', [web], placement)]),
      'fleet.yaml': fleetFile,
      'capacities.json':
        '{"Deployment/default/web": {"k3d-cluster-1": 5, "k3d-cluster-2": 1, "k3d-cluster-8": 1}, "Deployment/default/gone": {}}',
      'bindings.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [binding] }),
    });
    const outcome = async (...args: string[]) => {
      const { out, err } = await runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml', '--json', ...args]);
      return { outcome: JSON.parse(out).templates[0].outcome, err };
    };
    expect((await outcome()).outcome.kind).toBe('atRunTime');
    expect(await outcome('--capacities', 'capacities.json')).toEqual({
      outcome: { kind: 'certain', replicas: { 'k3d-cluster-1': 3 } },
      err: [
        'warning: capacities of Deployment/default/web name cluster k3d-cluster-8, which is not in the fleet',
        'warning: capacities name Deployment/default/gone, which is not in the manifests',
        '',
      ].join('\n'),
    });
    expect((await outcome('--bindings', 'bindings.json')).outcome).toEqual({
      kind: 'certain',
      replicas: { 'k3d-cluster-2': 3 },
    });
  });

  test('plans what can be read, says what cannot, and ends with 2', async () => {
    const cwd = folderWith({ 'm/good.yaml': manifests, 'm/bad.yaml': 'a: 1\n b: 2\n', 'fleet.yaml': fleetFile });
    const { exitCode, out, err } = await runIn(cwd, ['plan', 'm', '--fleet', 'fleet.yaml']);
    expect(exitCode).toBe(2);
    expect(out).toContain('Deployment/default/pipy');
    expect(err).toBe(
      [
        'error    m/bad.yaml:2:2  a key inside the text of the value above',
        "         why  the line is indented deeper than the key above it, so it belongs to that key's value; kubectl rejects the document",
        '         fix  align the key with the neighbouring keys, or put the text in quotes',
        'the plan is incomplete: something could not be read, as said above',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [
      'a fleet file that is missing',
      {},
      ['--fleet', 'nowhere.yaml'],
      /^error: nowhere.yaml: cannot be read: no such file or directory\n/,
    ],
    [
      'a fleet file without clusters',
      { 'f.yaml': 'clusters: {}\n' },
      ['--fleet', 'f.yaml'],
      /^error: f.yaml: the fleet has no clusters\n {2}fix: /,
    ],
    [
      'a fleet file with an unknown property',
      { 'f.yaml': 'clusters: {a: {regoin: eu}}\n' },
      ['--fleet', 'f.yaml'],
      /^error: f.yaml: .*regoin/,
    ],
    [
      'capacities that are no numbers',
      { 'c.json': '{"Deployment/default/pipy": {"a": "many"}}' },
      ['--fleet', 'fleet.yaml', '--capacities', 'c.json'],
      /^error: c.json: "Deployment\/default\/pipy" in "a" must be a whole number of at least 0\n/,
    ],
    [
      'capacities twice',
      { 'c.json': '{"x": {},\n "x": {}}' },
      ['--fleet', 'fleet.yaml', '--capacities', 'c.json'],
      /^error: c.json:2:2 duplicate key "x", first on line 1\n/,
    ],
    [
      'bindings that are none',
      { 'b.json': '{"apiVersion":"v1","kind":"Pod"}' },
      ['--fleet', 'fleet.yaml', '--bindings', 'b.json'],
      /^error: b.json holds a Pod, expected bindings only\n/,
    ],
    [
      'a null in the clusters of a binding',
      { 'b.json': JSON.stringify({ ...aBinding, spec: { ...aBinding.spec, clusters: [null] } }) },
      ['--fleet', 'fleet.yaml', '--bindings', 'b.json'],
      /^error: b.json: ResourceBinding\/default\/x: spec.clusters\[0\]: clusters\[0\] must be an object, got null\n {2}fix: .*\n$/,
    ],
    [
      'a binding without a resource',
      { 'b.json': JSON.stringify({ ...aBinding, spec: null }) },
      ['--fleet', 'fleet.yaml', '--bindings', 'b.json'],
      /^error: b.json: ResourceBinding\/default\/x: .*\n {2}fix: .*\n$/,
    ],
    [
      'a binding of another group',
      { 'b.json': JSON.stringify({ ...aBinding, apiVersion: 'v1' }) },
      ['--fleet', 'fleet.yaml', '--bindings', 'b.json'],
      /^error: b.json holds a ResourceBinding, expected bindings only\n/,
    ],
    [
      'a taint that is null',
      {
        'f.yaml':
          'apiVersion: cluster.karmada.io/v1alpha1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  taints: [null]\n',
      },
      ['--fleet', 'f.yaml'],
      /^error: f.yaml: line 5: Cluster: spec.taints\[0\] must be an object, got null\n {2}fix: .*\n$/,
    ],
    ['two inputs from standard input', {}, ['--fleet', '-', '-'], /^error: (- |"-" can stand)/],
  ])('fails when there is %s', async (_, files, args, message) => {
    const cwd = folderWith({ 'fleet.yaml': fleetFile, ...files });
    const { exitCode, out, err } = await runIn(cwd, ['plan', ...args], { stdin: fleetFile });
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
