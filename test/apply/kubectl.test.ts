import { chmodSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApplyResult, apply } from '../../src/apply/apply';
import { readControlPlane } from '../../src/apply/control-plane';
import { readInventories } from '../../src/apply/inventory';
import { applyArgs, Kubectl, objectsText } from '../../src/apply/kubectl';
import { releaseOf } from '../../src/apply/release';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { Interrupted, type ProgramResult, type RunProgram, runProgram } from '../../src/process/run-program';
import { folderWith } from '../support/cli';
import { FakeApiServer } from '../support/fake-api-server';
import { FakeKarmada, recordedMembers } from '../support/fake-karmada';
import { standInKubectl } from '../support/kubectl-stand-in';
import { hasKubectl, KubectlHome } from '../support/kubectl-tests';
import { recordedPlacement } from '../support/recorded-bindings';
import { config, deployment, propagation } from '../support/workloads';

const evenly = recordedPlacement('live-0005');
const web = deployment('web', 3);
const settings = config('ConfigMap', 'settings');
const policyOf = (...objects: KubernetesObject[]) => {
  const policy = propagation('web', objects, recordedMembers);
  return { ...policy, spec: { ...(policy.spec as object), placement: evenly.placement } };
};
const shop = [web, settings, policyOf(web, settings)];

