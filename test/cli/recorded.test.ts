import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Contract, FederatedApp, Federation, type FederationProps, Fleet } from '../../src';
import { folderWith, runIn } from '../support/cli';

const fleet = Fleet.of({ member1: { region: 'eu' }, member2: { region: 'eu' }, member3: { region: 'us' } });

/** Synthesizes an app `id` of three replicas into `folder/dist`. */
function synthesize(folder: string, id: string, props: FederationProps = {}, add?: (app: FederatedApp) => void): void {
  const federation = new Federation({ fleet, outdir: join(folder, 'dist'), ...props });
  const chart = new Chart(federation, id, { namespace: 'shop' });
  const app = new FederatedApp(chart, id, {
    placement: fleet.weighted({ member1: 2, member2: 1 }),
    image: 'nginx:1.29',
    replicas: 3,
    port: 80,
  });
  add?.(app);
  federation.synth();
}

const record = (folder: string) => join(folder, 'dist/.cdk8s-karmada');
const fleetFile = 'clusters: { member1: { region: eu }, member2: { region: eu }, member3: { region: us } }\n';

describe('a folder of a Federation', () => {
  test('needs no options: plan, lint, render and diff answer as with the fleet file', async () => {
    const cwd = folderWith({ 'fleet.yaml': fleetFile });
    synthesize(cwd, 'web');
    cpSync(join(cwd, 'dist'), join(cwd, 'before'), { recursive: true });
    for (const args of [['plan'], ['lint'], ['render', '--out', 'out'], ['diff', 'before', 'dist']]) {
      const alone = await runIn(cwd, args);
      rmSync(join(cwd, 'out'), { recursive: true, force: true });
      expect(alone).toEqual(await runIn(cwd, [...args, '--fleet', 'fleet.yaml']));
      rmSync(join(cwd, 'out'), { recursive: true, force: true });
      expect([args[0], alone.exitCode, alone.err]).toEqual([args[0], 0, '']);
    }
  });

  test('below the folder that is read is named, such as one for each environment', async () => {
    const cwd = folderWith({ 'dist/notes/readme.yaml': '' });
    for (const name of ['production', 'staging']) synthesize(cwd, 'web', { outdir: join(cwd, 'dist', name) });
    const { exitCode, err } = await runIn(cwd, ['plan']);
    expect(exitCode).toBe(2);
    expect(err).toContain('fix: name the folder of one of the Federations: dist/production or dist/staging\n');
  });

  test('the record has a fixed form, and is not rewritten', async () => {
    const cwd = folderWith({});
    const contracts = [Contract.on('Deployment/shop/web').atMost(3)];
    synthesize(cwd, 'web', { contracts, karmada: '1.18', featureGates: ['PropagateDeps=false'] }, (app) => {
      new FederatedApp(Chart.of(app), 'client', {
        placement: fleet.duplicated('member1'),
        image: 'curl:8',
        replicas: 1,
        calls: [app],
      });
    });
    expect(readFileSync(record(cwd), 'utf8')).toBe(`\
# Written by cdk8s-karmada. It removes files in this list when their application no longer makes them.
app: web.k8s.yaml
# What the programs say: the commands of cdk8s-karmada use it for this folder, unless their options say otherwise.
app {
  "version": 1,
  "karmada": "1.18",
  "featureGates": [
    "PropagateDeps=false"
  ],
  "fleet": {
    "clusters": {
      "member1": {"region":"eu"},
      "member2": {"region":"eu"},
      "member3": {"region":"us"}
    }
  },
  "calls": [
    {"client":"Deployment/shop/client","server":"Service/shop/web"}
  ],
  "contracts": [
    {"on":{"name":"Deployment/shop/web"},"kind":"atMost","replicas":3,"by":"cluster"}
  ]
}
`);
  });

  test('the release, the feature gates and the contracts are those of the Federation', async () => {
    const cwd = folderWith({ 'contracts.yaml': 'contracts: [{ on: web, atMost: 9 }]\n' });
    synthesize(cwd, 'web', { karmada: '1.18', featureGates: ['PropagateDeps=false'] }, (app) => {
      Federation.tryOf(app)!.addContracts(Contract.on(app).atMost(2));
    });
    const { exitCode, out } = await runIn(cwd, ['plan', '--json']);
    const { karmada, contracts } = JSON.parse(out);
    expect([exitCode, karmada]).toEqual([0, '1.18']);
    expect(contracts).toMatchObject([
      { contract: 'web/web has at most 2 replicas in a cluster', verdict: 'holds', template: 'Deployment/shop/web' },
    ]);
    const overruled = await runIn(cwd, ['plan', '--json', '--karmada', '1.17', '--contracts', 'contracts.yaml']);
    expect(JSON.parse(overruled.out)).toMatchObject({
      karmada: '1.17',
      contracts: [{ contract: 'web has at most 9 replicas in a cluster' }],
    });
  });

  test('a contract that the edited manifests break is found by lint and plan', async () => {
    const cwd = folderWith({});
    synthesize(cwd, 'web', {}, (app) => {
      Federation.tryOf(app)!.addContracts(Contract.on(app).atMost(2));
    });
    const file = join(cwd, 'dist/web.k8s.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 3', 'replicas: 9'));
    const [lint, plan] = [await runIn(cwd, ['lint']), await runIn(cwd, ['plan'])];
    expect([lint.exitCode, plan.exitCode]).toEqual([1, 1]);
    expect(lint.out).toContain('no-broken-contract');
    expect(plan.out).toContain('web/web has at most 2 replicas in a cluster');
  });

  test('calls of the Federation count in lint, unless its configuration states calls', async () => {
    const cwd = folderWith({ 'lint.yaml': 'calls: []\n' });
    synthesize(cwd, 'web', { lint: false }, (app) => {
      new FederatedApp(Chart.of(app), 'client', {
        placement: fleet.duplicated('member3'),
        image: 'curl:8',
        replicas: 1,
        calls: [app],
      });
    });
    expect((await runIn(cwd, ['lint'])).out).toContain('no-client-without-server');
    expect((await runIn(cwd, ['lint', '--config', 'lint.yaml'])).out).not.toContain('no-client-without-server');
  });

  test('--fleet overrules', async () => {
    const cwd = folderWith({ 'fleet.yaml': 'clusters: { member1: {}, member2: {} }\n' });
    synthesize(cwd, 'web');
    expect(JSON.parse((await runIn(cwd, ['plan', '--json', '--fleet', 'fleet.yaml'])).out).clusters).toEqual([
      'member1',
      'member2',
    ]);
  });

  test('a live cluster that is being removed receives nothing', async () => {
    const cwd = folderWith({});
    const cluster = (name: string, deletionTimestamp?: string) => ({
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name, ...(deletionTimestamp !== undefined && { deletionTimestamp }) },
    });
    const live = Fleet.fromClusters([cluster('member1', '2026-01-01T00:00:00Z'), cluster('member2')]);
    const federation = new Federation({ fleet: live, outdir: join(cwd, 'dist') });
    new FederatedApp(new Chart(federation, 'web', { namespace: 'shop' }), 'web', {
      placement: live.duplicated('member1', 'member2'),
      image: 'nginx:1.29',
      replicas: 1,
    });
    federation.synth();
    const { templates } = JSON.parse((await runIn(cwd, ['plan', '--json'])).out);
    expect(templates[0].outcome).toEqual({ kind: 'certain', replicas: { member2: 1 } });
  });
});

