import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readManifests, writeFolder } from '../../src/manifests';
import { Interrupted } from '../../src/process/run-program';
import { type CliRun, type CliWorld, cli } from '../support/cli-run';
import { FakeApiServer } from '../support/fake-api-server';
import { FakeKarmada, type FakeKarmadaOptions, recordedMembers } from '../support/fake-karmada';
import { standInKubectl } from '../support/kubectl-stand-in';
import { KubectlHome } from '../support/kubectl-tests';
import { recordedPlacement } from '../support/recorded-bindings';
import { config, deployment, propagation } from '../support/workloads';

/** 3 replicas, one in each member. */
const evenly = recordedPlacement('live-0005');
const web = deployment('web', 3);
const policy = propagation('web', [web], recordedMembers);
const shop = [web, { ...policy, spec: { ...(policy.spec as object), placement: evenly.placement } }];

const team = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };

let home: KubectlHome;
let servers: Map<string, FakeApiServer>;
let clock: CliWorld['clock'];

function startKarmada(options?: FakeKarmadaOptions): FakeKarmada {
  const karmada = new FakeKarmada({ recorded: { web: evenly }, ...options });
  servers.set(home.kubeconfig('karmada.config', { 'karmada-apiserver': 'http://127.0.0.1:1' }), karmada.server);
  clock = karmada.clock;
  return karmada;
}

function run(args: readonly string[], terminal?: CliWorld['terminal']): Promise<CliRun> {
  const kubectl = standInKubectl((kubeconfig) => servers.get(kubeconfig));
  const world = { cwd: home.folder, env: home.env, run: kubectl, ...(clock && { clock }) };
  return cli(args, { ...world, ...(terminal && { terminal }) });
}

const named = ['--kubeconfig', 'karmada.config'];

