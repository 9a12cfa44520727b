import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliRun, cli } from '../support/cli-run';
import { FakeApiServer } from '../support/fake-api-server';
import { FakeKarmada, type FakeKarmadaOptions } from '../support/fake-karmada';
import { describeWithKubectl, KubectlHome } from '../support/kubectl-tests';
import { deployment, propagation } from '../support/workloads';

const web = deployment('web', 3);
const shop = [web, propagation('web', [web], ['member1', 'member2', 'member3'])];

let home: KubectlHome;
let stops: (() => Promise<void>)[] = [];

async function startKarmada(options?: FakeKarmadaOptions): Promise<FakeKarmada> {
  const karmada = new FakeKarmada(options);
  home.kubeconfig('karmada.config', { 'karmada-apiserver': await karmada.start() });
  stops.push(() => karmada.stop());
  return karmada;
}

function run(args: readonly string[], terminal?: Parameters<typeof cli>[1]['terminal']): Promise<CliRun> {
  return cli(args, { cwd: home.folder, env: home.env, ...(terminal && { terminal }) });
}

const named = ['--kubeconfig', 'karmada.config'];

describeWithKubectl('apply and status on the command line', () => {
  beforeEach(() => {
    home = new KubectlHome();
    home.manifests('dist', shop);
  });
  afterEach(async () => {
    for (const stop of stops) await stop();
    stops = [];
    home.remove();
  });

  test('a dry run shows objects, placement and the commands, and writes nothing', async () => {
    const karmada = await startKarmada();
    const { exitCode, out, err } = await run(['apply', ...named, '--dry-run', '--application', 'shop']);
    expect(exitCode).toBe(0);
    expect(err).toContain(`application shop, context karmada-apiserver of ${home.folder}/karmada.config\n`);
    expect(out).toContain('+++ applied/apps.v1.Deployment.default.web\n@@ -0,0 +1');
    expect(out).toContain('  Deployment/default/web in member2: - → 1\n');
    expect(out).toContain(
      `  kubectl --kubeconfig ${home.folder}/karmada.config --context karmada-apiserver apply --server-side --field-manager=cdk8s-karmada -o json -f -  # policies: PropagationPolicy/default/web\n`,
    );
    expect(out).toMatch(/dry run: nothing was written\n$/);
    expect(karmada.server.writes()).toEqual([]);
  });

  test('apply asks, shows each cluster as it comes, and says what it did', async () => {
    await startKarmada();
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'y';
    };
    const { exitCode, out, err } = await run(['apply', ...named], { ask });
    expect(questions).toEqual(['apply this to karmada-apiserver? [y/N] ']);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/Deployment\/default\/web member3 {2}done\n/);
    expect(out).toMatch(/2 applied \(2 changed\)\n$/);
    const declined = await run(['apply', ...named, '--namespace', 'default'], { ask: async () => 'n' });
    expect(declined.exitCode).toBe(0); // nothing to ask: nothing changes
  });

  test('what JSON says of an apply, and of the status after it', async () => {
    await startKarmada();
    const apply = await run(['apply', ...named, '--yes', '--json', '--application', 'shop']);
    expect(JSON.parse(apply.out)).toMatchObject({
      version: 1,
      command: 'apply',
      application: 'shop',
      context: 'karmada-apiserver',
      outcome: 'applied',
      moves: [
        { template: 'Deployment/default/web', cluster: 'member1', before: '-', after: '1' },
        { template: 'Deployment/default/web', cluster: 'member2', before: '-', after: '1' },
        { template: 'Deployment/default/web', cluster: 'member3', before: '-', after: '1' },
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
        { name: 'member1', ready: true, kubernetes: 'v1.33.6', region: null },
        { name: 'member2' },
        { name: 'member3' },
      ],
      templates: [
        {
          template: 'Deployment/default/web',
          policy: 'web',
          state: 'done',
          final: false,
          clusters: [
            {
              cluster: 'member1',
              wanted: '1',
              scheduled: 1,
              applied: true,
              ready: 1,
              health: 'Healthy',
              state: 'done',
            },
            { cluster: 'member2' },
            { cluster: 'member3' },
          ],
        },
      ],
      summary: { members: 3, ready: 3, templates: 1, done: 1, inOrder: true },
    });
  });

  test('status says why something is not in order', async () => {
    const karmada = await startKarmada({ healthy: false });
    await run(['apply', ...named, '--yes', '--no-wait']);
    karmada.server.add({
      ...karmada.server.get('Cluster', '', 'member2')!,
      status: { conditions: [{ type: 'Ready', status: 'False', message: 'cluster is not reachable' }] },
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { exitCode, out } = await run(['status', '--all', ...named]);
    expect(exitCode).toBe(1);
    expect(out).toContain('members  2 of 3 ready: member1 v1.33.6, member2, member3 v1.33.6\n');
    expect(out).toContain('  not ready  member2: cluster is not reachable\n');
    expect(out).toContain('waiting  Deployment/default/web  member1: not healthy, 0 ready\n');
    expect(out).toMatch(/0 of 1 templates done\n$/);
  });

  test('status --watch tells every change until it is interrupted', async () => {
    const karmada = await startKarmada();
    await run(['apply', ...named, '--yes', '--no-wait']);
    const controller = new AbortController();
    const lost = { ...karmada.server.get('Cluster', '', 'member2')!, status: { conditions: [] } };
    setTimeout(() => karmada.server.add(lost), 800);
    setTimeout(() => controller.abort(), 3000);
    const { exitCode, out } = await run(['status', ...named, '--watch', '--json', '--interval', '0s'], {
      interruption: () => controller.signal,
    });
    expect(exitCode).toBe(1);
    const looks = out.trimEnd().split('\n');
    expect(looks.map((look) => JSON.parse(look).summary.ready)).toEqual([3, 2]);
  });

  describe('fails when', () => {
    test('no control plane is named and there is no lab', async () => {
      const { exitCode, err } = await run(['apply', '--yes']);
      expect(exitCode).toBe(2);
      expect(err).toBe(
        'error: name the Karmada control plane with --kubeconfig, or make a lab with `cdk8s-karmada lab up`\n' +
          'usage: cdk8s-karmada apply [PATH...] --kubeconfig FILE, or apply --help\n',
      );
    });

    test('there is nobody to ask', async () => {
      const { exitCode, err } = await run(['apply', ...named]);
      expect(exitCode).toBe(2);
      expect(err).toContain(
        'error: there is nobody to ask: pass --yes to apply, or --dry-run to see what would be done\n',
      );
    });

    test('the kubeconfig is missing, cannot be read, or leaves a choice of contexts', async () => {
      const missing = await run(['status', '--kubeconfig', 'none']);
      expect([missing.exitCode, missing.err]).toEqual([
        3,
        `error: there is no kubeconfig ${home.folder}/none\n  fix: name the one that \`karmadactl init\` wrote\n`,
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
          '  fix: name the one of the Karmada API server with --context; the current context is never taken by itself\n',
      ]);
      const unknown = await run(['status', '--kubeconfig', 'two', '--context', 'other']);
      expect(unknown.err).toBe(
        `error: the kubeconfig ${home.folder}/two has no context "other": it has karmada-apiserver, karmada-host\n  fix: name one that it has\n`,
      );
    });

    test('the server is an ordinary Kubernetes API server', async () => {
      const server = new FakeApiServer();
      home.kubeconfig('plain', { member1: await server.start() });
      stops.push(() => server.stop());
      const { exitCode, err } = await run(['apply', '--yes', '--kubeconfig', 'plain']);
      expect(exitCode).toBe(3);
      expect(err).toContain(
        'error: the server of context member1 is no Karmada API server: it does not serve cluster.karmada.io\n' +
          '  fix: name the kubeconfig of the Karmada API server (karmada-apiserver.config), not that of its host or of a member\n',
      );
      expect(server.writes()).toEqual([]);
    });

    test('nobody answers', async () => {
      home.kubeconfig('dead', { karmada: 'http://127.0.0.1:1' });
      const { exitCode, err } = await run(['apply', '--yes', '--kubeconfig', 'dead']);
      expect(exitCode).toBe(3);
      expect(err).toContain('error: the API server does not answer (karmada): ');
      expect(err).toContain(
        '  fix: see that the control plane runs and that its address in the kubeconfig can be reached from here\n',
      );
    });

    test('the credentials are not accepted', async () => {
      const karmada = await startKarmada();
      karmada.server.hooks.intercept = (_, response: ServerResponse) => {
        response.writeHead(401, { 'Content-Type': 'application/json' });
        response.end(
          JSON.stringify({
            kind: 'Status',
            apiVersion: 'v1',
            status: 'Failure',
            message: 'Unauthorized',
            reason: 'Unauthorized',
            code: 401,
          }),
        );
        return true;
      };
      const { exitCode, err } = await run(['status', ...named]);
      expect(exitCode).toBe(3);
      expect(err).toContain(
        'error: the server does not accept the credentials of the kubeconfig (karmada-apiserver): ',
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
      expect((await run(['status', '--context', 'x'])).err).toContain(
        'error: --context needs --kubeconfig: contexts are looked up in no other file\n',
      );
    });
  });
});