describe('several applications in a folder', () => {
  test('equal fleets, in any order, are one fleet', async () => {
    const cwd = folderWith({});
    const reordered = Fleet.of({ member3: { region: 'us' }, member2: { region: 'eu' }, member1: { region: 'eu' } });
    synthesize(cwd, 'web', { name: 'shop' });
    synthesize(cwd, 'pay', { name: 'bank', fleet: reordered });
    const { exitCode, out } = await runIn(cwd, ['plan', '--json']);
    expect([exitCode, JSON.parse(out).summary.templates]).toEqual([0, 4]);
  });

  test('different fleets are an error with both names', async () => {
    const cwd = folderWith({ 'fleet.yaml': fleetFile });
    synthesize(cwd, 'web', { name: 'shop' });
    synthesize(cwd, 'pay', { name: 'bank', fleet: Fleet.of({ member1: { region: 'eu' }, member2: { region: 'eu' } }) });
    const { exitCode, err } = await runIn(cwd, ['plan']);
    expect([exitCode, err]).toEqual([
      2,
      'error: bank in dist and shop in dist have different fleets: member3 is only in that of shop in dist\n  fix: give both Federations the same fleet, or pass --fleet FILE\n',
    ]);
    expect((await runIn(cwd, ['plan', '--fleet', 'fleet.yaml'])).exitCode).toBe(0);
  });

  test('different releases and opposite gates are errors with both names', async () => {
    const cwd = folderWith({});
    synthesize(cwd, 'web', { name: 'shop', karmada: '1.18' });
    synthesize(cwd, 'pay', { name: 'bank' });
    expect((await runIn(cwd, ['plan'])).err).toContain(
      'bank in dist is for Karmada 1.19, and shop in dist for Karmada 1.18',
    );
    synthesize(cwd, 'web', { name: 'shop', featureGates: ['PropagateDeps=false'] });
    synthesize(cwd, 'pay', { name: 'bank', featureGates: ['PropagateDeps'] });
    expect((await runIn(cwd, ['plan'])).err).toContain(
      'bank in dist says PropagateDeps, and shop in dist says PropagateDeps=false',
    );
    expect((await runIn(cwd, ['plan', '--feature-gates', 'PropagateDeps=false'])).exitCode).toBe(0);
  });

  test('an application keeps what the others recorded; one whose files are gone has nothing to say', async () => {
    const cwd = folderWith({});
    synthesize(cwd, 'web', { name: 'shop' });
    const before = readFileSync(record(cwd), 'utf8');
    synthesize(cwd, 'pay', { name: 'bank', fleet: Fleet.of({ member1: {}, member2: {} }) });
    const after = readFileSync(record(cwd), 'utf8');
    expect(after).toContain(before.slice(before.indexOf('shop {')));
    rmSync(join(cwd, 'dist/pay.k8s.yaml'));
    expect((await runIn(cwd, ['plan'])).exitCode).toBe(0);
  });
});