describe.skipIf(!hasKubectl)('the kubectl of this machine (needs kubectl)', () => {
  let home: KubectlHome;
  let karmada: FakeKarmada;
  let kubectl: Kubectl;
  let standIn: Kubectl;

  beforeEach(async () => {
    home = new KubectlHome();
    karmada = new FakeKarmada({ recorded: { web: evenly } });
    const kubeconfig = home.kubeconfig('karmada.config', { karmada: await karmada.server.start() });
    kubectl = new Kubectl({ kubeconfig, context: 'karmada' }, runProgram);
    standIn = new Kubectl(
      { kubeconfig, context: 'karmada' },
      standInKubectl(() => karmada.server),
    );
  });
  afterEach(async () => {
    await karmada.server.stop();
    home.remove();
  });

  function applied(
    objects: readonly KubernetesObject[],
    { signal, run = runProgram }: { signal?: AbortSignal; run?: RunProgram } = {},
  ): Promise<ApplyResult> {
    const release = releaseOf(
      objects.map((object, index) => ({ object, origin: { type: 'memory', index } })),
      'shop',
    );
    const wait = { timeout: 300, health: true, clock: karmada.clock };
    return apply(
      new Kubectl(kubectl.target, run, signal),
      {
        release,
        dryRun: false,
        wait,
        karmada: defaultKarmadaVersion,
        inventoryNamespace: 'karmada-system',
        forceConflicts: false,
      },
      { step: () => {}, confirm: async () => true, written: () => {}, rollout: () => {} },
    );
  }

  test('applies, changes nothing the second time, prunes', async () => {
    expect((await applied(shop)).outcome).toBe('applied');
    expect(karmada.server.writes()).toEqual([
      'PATCH configmaps/cdk8s-karmada-shop',
      'PATCH configmaps/settings',
      'PATCH propagationpolicies/web',
      'PATCH deployments/web',
      'PATCH configmaps/cdk8s-karmada-shop',
    ]);
    const version = karmada.server.store.version;
    const again = await applied(shop);
    expect(again.preview?.diff).toBe('');
    expect(karmada.server.store.version).toBe(version);
    const less = await applied([web, policyOf(web)]);
    expect(less.outcome).toBe('applied');
    expect(less.preview?.diff).toContain('--- live/policy.karmada.io.v1alpha1.PropagationPolicy.default.web\n');
    expect(less.pruned).toEqual(['ConfigMap/default/settings']);
  });

  test('goes on where it was killed in the middle of a write', async () => {
    const controller = new AbortController();
    let writes = 0;
    karmada.server.hooks.answered = ({ method, query }) => {
      if (method === 'PATCH' && !query.has('dryRun') && ++writes === 2) controller.abort();
    };
    expect((await applied(shop, { signal: controller.signal })).outcome).toBe('interrupted');
    karmada.server.hooks.answered = () => {};
    const { outcome, applied: objects } = await applied(shop);
    expect(outcome).toBe('applied');
    expect(objects.map(({ object, change }) => `${object} ${change}`)).toEqual([
      'ConfigMap/default/settings unchanged',
      'PropagationPolicy/default/web created',
      'Deployment/default/web created',
    ]);
  });

  /** What both kubectls say, without what differs by nature. */
  async function both(args: readonly string[], input?: string): Promise<[ProgramResult, ProgramResult]> {
    const real = await kubectl.result(args, input);
    return [real, await standIn.result(args, input)];
  }

  describe('says the same as its stand-in', () => {
    beforeEach(() => {
      for (const object of shop) karmada.server.add(object);
      karmada.reconcile();
    });

    test('of a control plane', async () => {
      expect(await readControlPlane(standIn)).toEqual(await readControlPlane(kubectl));
      const all = (one: Kubectl) => one.list(['events.v1.'], '--namespace', 'default', '--field-selector=type=Warning');
      expect(await all(standIn)).toEqual(await all(kubectl));
      expect(await readInventories(standIn, 'karmada-system')).toEqual(
        await readInventories(kubectl, 'karmada-system'),
      );
    });

    test('of objects, of which some are not there, and some of a kind that is not', async () => {
      const widget = { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'default' } };
      const some = [web, settings, config('Secret', 'none'), widget];
      const names = async (one: Kubectl) => (await one.live(some)).map(({ kind }) => kind);
      expect(await names(standIn)).toEqual(await names(kubectl));
      expect(await names(kubectl)).toEqual(['Deployment', 'ConfigMap']);
    });

    test('of what the server applies, and of what it refuses', async () => {
      const args = applyArgs({ dryRun: true });
      const [real, played] = await both(args, objectsText(shop));
      expect(JSON.parse(played.stdout)).toEqual(JSON.parse(real.stdout));
      const change = deployment('web', 9);
      const [conflict, playedConflict] = await both(args, objectsText([change]));
      expect(playedConflict.exitCode).toBe(conflict.exitCode);
      expect(conflict.stderr).toContain('conflict with "test" using apps/v1: .spec.replicas');
      expect(playedConflict.stderr).toContain('conflict with "test" using apps/v1: .spec.replicas');
      karmada.deny = () => 'images must be signed';
      const [denied, playedDenied] = await both(args, objectsText([settings]));
      expect(playedDenied).toEqual(denied);
    });

    test('of a server that is not Karmada', async () => {
      const server = new FakeApiServer();
      const kubeconfig = home.kubeconfig('plain', { plain: await server.start() });
      const target = { kubeconfig, context: 'plain' };
      const message = 'the server of context plain is not a Karmada API server: it does not serve cluster.karmada.io';
      await expect(readControlPlane(new Kubectl(target, runProgram))).rejects.toThrow(message);
      await expect(
        readControlPlane(
          new Kubectl(
            target,
            standInKubectl(() => server),
          ),
        ),
      ).rejects.toThrow(message);
      await server.stop();
    });
  });

  describe('fails when', () => {
    const fake = (script: string, mode = 0o755) => {
      const folder = folderWith({ kubectl: script });
      chmodSync(join(folder, 'kubectl'), mode);
      const env = { PATH: `${folder}:/usr/bin:/bin` };
      return new Kubectl(kubectl.target, (call) => runProgram({ ...call, program: join(folder, 'kubectl'), env }));
    };

    test.each([
      ['prints HTML', 'echo "<html>"', 'the output of kubectl is not a Kubernetes object: <html>'],
      ['prints {}', 'echo "{}"', 'the output of kubectl is not a Kubernetes object: {}'],
      ['prints null', 'echo null', 'the output of kubectl is not a Kubernetes object: null'],
      [
        'prints a List of null',
        `echo '{"kind":"List","apiVersion":"v1","items":[null]}'`,
        'is not a Kubernetes object',
      ],
      ['prints nothing', 'exit 0', 'kubectl printed nothing'],
      ['says nothing', 'exit 1', 'kubectl failed without a message'],
    ])('kubectl %s', async (_, script, message) => {
      await expect(readControlPlane(fake(`#!/bin/sh\n${script}\n`))).rejects.toThrow(message);
    });

    test('kubectl is not executable', async () => {
      await expect(readControlPlane(fake('#!/bin/sh\n', 0o644))).rejects.toThrow(
        'cannot be started: it is not executable',
      );
    });

    test('kubectl hangs, and what it started holds its output open', async () => {
      const folder = folderWith({ kubectl: '#!/bin/sh\nsleep 60\n' });
      chmodSync(join(folder, 'kubectl'), 0o755);
      const call = { program: join(folder, 'kubectl'), args: ['get'] };
      await expect(runProgram({ ...call, timeLimit: 0.1 })).rejects.toThrow('did not end within 0.1 s');
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      await expect(runProgram({ ...call, signal: controller.signal })).rejects.toThrow(Interrupted);
    });

    test('nothing answers', async () => {
      const kubeconfig = home.kubeconfig('dead', { karmada: 'http://127.0.0.1:1' });
      const dead = new Kubectl({ kubeconfig, context: 'karmada' }, runProgram);
      await expect(readControlPlane(dead)).rejects.toThrow('the API server does not answer (karmada): ');
    });

    test('the credentials are not accepted', async () => {
      karmada.server.hooks.intercept = (_, response: ServerResponse) => {
        response.writeHead(401, { 'Content-Type': 'application/json' });
        const status = { status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 };
        response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', ...status }));
        return true;
      };
      await expect(readControlPlane(kubectl)).rejects.toThrow(
        'the server rejects the credentials of the kubeconfig (karmada): ',
      );
    });

    test('a proxy answers in place of the server', async () => {
      const proxied = new Kubectl(kubectl.target, async () => ({ exitCode: 0, stdout: '<html>', stderr: '' }));
      await expect(readControlPlane(proxied)).rejects.toThrow(
        'the output of kubectl is not a Kubernetes object: <html>',
      );
    });
  });
});

describe('runProgram', () => {
  const node = process.execPath;

  test('gives back what a program printed, and its exit code', async () => {
    const script = 'process.stdin.pipe(process.stdout); process.exitCode = 3';
    const result = await runProgram({ program: node, args: ['-e', script], input: 'hello' });
    expect(result).toEqual({ exitCode: 3, stdout: 'hello', stderr: '' });
  });

  test('fails when there is no such program, and when it is interrupted', async () => {
    await expect(runProgram({ program: 'no-such-program', args: [] })).rejects.toThrow(
      'no-such-program is not installed',
    );
    const controller = new AbortController();
    const running = runProgram({
      program: node,
      args: ['-e', 'setInterval(() => {}, 1000)'],
      signal: controller.signal,
    });
    controller.abort();
    await expect(running).rejects.toThrow(Interrupted);
  });
});