describe('apply and status on the command line', () => {
  beforeEach(() => {
    home = new KubectlHome();
    servers = new Map();
    clock = undefined;
    home.manifests('dist', shop);
  });
  afterEach(() => home.remove());

  test('a dry run shows objects, placement and the commands, and writes nothing', async () => {
    const karmada = startKarmada();
    const { exitCode, out, err } = await run(['apply', ...named, '--dry-run', '--application', 'shop']);
    expect(exitCode).toBe(0);
    expect(err).toContain(`application shop, context karmada-apiserver of ${home.folder}/karmada.config\n`);
    expect(out).toContain('+++ applied/apps.v1.Deployment.default.web\n@@ -0,0 +1');
    expect(out).toContain('  Deployment/default/web in k3d-cluster-2: - → 1\n');
    const kubectl = `kubectl --kubeconfig ${home.folder}/karmada.config --context karmada-apiserver`;
    const write = `${kubectl} apply --server-side --field-manager=cdk8s-karmada`;
    expect(out).toContain(
      [
        'Commands',
        'npx cdk8s-karmada apply --kubeconfig karmada.config --dry-run --application shop --out apply-steps',
        `${write} --force-conflicts -f apply-steps/1-inventory.yaml`,
        `${write} -f apply-steps/2-policies.yaml`,
        `${write} -f apply-steps/3-workloads.yaml\n`,
      ].join('\n'),
    );
    const again = await run(['apply', ...named, '--dry-run', '--application', 'shop']);
    expect(again).toEqual({ exitCode, out, err });
    expect(existsSync(join(home.folder, 'apply-steps'))).toBe(false);
    expect(out).toMatch(/dry run: nothing was written\n$/);
    expect(karmada.server.writes()).toEqual([]);
  });

  test('a dry run with --out writes the objects that its commands read', async () => {
    const karmada = startKarmada();
    const settings = config('ConfigMap', 'settings');
    const more = [
      config('Secret', 'token'),
      team,
      propagation('more', [settings, config('Secret', 'token')], recordedMembers),
    ];
    home.manifests('dist', [...shop, settings, ...more]);
    await run(['apply', ...named, '--yes', '--application', 'shop']);
    const writes = karmada.server.writes().length;
    home.manifests('dist', [...shop, ...more]);
    const { exitCode, out } = await run(['apply', ...named, '--dry-run', '--application', 'shop', '--out', 'steps']);
    expect(exitCode).toBe(0);
    expect(karmada.server.writes()).toHaveLength(writes);
    expect(out).not.toContain('  Namespace/team in '); // it has no binding, and nothing moves
    expect(out).toMatch(/\ndry run: only steps was written\n$/);
    const files = [...out.matchAll(/ -f (steps\/\S+)$/gm)].map(([, file = '']) => file);
    expect(files).toEqual([
      'steps/1-inventory.yaml',
      'steps/2-namespaces.yaml',
      'steps/3-configuration.yaml',
      'steps/4-policies.yaml',
      'steps/5-workloads.yaml',
      'steps/6-delete-configuration.yaml',
      'steps/7-inventory.yaml',
    ]);
    const names = files.map((file) =>
      readManifests([file], { cwd: home.folder }).manifests.map(({ object }) => object),
    );
    expect(names.slice(1, 6).map((objects) => objects.map(({ kind }) => kind))).toEqual([
      ['Namespace'],
      ['Secret'],
      ['PropagationPolicy', 'PropagationPolicy'],
      ['Deployment'],
      ['ConfigMap'],
    ]);
    expect(JSON.stringify(names[0])).toContain('settings');
    expect(JSON.stringify(names[6])).not.toContain('settings');
    expect(statSync(join(home.folder, 'steps/3-configuration.yaml')).mode & 0o777).toBe(0o600);
    expect(out).toContain(
      'until npx cdk8s-karmada status steps/2-namespaces.yaml steps/3-configuration.yaml steps/4-policies.yaml steps/5-workloads.yaml --kubeconfig ',
    );
    // The folder is a result: it is not read as manifests.
    expect((await run(['apply', 'steps', ...named, '--dry-run'])).exitCode).toBe(2);
  });

  test('after a tie, apply says which result came, and which client has no server there', async () => {
    // With this UID, a running Karmada placed the server in the first two clusters.
    const karmada = startKarmada({ recorded: {} });
    karmada.server.store.uidOf = (key) =>
      key.endsWith('/pipy') ? recordedPlacement('live-0002').uid : `uid-of-${key}`;
    const args = [
      'apply',
      join(process.cwd(), 'dist'),
      ...named,
      '--yes',
      '--config',
      join(process.cwd(), 'lint.yaml'),
    ];
    const { exitCode, out } = await run(args);
    expect(exitCode).toBe(0);
    expect(out).toContain(
      [
        'tie      Deployment/default/pipy came as k3d-cluster-1 1, k3d-cluster-2 1',
        '         as planned: either k3d-cluster-1 1, k3d-cluster-2 1',
        '         or k3d-cluster-2 1, k3d-cluster-3 1\n',
      ].join('\n'),
    );
    expect(out.replaceAll(/\n +/g, ' ')).toContain(
      'warning  Deployment/default/curl calls Service/default/pipy, which has no pod in k3d-cluster-3: the 2 replicas of Deployment/default/pipy go to k3d-cluster-1 and k3d-cluster-2 fix  ',
    );
    expect(out).toMatch(/\n5 objects: 5 created, in \d+ s\n$/);
    const again = await run([...args, '--json']);
    expect(JSON.parse(again.out).ties).toEqual([]);
  });

  test('the final table is printed once, also where the terminal shows the progress', async () => {
    startKarmada();
    const { out, err } = await run(['apply', ...named, '--yes'], { isLive: true });
    expect(out.split('k3d-cluster-2').length).toBeGreaterThan(1);
    expect(out.match(/│ template/g)).toHaveLength(2); // the plan, and the result
    // Whatever is drawn on standard error is removed.
    const drawn = err.match(/of 1 template done, \d+ s\n/g);
    expect(drawn?.length).toBeGreaterThan(0);
    expect(err.split('A\u001b[0J')).toHaveLength(drawn!.length + 1);
  });

  test('apply asks, shows each cluster as it comes, and says what it did', async () => {
    startKarmada();
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'y';
    };
    const { exitCode, out, err } = await run(['apply', ...named], { ask });
    expect(questions).toEqual(['apply this to karmada-apiserver? [y/N] ']);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/Deployment\/default\/web k3d-cluster-3 {2}done\n/);
    expect(err).toContain(
      '  policies: created PropagationPolicy/default/web\n  workloads: created Deployment/default/web\n',
    );
    expect(out).toMatch(/\n2 objects: 2 created, in \d+ s\n$/);
    const declined = await run(['apply', ...named, '--namespace', 'default'], { ask: async () => 'n' });
    expect(declined.exitCode).toBe(0); // nothing to ask: nothing changes
    expect(declined.err).toContain('  policies: 1 unchanged\n  workloads: 1 unchanged\n');
    expect(declined.out).toMatch(/\n2 objects: 2 unchanged, in \d+ s\n$/);
  });

  test('what JSON says of an apply, and of the status after it', async () => {
    startKarmada();
    const apply = await run(['apply', ...named, '--yes', '--json', '--application', 'shop']);
    expect(JSON.parse(apply.out)).toMatchObject({
      version: 1,
      command: 'apply',
      application: 'shop',
      context: 'karmada-apiserver',
      outcome: 'applied',
      moves: [
        { template: 'Deployment/default/web', cluster: 'k3d-cluster-1', before: '-', after: '1' },
        { template: 'Deployment/default/web', cluster: 'k3d-cluster-2', before: '-', after: '1' },
        { template: 'Deployment/default/web', cluster: 'k3d-cluster-3', before: '-', after: '1' },
      ],
      applied: [
        { object: 'PropagationPolicy/default/web', stage: 'policies', change: 'created' },
        { object: 'Deployment/default/web', stage: 'workloads', change: 'created' },
      ],
      differences: [],
      summary: { success: true, applied: 2, changed: 2, pruned: 0, done: 1, templates: 1 },
    });
    const status = await run(['status', ...named, '--json']);
    expect(status.exitCode).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      version: 1,
      command: 'status',
      members: [
        { name: 'k3d-cluster-1', ready: true, kubernetes: 'v1.33.6', region: null },
        { name: 'k3d-cluster-2' },
        { name: 'k3d-cluster-3' },
      ],
      templates: [
        {
          template: 'Deployment/default/web',
          policy: 'web',
          state: 'done',
          final: false,
          clusters: [
            {
              cluster: 'k3d-cluster-1',
              wanted: '1',
              scheduled: 1,
              applied: true,
              ready: 1,
              health: 'Healthy',
              state: 'done',
            },
            { cluster: 'k3d-cluster-2' },
            { cluster: 'k3d-cluster-3' },
          ],
        },
      ],
      summary: { members: 3, ready: 3, templates: 1, done: 1, inOrder: true },
    });
  });

  test('status says why something is not in order', async () => {
    const karmada = startKarmada({ healthy: false });
    await run(['apply', ...named, '--yes', '--no-wait']);
    karmada.reconcile();
    karmada.server.add({
      ...karmada.server.get('Cluster', '', 'k3d-cluster-2')!,
      status: { conditions: [{ type: 'Ready', status: 'False', message: 'cluster is not reachable' }] },
    });
    const { exitCode, out } = await run(['status', '--all', ...named]);
    expect(exitCode).toBe(1);
    expect(out).toContain('members  2 of 3 ready: k3d-cluster-1 v1.33.6, k3d-cluster-2, k3d-cluster-3 v1.33.6\n');
    expect(out).toContain('  not ready  k3d-cluster-2: cluster is not reachable\n');
    expect(out).toContain('waiting  Deployment/default/web  k3d-cluster-1: not healthy, 0 ready\n');
    expect(out).toMatch(/0 of 1 template done\n$/);
  });

  test('status does not call done what is not where the plan says', async () => {
    const karmada = startKarmada();
    await run(['apply', ...named, '--yes']);
    const binding = karmada.server.get('ResourceBinding', 'default', 'web-deployment')!;
    const clusters = [{ name: 'k3d-cluster-1', replicas: 3 }];
    const status = binding['status'] as { aggregatedStatus: object[] };
    const moved = { ...status, schedulerObservedGeneration: 2, aggregatedStatus: status.aggregatedStatus.slice(0, 1) };
    karmada.server.add({ ...binding, spec: { ...(binding.spec as object), clusters }, status: moved }, 'somebody');
    const { exitCode, out } = await run(['status', ...named]);
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'waiting  Deployment/default/web  planned k3d-cluster-1 1, k3d-cluster-2 1, k3d-cluster-3 1; is k3d-cluster-1 3\n',
    );
    expect(out).toMatch(/0 of 1 template done\n$/);
  });

  test('status --contracts checks what runs, in members that are ready', async () => {
    const karmada = startKarmada();
    await run(['apply', ...named, '--yes']);
    const file = 'contracts: [{ on: web, keep: 2, losing: cluster }, { on: web, atMost: 1 }]';
    writeFileSync(join(home.folder, 'contracts.yaml'), file);
    const status = () => run(['status', ...named, '--contracts', 'contracts.yaml']);
    expect(await status()).toMatchObject({ exitCode: 0, out: expect.stringContaining('Contracts: 2 hold\n') });
    karmada.server.add({
      ...karmada.server.get('Cluster', '', 'k3d-cluster-2')!,
      status: { conditions: [{ type: 'Ready', status: 'False', message: 'cluster is not reachable' }] },
    });
    const { exitCode, out } = await status();
    expect(exitCode).toBe(1);
    expect(out).toContain('Contracts: 1 broken, 1 holds\n');
    expect(out).toContain('losing k3d-cluster-1 leaves 1 of 2 replicas');
  });

  test('the name of a Federation is that of its application; without one nothing is pruned', async () => {
    startKarmada();
    const unnamed = await run(['apply', ...named, '--dry-run', '--json']);
    expect(JSON.parse(unnamed.out).application).toBeNull();
    expect(unnamed.err).toContain('note: no application name, so nothing is pruned: pass --application\n');
    writeFolder(join(home.folder, 'dist'), [{ path: 'web.yaml', text: JSON.stringify(web) }], 'till');
    const { out } = await run(['apply', ...named, '--dry-run', '--json']);
    expect(JSON.parse(out).application).toBe('till');
    const other = await run(['apply', ...named, '--dry-run', '--json', '--application', 'other']);
    expect(JSON.parse(other.out).application).toBe('other');
  });

  test('status --watch tells every change until it is interrupted', async () => {
    const karmada = startKarmada();
    await run(['apply', ...named, '--yes', '--no-wait']);
    const lost = { ...karmada.server.get('Cluster', '', 'k3d-cluster-2')!, status: { conditions: [] } };
    let looks = 0;
    clock = {
      now: () => 0,
      sleep: async () => {
        if (++looks === 2) karmada.server.add(lost);
        if (looks === 4) throw new Interrupted();
      },
    };
    const { exitCode, out } = await run(['status', ...named, '--watch', '--json', '--interval', '0s']);
    expect(exitCode).toBe(1);
    const changes = out.trimEnd().split('\n');
    expect(changes.map((change) => JSON.parse(change).summary.ready)).toEqual([3, 2]);
  });

  describe('fails when', () => {
    test('no control plane is named and there is no lab', async () => {
      const { exitCode, err } = await run(['apply', '--yes']);
      expect(exitCode).toBe(2);
      expect(err).toBe(
        'error: pass --kubeconfig for the Karmada control plane, or create a lab with `cdk8s-karmada lab up`\n' +
          'usage: cdk8s-karmada apply [PATH...] --kubeconfig FILE, or apply --help\n',
      );
    });

    test('it cannot ask and --yes is missing', async () => {
      const { exitCode, err } = await run(['apply', ...named]);
      expect(exitCode).toBe(2);
      expect(err).toContain(
        'error: standard input is not a terminal or --json is set: pass --yes to apply, or --dry-run to preview\n',
      );
    });

    test('the kubeconfig is missing, cannot be read, or leaves a choice of contexts', async () => {
      const missing = await run(['status', '--kubeconfig', 'none']);
      expect([missing.exitCode, missing.err]).toEqual([
        3,
        `error: there is no kubeconfig ${home.folder}/none\n  fix: use the one that \`karmadactl init\` wrote\n`,
      ]);
      writeFileSync(join(home.folder, 'broken'), '{');
      const broken = await run(['status', '--kubeconfig', 'broken']);
      expect(broken.exitCode).toBe(3);
      expect(broken.err).toContain(`error: the kubeconfig ${home.folder}/broken cannot be read: `);
      home.kubeconfig('two', { 'karmada-host': 'http://127.0.0.1:1', 'karmada-apiserver': 'http://127.0.0.1:1' });
      const two = await run(['status', '--kubeconfig', 'two']);
      expect([two.exitCode, two.err]).toEqual([
        3,
        `error: the kubeconfig ${home.folder}/two has 2 contexts: karmada-apiserver, karmada-host\n` +
          '  fix: pass the one of the Karmada API server to --context; the current context is not used by default\n',
      ]);
      const unknown = await run(['status', '--kubeconfig', 'two', '--context', 'other']);
      expect(unknown.err).toBe(
        `error: the kubeconfig ${home.folder}/two has no context "other", only karmada-apiserver, karmada-host\n  fix: pass one of these to --context\n`,
      );
    });

    test('the server is an ordinary Kubernetes API server', async () => {
      const server = new FakeApiServer();
      servers.set(home.kubeconfig('plain', { member1: 'http://127.0.0.1:1' }), server);
      const { exitCode, err } = await run(['apply', '--yes', '--kubeconfig', 'plain']);
      expect(exitCode).toBe(3);
      expect(err).toContain(
        'error: the server of context member1 is not a Karmada API server: it does not serve cluster.karmada.io\n' +
          '  fix: pass the kubeconfig of the Karmada API server (karmada-apiserver.config), not that of the host cluster or a member\n',
      );
      expect(server.writes()).toEqual([]);
    });

    test('the server does not answer', async () => {
      home.kubeconfig('dead', { karmada: 'http://127.0.0.1:1' });
      const { exitCode, err } = await run(['apply', '--yes', '--kubeconfig', 'dead']);
      expect(exitCode).toBe(3);
      expect(err).toContain('error: the API server does not answer (karmada): ');
      expect(err).toContain(
        '  fix: check that the control plane is running and that its address in the kubeconfig is reachable from here\n',
      );
    });

    test('the manifests cannot be read', async () => {
      writeFileSync(join(home.folder, 'dist', 'broken.yaml'), 'a: [');
      expect((await run(['apply', ...named, '--yes'])).exitCode).toBe(2);
    });

    test('an option makes no sense', async () => {
      expect((await run(['apply', '--timeout', 'soon', ...named])).err).toContain(
        'error: --timeout must be a time such as 90s, 5m or 1h, got "soon"\n',
      );
      expect((await run(['status', '--context', 'x'])).err).toContain('error: --context requires --kubeconfig\n');
    });
  });
});