describe('a record', () => {
  test('of an earlier version has no fleet', async () => {
    const cwd = folderWith({});
    synthesize(cwd, 'web');
    writeFileSync(record(cwd), 'app: web.k8s.yaml\n');
    expect((await runIn(cwd, ['plan'])).err).toContain('--fleet FILE is missing');
    expect((await runIn(cwd, ['lint'])).exitCode).toBe(0);
  });

  test('of a later version is named', async () => {
    const cwd = folderWith({});
    synthesize(cwd, 'web');
    writeFileSync(record(cwd), readFileSync(record(cwd), 'utf8').replace('"version": 1', '"version": 2'));
    expect(await runIn(cwd, ['plan'])).toEqual({
      exitCode: 2,
      out: '',
      err: 'error: dist/.cdk8s-karmada:4: it is of version 2, and this cdk8s-karmada reads version 1\n  fix: update cdk8s-karmada\n',
    });
  });

  test.each([
    ['a conflict', '  "karmada": "1.19",', '<<<<<<< HEAD\n  "karmada": "1.19",', 'the lines about app are incomplete'],
    ['text that is not JSON', '"karmada": "1.19",', '"karmada": "1.19"', 'it is not JSON'],
    ['another release', '"1.19"', '"1.15"', 'karmada of the application must be 1.16, 1.17, 1.18 or 1.19, got "1.15"'],
    ['a misspelled property', '"fleet"', '"flet"', 'the application has no property "flet"'],
    ['a misspelled cluster property', '"region"', '"regoin"', 'regoin'],
    ['a wrong contract', '"atMost"', '"atMots"', 'contracts[0].kind of the application must be'],
    ['a wrong number', '"replicas":3', '"replicas":-3', 'contracts[0].replicas of the application must be'],
  ])('with %s is one line', async (_, before, after, problem) => {
    const cwd = folderWith({});
    synthesize(cwd, 'web', { contracts: [Contract.on('web').atMost(3)] });
    writeFileSync(record(cwd), readFileSync(record(cwd), 'utf8').replace(before, after));
    for (const command of ['plan', 'lint']) {
      const { exitCode, out, err } = await runIn(cwd, [command]);
      expect([exitCode, out]).toEqual([2, '']);
      expect(err).toMatch(/^error: dist\/\.cdk8s-karmada:4: [^\n]*\n {2}fix: [^\n]*\n$/);
      expect(err).toContain(problem);
    }
    synthesize(cwd, 'web');
    expect((await runIn(cwd, ['plan'])).exitCode).toBe(0);
  });
});

test('contracts about constructs name the objects of a chart without namespace, custom kinds and generated names', async () => {
  const cwd = folderWith({});
  const federation = new Federation({ fleet, outdir: join(cwd, 'dist'), lint: false });
  const chart = new Chart(federation, 'web');
  const app = new FederatedApp(chart, 'web', {
    placement: fleet.duplicated('member1'),
    image: 'nginx:1.29',
    replicas: 1,
  });
  const spec = { template: { spec: { containers: [{ name: 'a', image: 'a' }], restartPolicy: 'Never' } } };
  new ApiObject(app, 'job', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' }, spec });
  federation.addContracts(Contract.on(app).atMost(5), Contract.on(app).togetherWith(app));
  federation.synth();
  expect(readFileSync(record(cwd), 'utf8')).toContain(
    '{"on":{"construct":"web/web","templates":["Deployment.apps/web","Job.batch/once"]},"kind":"atMost","replicas":5,"by":"cluster"}',
  );
  const { contracts } = JSON.parse((await runIn(cwd, ['plan', '--json'])).out);
  expect(contracts.map(({ template }: { template: string }) => template)).toContain('Deployment/default/web');
});
